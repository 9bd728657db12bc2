package headers

func german() *language {
	return &language{
		name:     "German",
		regions:  []string{"DE", "AT", "CH"},
		required: []string{"(Pflichtfeld)"},
		words:    append(germanPeople(), germanAddresses()...),
		signs: []string{"vorname", "nachname", "anrede", "firma", "strasse", "hausnummer", "plz", "postleitzahl", "telefon",
			"telefonnummer", "wohnort", "bemerkungen", "geburtsdatum", "ansprechpartner"},
		localMeanings: []string{"land", "ort", "stelle", "rufname", "handy"},
		your:          []string{"ihr", "ihre"},
		exclusions: []exclusionWords{
			{WhyConsent, []string{"dsgvo", "einwilligung"}},
			{WhyFact, []string{"typ"}},
			{WhyFax, []string{"telefax", "durchwahl"}},
			{WhyOther, []string{"notfall", "ehepartner"}},
			{WhyOwner, []string{"besitzer", "betreuer", "verantwortlicher"}},
			{WhyFirm, []string{"firma"}},
		},
		numbers:      []string{"nummer"},
		titles:       []string{"titel"},
		negations:    []string{"nicht", "keine"},
		contacting:   []string{"anrufen", "kontaktieren", "werbung"},
		fields:       []string{"telefon", "mobil", "adresse"},
		idle:         []string{"ihre", "privat", "adresse"},
		private:      []string{"privat"},
		qualifiers:   []string{"geschaftlich", "dienstlich", "arbeit", "buro", "fix"},
		personTitles: []string{"herr", "frau"},
		months: [12]string{"jan|januar|janner", "feb|februar", "mrz|marz", "apr|april", "mai", "jun|juni",
			"jul|juli", "aug|august", "sep|sept|september", "okt|oktober", "nov|november", "dez|dezember"},
	}
}

func germanPeople() []words {
	return []words{
		{FirstName, usual, []string{"Vorname", "Rufname"}},
		{MiddleName, usual, []string{"Zweiter Vorname", "Weitere Vornamen"}},
		{Infix, usual, []string{"Namenszusatz", "Vorsatzwort"}},
		{LastName, usual, []string{"Nachname", "Familienname", "Zuname"}},
		{FullName, usual, []string{"Vollständiger Name", "Ansprechpartner", "Kontakt"}},
		{Salutation, usual, []string{"Anrede"}},
		{Email, usual, []string{"E-Mail-Adresse", "E-Mail-Adresse #", "E-Mail #: Adresse", "E-Mail # Adresse"}},
		{Phone, usual, []string{"Telefon", "Telefonnummer", "Telefon #", "Festnetz"}},
		{Phone, mobile, []string{"Mobil", "Handy", "Handynummer", "Mobiltelefon", "Mobilnummer"}},
		{Phone, primary, []string{"Haupttelefon"}},
		{Phone, work, []string{"Telefon geschäftlich", "Telefon geschäftlich #"}},
		{Phone, home, []string{"Telefon privat", "Telefon privat #"}},
		{Phone, car, []string{"Autotelefon"}},
		{Job, usual, []string{"Funktion", "Berufsbezeichnung", "Stelle"}},
		{Company, usual, []string{"Firma", "Firmenname", "Unternehmen"}},
		{Customer, usual, []string{"Kunde"}},
		{Tags, usual, []string{"Kategorien", "Kategorie", "Schlagworte", "Schlagwörter", "Gruppe"}},
		{Segments, usual, []string{"Segmente", "Zielgruppe"}},
		{Note, usual, []string{"Notizen", "Notiz", "Bemerkungen", "Bemerkung", "Kommentar", "Beschreibung"}},
		{Source, later, []string{"Quelle", "Herkunft", "Leadquelle"}},
		{Stage, usual, []string{"Phase"}},
		{Price, usual, []string{"Preis"}},
		{Timeframe, usual, []string{"Zeitrahmen"}},
		{CustomerNumber, usual, []string{"Kundennummer"}},
		{LinkedIn, usual, []string{"LinkedIn-Profil"}},
		{ArchiveDate, usual, []string{"Archiviert am"}},
	}
}

func germanAddresses() []words {
	return []words{
		{Street, usual, []string{"Straße", "Anschrift", "Straßenname", "Straße und Hausnummer", "Straße und Nr.", "Straße + Nr."}},
		{Street, work, []string{"Straße geschäftlich"}},
		{Street, home, []string{"Straße privat"}},
		{HouseNumber, usual, []string{"Hausnummer", "Hausnr."}},
		{HouseAddition, usual, []string{"Hausnummerzusatz"}},
		{SecondLine, usual, []string{"Adresszusatz"}},
		{SecondLine, work, []string{"Straße geschäftlich 2"}},
		{SecondLine, home, []string{"Straße privat 2"}},
		{City, usual, []string{"Stadt", "Wohnort", "Ort"}},
		{City, work, []string{"Ort geschäftlich"}},
		{City, home, []string{"Ort privat"}},
		{State, usual, []string{"Bundesland", "Kanton"}},
		{State, work, []string{"Region geschäftlich"}},
		{State, home, []string{"Bundesland/Kanton privat"}},
		{Zip, usual, []string{"PLZ", "Postleitzahl"}},
		{Zip, work, []string{"Postleitzahl geschäftlich"}},
		{Zip, home, []string{"Postleitzahl privat"}},
		{Country, usual, []string{"Ländercode"}},
		{Country, work, []string{"Land/Region geschäftlich"}},
		{Country, home, []string{"Land/Region privat"}},
	}
}
