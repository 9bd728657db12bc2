package headers

import "golang.org/x/text/language/display"

// swedish knows the headers of names, and the commonest beside them.
func swedish() *language {
	return &language{
		name:     "Swedish",
		regions:  []string{"SE"},
		required: []string{"(obligatoriskt)"},
		words: []words{
			{FirstName, usual, []string{"Förnamn"}},
			{MiddleName, usual, []string{"Mellannamn"}},
			{LastName, usual, []string{"Efternamn"}},
			{FullName, usual, []string{"För- och efternamn", "Fullständigt namn"}},
			{Name, usual, []string{"Namn"}},
			{Email, usual, []string{"E-postadress", "E-post"}},
			{Phone, usual, []string{"Telefonnummer"}},
			{Company, usual, []string{"Företag"}},
			{Zip, usual, []string{"Postnummer", "Postnr"}},
		},
		signs:       []string{"fornamn", "efternamn", "foretag"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"samtycke", "nyhetsbrev", "avregistrerad", "avprenumererad"}}},
		negations:   []string{"inte", "ej", "inga"},
		contacting:  []string{"kontakta", "ringa", "mejla", "reklam"},
		refusals:    []string{"avregistrerad", "avprenumererad"},
		hidden:      []string{"Privat", "Konfidentiell", "Konfidentiellt"},
		refused:     []string{"avregistrerad", "avprenumererad"},
		ands:        []string{"och"},
		your:        []string{"din", "ditt"},
		countries:   display.Swedish.Regions,
		months:      [12]string{"jan|januari", "feb|februari", "mar|mars", "apr|april", "maj", "jun|juni", "jul|juli", "aug|augusti", "sep|september", "okt|oktober", "nov|november", "dec|december"},
		yes:         []string{"ja"},
		no:          []string{"nej"},
		nothing:     []string{"ingen"},
		salutations: []string{"herr", "fru"},
	}
}
