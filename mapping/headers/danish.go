package headers

import "golang.org/x/text/language/display"

// danish knows the headers of names, and the commonest beside them.
func danish() *language {
	return &language{
		name:     "Danish",
		regions:  []string{"DK"},
		required: []string{"(paakraevet)"},
		words: []words{
			{FirstName, usual, []string{"Fornavn"}},
			{MiddleName, usual, []string{"Mellemnavn"}},
			{LastName, usual, []string{"Efternavn"}},
			{FullName, usual, []string{"For- og efternavn", "Fulde navn"}},
			{Name, usual, []string{"Navn"}},
			{Email, usual, []string{"E-mailadresse"}},
			{Phone, usual, []string{"Telefonnummer"}},
			{Company, usual, []string{"Virksomhed"}},
		},
		signs:       []string{"fornavn", "efternavn", "virksomhed"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"samtykke", "nyhedsbrev", "afmeldt", "frameldt", "framelding"}}},
		negations:   []string{"ikke"},
		contacting:  []string{"kontakte", "ringe", "maile"},
		refusals:    []string{"afmeldt", "frameldt", "framelding"},
		hidden:      []string{"Privat", "Fortrolig", "Fortroligt"},
		refused:     []string{"afmeldt", "frameldt"},
		ands:        []string{"og"},
		your:        []string{"din", "dit"},
		countries:   display.Danish.Regions,
		months:      [12]string{"jan|januar", "feb|februar", "mar|marts", "apr|april", "maj", "jun|juni", "jul|juli", "aug|august", "sep|september", "okt|oktober", "nov|november", "dec|december"},
		yes:         []string{"ja"},
		no:          []string{"nej"},
		nothing:     []string{"ingen"},
		salutations: []string{"hr", "fru"},
	}
}
