package headers

import "strings"

// nameWord is a folded word of a header of full names: of which language, and which part of a name it is, or both.
type nameWord struct{ last, first string }

// nameWords are the words by which the header of a full name says the order of its parts, in many more languages than those whose
// headers are recognised one by one: nobody calls a column of anything else "Cognome e nome".
var nameWords = [...]nameWord{
	{"last lastname lname surname surnames family familyname", "first firstname fname forename forenames given givenname initials"},
	{"achternaam achternamen familienaam naam", "voornaam voornamen voorletters roepnaam initialen"},
	{"nachname nachnamen familienname zuname name", "vorname vornamen rufname"},
	{"nom noms", "prenom prenoms"},
	{"apellido apellidos", "nombre nombres"},
	{"cognome cognomi", "nome nomi"},
	{"apelido apelidos sobrenome sobrenomes", "nome nomes"},
	{"cognom cognoms", "nom noms"},
	{"nazwisko nazwiska", "imie imiona"},
	{"prijmeni", "jmeno"},
	{"priezvisko", "meno"},
	{"vezeteknev csaladnev", "keresztnev utonev"},
	{"efternamn", "fornamn tilltalsnamn"},
	{"efternavn etternavn", "fornavn fornavne"},
	{"sukunimi", "etunimi etunimet"},
	{"nume", "prenume"},
	{"prezime priimek", "ime"},
	{"soyad soyadi soyadı soyisim", "ad adi adı isim"},
	{"perekonnanimi", "eesnimi"},
	{"uzvards", "vards"},
	{"pavarde", "vardas"},
	{"фамилия", "имя"},
	{"прізвище", "імя ім'я"},
	{"επωνυμο", "ονομα"},
}

// nameJoints stand between or beside the parts of a name in a header, and say nothing.
const nameJoints = "and en und et y e i a og och ja si ve un o or & name names nome contact contacts klant client customer person full de famille of the s"

// lastFirstHeaders are folded headers of full names in languages in which the last name stands first.
const lastFirstHeaders = "nev teljesnev ugyfelneve kapcsolattartoneve фио"

// nameOrder says at which words of a header the last and the first name stand, -1 for nowhere.
func nameOrder(words []string) (last, first int) {
	for _, n := range nameWords {
		last, first = indexIn(n.last, words), indexIn(n.first, words)
		if last >= 0 && first >= 0 && last != first {
			return last, first
		}
	}
	return -1, -1
}

// indexIn is the first of some words that a list has, -1 for none.
func indexIn(list string, words []string) int {
	for i, word := range words {
		if hasListed(list, word) {
			return i
		}
	}
	return -1
}

func hasListed(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// LastNameFirst reports whether a header says that the last name stands first: "Nachname, Vorname".
func LastNameFirst(header string) bool {
	last, first := nameOrder(Tokens(header))
	return last >= 0 && last < first || hasListed(lastFirstHeaders, FoldHeader(header))
}

// namesBothParts reports whether a header names the parts of a full name and nothing else.
func namesBothParts(header string) bool {
	words := Tokens(header)
	if last, _ := nameOrder(words); last < 0 {
		return hasListed(lastFirstHeaders, FoldHeader(header))
	}
	for _, word := range words {
		if word != "" && !hasListed(nameJoints, word) && !isPartOfName(word) {
			return false
		}
	}
	return true
}

func isPartOfName(word string) bool {
	for _, n := range nameWords {
		if hasListed(n.last, word) || hasListed(n.first, word) {
			return true
		}
	}
	return false
}

// ShortTitles are the titles that are initials in other languages than that of the headers, folded.
func ShortTitles(folded []string) (titles []string) {
	for _, l := range languagesIn(folded) {
		titles = append(titles, l.shortTitles...)
	}
	return titles
}
