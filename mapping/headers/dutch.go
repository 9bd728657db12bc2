package headers

import "golang.org/x/text/language/display"

// dutch has the words of the Netherlands and of Flanders.
func dutch() *language {
	return &language{
		name:     "Dutch",
		regions:  []string{"NL", "BE"},
		required: []string{"(verplicht)"},
		words:    append(dutchPeople(), dutchAddresses()...),
		signs: []string{"voornaam", "achternaam", "naam", "familienaam", "tussenvoegsel", "bedrijf", "bedrijfsnaam", "functie", "straat",
			"huisnummer", "plaats", "woonplaats", "telefoon", "telefoonnummer", "emailadres", "mobiel", "opmerkingen", "aanhef",
			"geboortedatum", "gemeente"},
		localMeanings: []string{"land", "bus", "rol", "relatie", "stad"},
		your:          []string{"uw", "jouw", "je"},
		exclusions: []exclusionWords{
			{WhyConsent, []string{"avg", "nieuwsbrief", "toestemming"}},
			{WhyFact, []string{"datum", "soort"}},
			{WhyFax, []string{"faxnummer", "toestel"}},
			{WhyOther, []string{"noodcontact", "noodgeval", "vader", "moeder", "echtgenoot", "echtgenote"}},
			{WhyOwner, []string{"eigenaar", "verkoper", "adviseur"}},
			{WhyFirm, []string{"bedrijf", "hoofdkantoor"}},
			{WhyID, []string{"kv", "kvk", "kvknummer", "btw", "btwnummer"}},
		},
		numbers:       []string{"nummer"},
		titles:        []string{"titel"},
		negations:     []string{"niet", "geen"},
		contacting:    []string{"mailen", "bellen", "benaderen", "nieuwsbrief"},
		fields:        []string{"telefoon", "mobiel", "naam", "adres"},
		idle:          []string{"klant", "persoon", "je", "uw", "adres", "prive", "zakelijk", "de", "het", "van"},
		private:       []string{"prive", "thuis"},
		qualifiers:    []string{"vast", "vaste", "werk", "thuis", "zak", "kantoor", "nummer", "lijn", "op"},
		numberEndings: []string{"nr"},
		countries:     display.Dutch.Regions,
		months: [12]string{"jan|januari", "feb|februari", "mrt|maart", "apr|april", "mei", "jun|juni",
			"jul|juli", "aug|augustus", "sep|sept|september", "okt|oktober", "nov|november", "dec|december"},
		yes:     []string{"ja", "j", "waar"},
		no:      []string{"nee", "onwaar"},
		nothing: []string{"geen", "onbekend", "niet bekend", "leeg"},
		absent:  []string{"n.v.t.", "n.v.t", "nvt", "nvt.", "n/b"},
		errors:  []string{"#N/B", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#LEEG!", "#GETAL!"},
		salutations: []string{"dhr", "dhrr", "mw", "mevr", "mevrouw", "heer", "deheer", "meneer", "drs", "ir", "ing",
			"mrdr", "deheermevrouw", "aan", "familie", "fam"},
		stages:  []string{"nieuw", "warm", "koud", "klant", "lopend", "gewonnen", "verloren", "afgesloten"},
		refused: []string{"afgemeld", "uitgeschreven"},
	}
}

func dutchPeople() []words {
	return []words{
		{FirstName, usual, []string{"Voornaam", "Roepnaam"}},
		{MiddleName, usual, []string{"Middelste naam", "Tweede naam"}},
		// The English words for it are written by Dutch programs only.
		{Infix, usual, []string{"Tussenvoegsel", "Tussenvoegsels", "Tussenv.", "Voorvoegsel", "Infix", "Name prefix particle"}},
		{LastName, usual, []string{"Achternaam", "Familienaam"}},
		{FullName, usual, []string{"Volledige naam", "Contactpersoon"}},
		{Name, usual, []string{"Naam"}},
		{Salutation, usual, []string{"Aanhef", "Aanspreking", "Titel"}},
		{Initials, usual, []string{"Voorletters", "Initialen"}},
		{Email, usual, []string{"E-mailadres", "E-mailadres #", "Mailadres"}},
		{Phone, usual, []string{"Telefoon", "Telefoonnummer", "Telefoonnummer #", "Telefoon #", "Tel.nr."}},
		{Phone, mobile, []string{"Mobiel", "Mobiele telefoon", "Mobiel nummer", "Gsm", "Gsm-nummer", "06-nummer"}},
		{Phone, primary, []string{"Hoofdtelefoon"}},
		{Phone, work, []string{"Telefoon op werk", "Telefoon werk", "Telefoon (werk)", "Werktelefoon", "Telefoon op werk #"}},
		{Phone, home, []string{"Telefoon thuis", "Telefoon thuis #"}},
		{Phone, car, []string{"Autotelefoon"}},
		{Job, usual, []string{"Functie", "Functietitel", "Beroep", "Rol"}},
		{Company, usual, []string{"Bedrijf", "Bedrijfsnaam", "Naam bedrijf", "Organisatie", "Onderneming", "Werkgever"}},
		{Customer, usual, []string{"Klant", "Klantnaam", "Relatie", "Debiteur"}},
		{Tags, usual, []string{"Categorieën", "Categorie", "Groep", "Groepen"}},
		{Segments, usual, []string{"Doelgroep", "Doelgroepen", "Segmenten"}},
		{Note, usual, []string{"Notities", "Notitie", "Opmerkingen", "Opmerking", "Omschrijving", "Achtergrond"}},
		{Source, usual, []string{"Oorspronkelijke bron"}},
		{Source, later, []string{"Bron", "Herkomst", "Leadbron"}},
		{Stage, usual, []string{"Levenscyclusfase", "Fase", "Stadium"}},
		{Price, usual, []string{"Prijs"}},
		{Timeframe, usual, []string{"Termijn"}},
		{CustomerNumber, usual, []string{"Klantnummer", "Debiteurnummer"}},
		{LinkedIn, usual, []string{"LinkedIn-profiel"}},
		{ArchiveDate, usual, []string{"Gearchiveerd op"}},
	}
}

func dutchAddresses() []words {
	return []words{
		{Street, usual, []string{"Straat", "Straatnaam", "Adres", "Straat + huisnummer", "Straat en huisnummer", "Straat en nummer",
			"Straat en nr", "Straat + nr", "Adres + huisnummer", "Street and number", "Adresregel 1"}},
		{Street, work, []string{"Werkadres, straat"}},
		{Street, home, []string{"Huisadres, straat"}},
		{HouseNumber, usual, []string{"Huisnummer", "Huisnr", "Huisnr."}},
		{HouseAddition, usual, []string{"Huisnummer toevoeging", "Toevoeging", "Huisnummertoevoeging", "Bus"}},
		{SecondLine, usual, []string{"Adresregel 2", "Adres 2", "Straat 2"}},
		{SecondLine, work, []string{"Werkadres 2, straat"}},
		{SecondLine, home, []string{"Huisadres 2, straat"}},
		{City, usual, []string{"Plaats", "Woonplaats", "Plaatsnaam", "Stad", "Gemeente", "Vestigingsplaats"}},
		{City, work, []string{"Werkadres, plaats"}},
		{City, home, []string{"Huisadres, plaats"}},
		{State, usual, []string{"Provincie"}},
		{State, work, []string{"Werkadres, provincie"}},
		{State, home, []string{"Huisadres, provincie"}},
		{Zip, work, []string{"Werkadres, postcode"}},
		{Zip, home, []string{"Huisadres, postcode"}},
		{Country, usual, []string{"Land", "Landcode", "Land/regio"}},
		{Country, work, []string{"Land/regio (werk)"}},
		{Country, home, []string{"Land/regio (thuis)"}},
	}
}
