package headers

import "testing"

// TestNamesOfLanguages: headers of names are known in the languages of Europe that sheets come in.
func TestNamesOfLanguages(t *testing.T) {
	for header, want := range map[string]Concept{
		"Imię": FirstName, "Nazwisko": LastName, "Imię i nazwisko": FullName, "Nome": Nombre, "Cognome": LastName, "Nome e cognome": FullName,
		"Sobrenome": LastName, "Primeiro nome": FirstName, "Jméno": Nombre, "Příjmení": LastName, "Förnamn": FirstName, "Efternamn": LastName, "Namn": Name,
		"Fornavn": FirstName, "Efternavn": LastName, "Navn": Name, "Prénom": FirstName, "Nombre": Nombre, "Primer apellido": LastName,
	} {
		if got, ok := Recognise(header, FoldHeader(header)); !ok || got.Concept != want {
			t.Errorf("%s: got %v, want %v", header, got.Concept, want)
		}
	}
}
