package headers

import "golang.org/x/text/language/display"

// polish knows the headers of names, and the commonest beside them.
func polish() *language {
	return &language{
		name:     "Polish",
		regions:  []string{"PL"},
		required: []string{"(wymagane)"},
		words: []words{
			{FirstName, usual, []string{"Imię"}},
			{MiddleName, usual, []string{"Drugie imię"}},
			{LastName, usual, []string{"Nazwisko"}},
			{FullName, usual, []string{"Imię i nazwisko", "Nazwisko i imię"}},
			{Email, usual, []string{"Adres e-mail", "E-mail adres"}},
			{Phone, usual, []string{"Numer telefonu", "Nr telefonu"}},
			{Phone, mobile, []string{"Telefon komórkowy", "Komórka", "Tel. komórkowy"}},
			{Company, usual, []string{"Nazwa firmy"}},
			{Job, usual, []string{"Stanowisko"}},
			{Note, usual, []string{"Uwagi", "Notatki"}},
			{City, usual, []string{"Miejscowość", "Miasto"}},
			{Street, usual, []string{"Ulica"}},
			{Zip, usual, []string{"Kod pocztowy"}},
		},
		signs:       []string{"imie", "nazwisko", "miejscowosc", "kodpocztowy"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"zgoda", "rodo", "wypisany", "wypisana"}}},
		negations:   []string{"nie"},
		contacting:  []string{"kontaktowac", "dzwonic", "pisac", "mailowac"},
		refusals:    []string{"wypisany", "wypisana"},
		hidden:      []string{"Prywatne", "Prywatna", "Prywatny", "Poufne", "Poufna"},
		refused:     []string{"wypisany", "wypisana"},
		ands:        []string{"i"},
		your:        []string{"twoj", "twoje"},
		countries:   display.Polish.Regions,
		months:      [12]string{"sty|stycznia", "lut|lutego", "mar|marca", "kwi|kwietnia", "maj|maja", "cze|czerwca", "lip|lipca", "sie|sierpnia", "wrz|wrzesnia", "paz|pazdziernika", "lis|listopada", "gru|grudnia"},
		yes:         []string{"tak"},
		no:          []string{"nie"},
		nothing:     []string{"brak", "nieznany"},
		salutations: []string{"pan", "pani"},
	}
}
