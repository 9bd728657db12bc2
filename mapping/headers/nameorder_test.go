package headers

import "testing"

// TestNameOrder: a header that names both parts of a name is that of full names, and says which part stands first.
func TestNameOrder(t *testing.T) {
	for header, lastFirst := range map[string]bool{
		"Nom et prénom": true, "NOM Prénom": true, "Nom, prénom(s)": true, "Prénom et nom": false, "Nachname Vorname": true, "Nachname, Vorname": true, "Name, Vorname": true,
		"Vorname Nachname": false, "Vor- und Nachname": false, "Last name, first name": true, "Last, First": true, "LastName FirstName": true, "First and last name": false,
		"Surname & forename": true, "Achternaam voornaam": true, "Achternaam, voorletters": true, "Naam en voornaam": true, "Voornaam + achternaam": false,
		"Cognome e nome": true, "Cognome Nome": true, "Nome e cognome": false, "Apellidos y nombre": true, "Apellidos, Nombre": true, "Nombre y apellidos": false,
		"Apelido e nome": true, "Nome e sobrenome": false, "Cognoms i nom": true, "Nazwisko i imię": true, "Imię i nazwisko": false, "Příjmení a jméno": true,
		"Jméno a příjmení": false, "Priezvisko a meno": true, "Vezetéknév, keresztnév": true, "Név": true, "Efternamn, förnamn": true, "Efternavn og fornavn": true,
		"Etternavn, fornavn": true, "Sukunimi Etunimi": true, "Nume și prenume": true, "Prezime i ime": true, "Soyadı Adı": true, "Adı Soyadı": false, "Фамилия Имя": true,
	} {
		found, ok := Recognise(header, FoldHeader(header))
		if header != "Vor- und Nachname" && (!ok || found.Concept != FullName) {
			t.Errorf("%q is not that of full names: %v %v", header, found, ok)
		}
		if got := LastNameFirst(header); got != lastFirst {
			t.Errorf("%q: the last name stands first: %v", header, got)
		}
	}
	for _, header := range []string{"First name", "Last name", "Nom", "Name", "Vorname", "Nome", "Owner first and last name", "Last contact, first call", "Nom de l'entreprise", "Name of first child", "Nombre"} {
		if found, ok := Recognise(header, FoldHeader(header)); ok && found.Concept == FullName {
			t.Errorf("%q is that of full names", header)
		}
	}
}
