package headers

import "golang.org/x/text/language/display"

// italian knows the headers of names, and the commonest beside them.
func italian() *language {
	return &language{
		name:     "Italian",
		regions:  []string{"IT"},
		required: []string{"(obbligatorio)"},
		words: []words{
			{LastName, usual, []string{"Cognome"}},
			{FullName, usual, []string{"Nome e cognome", "Cognome e nome", "Nome completo", "Nominativo"}},
			{Nombre, usual, []string{"Nome"}},
			{Email, usual, []string{"Indirizzo e-mail", "Posta elettronica"}},
			{Phone, usual, []string{"Telefono", "Numero di telefono"}},
			{Phone, mobile, []string{"Cellulare", "Telefono cellulare"}},
			{Company, usual, []string{"Azienda", "Ragione sociale", "Società", "Ditta", "Nome azienda"}},
			{Note, usual, []string{"Annotazioni"}},
			{City, usual, []string{"Città"}},
			{Zip, usual, []string{"CAP"}},
			{Street, usual, []string{"Indirizzo"}},
		},
		signs:       []string{"cognome", "citta", "indirizzo", "cellulare", "azienda"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"consenso", "disiscritto", "disiscritta", "disiscrizione"}}},
		negations:   []string{"non"},
		contacting:  []string{"contattare", "chiamare", "disturbare", "inviare"},
		refusals:    []string{"disiscritto", "disiscritta", "disiscrizione"},
		hidden:      []string{"Privato", "Privata", "Riservato", "Riservata", "Confidenziale"},
		refused:     []string{"disiscritto", "disiscritta"},
		ands:        []string{"e"},
		your:        []string{"tuo", "tua"},
		countries:   display.Italian.Regions,
		months:      [12]string{"gen|gennaio", "feb|febbraio", "mar|marzo", "apr|aprile", "mag|maggio", "giu|giugno", "lug|luglio", "ago|agosto", "set|settembre", "ott|ottobre", "nov|novembre", "dic|dicembre"},
		yes:         []string{"si"},
		no:          []string{"no"},
		nothing:     []string{"nessuno", "sconosciuto"},
		salutations: []string{"sig", "sigra", "signor", "signora"},
	}
}
