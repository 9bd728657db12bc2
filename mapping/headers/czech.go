package headers

import "golang.org/x/text/language/display"

// czech knows the headers of names, and the commonest beside them.
func czech() *language {
	return &language{
		name:     "Czech",
		regions:  []string{"CZ"},
		required: []string{"(povinne)"},
		words: []words{
			{LastName, usual, []string{"Příjmení"}},
			{FullName, usual, []string{"Jméno a příjmení", "Příjmení a jméno", "Celé jméno"}},
			{FirstName, usual, []string{"Křestní jméno"}},
			{Nombre, usual, []string{"Jméno"}},
			{Email, usual, []string{"E-mailová adresa"}},
			{Phone, usual, []string{"Telefonní číslo"}},
			{Phone, mobile, []string{"Mobilní telefon"}},
			{Company, usual, []string{"Společnost", "Název firmy", "Název společnosti"}},
			{Note, usual, []string{"Poznámka", "Poznámky"}},
			{Street, usual, []string{"Ulice", "Ulice a číslo"}},
			{City, usual, []string{"Město", "Obec"}},
			{Zip, usual, []string{"PSČ"}},
			{Country, usual, []string{"Země"}},
		},
		signs:       []string{"prijmeni", "jmeno"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"souhlas", "nesouhlas", "odhlasen", "odhlasena", "nekontaktovat", "nevolat"}}},
		refusals:    []string{"nesouhlas", "odhlasen", "odhlasena", "nekontaktovat", "nevolat"},
		hidden:      []string{"Soukromé", "Soukromá", "Důvěrné"},
		refused:     []string{"odhlasen", "odhlasena", "nesouhlas"},
		ands:        []string{"a"},
		your:        []string{"vas", "vase"},
		countries:   display.Czech.Regions,
		months:      [12]string{"leden|ledna", "unor|unora", "brezen|brezna", "duben|dubna", "kveten|kvetna", "cerven|cervna", "cervenec|cervence", "srpen|srpna", "zari", "rijen|rijna", "listopad|listopadu", "prosinec|prosince"},
		yes:         []string{"ano", "pravda"},
		no:          []string{"nepravda"},
		nothing:     []string{"zadny", "neznamy"},
		salutations: []string{"pani"},
	}
}
