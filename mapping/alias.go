package mapping

import "strings"

// concept is what a column means, whatever it is called and in whatever language.
type concept int

const (
	none concept = iota
	aFirstName
	aMiddleName
	anInfix // the tussenvoegsel, such as "van der"
	aLastName
	aFullName
	aName   // last name or full name, by the other columns
	aNombre // first name or full name, by the other columns
	aTitle  // job title or salutation, by the other columns
	aSalutation
	anInitials
	anEmail
	aPhone
	aJob
	aCompany
	aCustomer // a company or a person, by the CRM
	aStreet
	aHouseNumber
	aHouseAddition
	aSecondLine // of a street: a floor, a flat
	aCity
	aState
	aZip
	aCountry
	someTags
	someSegments
	aNote
	aSource
	aStage
	aPrice
	aTimeframe
	aCustomerNumber
	aLinkedIn
	anArchiveDate
	conceptCount
)

// vocabulary lists the headers that mean a concept, best first, in English, Dutch, German, French and Spanish; # is a
// number. Headers that only contain such words mean something else: "Email Opt Out", "Spouse Email", "Agent Email",
// "Company Phone", "Phone 1 - Label", "Email Count". Status and Rating are not guessed to be a stage, and ids of other
// systems (Record ID, relatienummer) are no concept at all.
func vocabulary(c concept) []string {
	list := strings.Split(words(c), "|")
	for i := range list {
		list[i], _, _ = strings.Cut(list[i], "~")
	}
	return list
}

// scopesOf says of which kind of address each word of the vocabulary is: "" for any, else its letter.
func scopesOf(c concept) []string {
	list := strings.Split(words(c), "|")
	for i := range list {
		_, list[i], _ = strings.Cut(list[i], "~")
	}
	return list
}

func words(c concept) string {
	switch c {
	case aFirstName:
		return "First name|Firstname|Given name|Forename|Fname|First|Primary first name|Person - First name|Voornaam|Roepnaam|Vorname|Rufname|Prénom|Primer nombre"
	case aMiddleName:
		return "Middle name|Middle initial|Additional name|2nd name|Second name|Middelste naam|Tweede naam|Zweiter Vorname|Weitere Vornamen|Deuxième prénom|Segundo nombre"
	case anInfix:
		return "Tussenvoegsel|Tussenvoegsels|Tussenv.|Voorvoegsel|Infix|Name prefix particle|Namenszusatz|Vorsatzwort|Particule"
	case aLastName:
		return "Last name|Lastname|Surname|Family name|Lname|Last|Person - Last name|Achternaam|Familienaam|Nachname|Familienname|Zuname|Nom de famille|Apellidos|Apellido|Primer apellido"
	case aFullName:
		return "Full name|Contact name|Display name|Person - Name|Volledige naam|Contactpersoon|Vollständiger Name|Ansprechpartner|Kontakt|Nom complet|Nom et prénom|Nombre completo|Contact|Contacto"
	case aName:
		return "Name|Naam|Nom"
	case aNombre:
		return "Nombre"
	case aTitle:
		return "Title|Titre"
	case aSalutation:
		return "Salutation|Name prefix|Honorific|Honorific prefix|Prefix|Aanhef|Aanspreking|Titel|Anrede|Civilité|Tratamiento|Título"
	case anInitials:
		return "Initials|Voorletters|Initialen|Initiales|Iniciales"
	}
	if w := workWords(c); w != "" {
		return w
	}
	return addressWords(c)
}

func workWords(c concept) string {
	switch c {
	case anEmail:
		return "Email|Email address|E-mail # - Value|Primary email|Email #|E-mail # address|Email address #|Work email|Business email|Email work|Person - Email - Work|Home email|Personal email|Person - Email - Home|Person - Email - Other|Secondary email|Other email|Mail|E-mailadres|E-mailadres #|Mailadres|E-Mail-Adresse|E-Mail-Adresse #|E-Mail #: Adresse|E-Mail # Adresse|Courriel|Adresse de messagerie|Adresse de messagerie #|Adresse e-mail|Adresse électronique|Adresse de courrier|Mél|Correo|Correo electrónico|Correo electrónico #|Dirección de correo electrónico|Dirección de correo electrónico #|Dirección del correo electrónico #|Emails|Email addresses|E-mails"
	case aPhone:
		return "Phone|Phone number|Telephone|Telephone number|Tel|Phone # - Value|Phone #|Phone number #|Main phone|Contact number|Telefoon|Telefoonnummer|Telefoonnummer #|Telefoon #|Tel.nr.|Telefon|Telefonnummer|Telefon #|Festnetz|Téléphone|Tél.|Tél. fixe|Numéro de téléphone|Teléfono|Número de teléfono" +
			"|Mobile|Mob.|Mobile phone|Mobile number|Mobile phone number|Mobile phone #|Cell|Cell phone|Cell phone #|Cellphone|Cell number|Person - Phone - Mobile|Mobiel|Mobiele telefoon|Mobiel nummer|Gsm|Gsm-nummer|06-nummer|Mobil|Handy|Handynummer|Mobiltelefon|Mobilnummer|Tél. mobile|Téléphone mobile|Portable|Tél. portable|Téléphone portable|Móvil|Teléfono móvil|Celular" +
			"|Primary phone|Hoofdtelefoon|Haupttelefon|Téléphone principal|Teléfono principal" +
			"|Work phone~w|Business phone~w|Business phone #~w|Office phone~w|Person - Phone - Work~w|Telefoon op werk~w|Telefoon werk~w|Telefoon (werk)~w|Werktelefoon~w|Telefoon op werk #~w|Telefon geschäftlich~w|Telefon geschäftlich #~w|Téléphone (bureau)~w|Téléphone # (bureau)~w|Teléfono del trabajo~w" +
			"|Home phone~h|Home phone #~h|Person - Phone - Home~h|Telefoon thuis~h|Telefoon thuis #~h|Telefon privat~h|Telefon privat #~h|Téléphone (domicile)~h|Téléphone # (domicile)~h|Teléfono particular~h" +
			"|Car phone|Autotelefoon|Autotelefon|Téléphone (voiture)" +
			"|Secondary phone|Other phone|Person - Phone - Other|Phones|Phone numbers|Contact phones|Contact phones attributes"
	case aJob:
		return "Job title|Job position|Designation|Position|Role|Occupation|Function|Organization Title|Organization # - Title|Person - Job title|Functie|Functietitel|Beroep|Rol|Funktion|Berufsbezeichnung|Stelle|Fonction|Poste|Profession|Puesto|Cargo|Función"
	case aCompany:
		return "Company|Company name|Organization|Organisation|Organization name|Organisation name|Organization # - Name|Account name|Company / Account|Person - Organization|Employer|Business name|Bedrijf|Bedrijfsnaam|Naam bedrijf|Organisatie|Onderneming|Werkgever|Firma|Firmenname|Unternehmen|Société|Entreprise|Nom de l'entreprise|Raison sociale|Empresa|Nombre de la empresa|Compañía|Organización"
	case aCustomer:
		return "Client|Client name|Customer|Customer name|Klant|Klantnaam|Relatie|Debiteur|Kunde|Client company|Client company name|Cliente"
	case someTags:
		return "Tags|Tag|Labels|Label|Person - Labels|Group membership|Hashtags|Categories|Category|Groups|Group|Categorieën|Categorie|Groep|Groepen|Kategorien|Kategorie|Schlagworte|Schlagwörter|Gruppe|Étiquettes|Catégories|Groupe|Etiquetas|Categorías|Grupo"
	case someSegments:
		return "Segments|Segment|Lists|List|Doelgroep|Doelgroepen|Segmenten|Segmente|Zielgruppe|Segmentos|Segmento"
	case aNote:
		return "Notes|Note|Background|Description|Comments|Comment|Remarks|Memo|Person - Notes|Notities|Notitie|Opmerkingen|Opmerking|Omschrijving|Achtergrond|Notizen|Notiz|Bemerkungen|Bemerkung|Kommentar|Beschreibung|Remarques|Commentaires|Notas|Observaciones|Comentarios"
	case aSource:
		return "Source|Lead source|Original source|Oorspronkelijke bron|Leadsource|Referrer|How did you hear|Bron|Herkomst|Leadbron|Quelle|Herkunft|Leadquelle|Origine|Provenance|Fuente|Origen"
	case aStage:
		return "Stage|Stage name|Lead stage|Contact stage|Pipeline stage|Lifecycle stage|Levenscyclusfase|Fase|Stadium|Phase|Étape|Etapa"
	case aPrice:
		return "Price|Budget|Prijs|Preis|Prix|Precio|Presupuesto"
	case aTimeframe:
		return "Timeframe|Time frame|Timeline|Termijn|Zeitrahmen|Délai|Plazo"
	case aCustomerNumber:
		return "Customer number|Customer no.|Customer ID|Client number|Klantnummer|Debiteurnummer|Kundennummer|N° client|Numéro client|Nº de cliente|Número de cliente"
	case aLinkedIn:
		return "LinkedIn|LinkedIn ID|LinkedIn URL|LinkedIn profile|LinkedIn profile URL|Social LinkedIn|LinkedIn-profiel|LinkedIn-Profil|Profil LinkedIn|Perfil de LinkedIn"
	case anArchiveDate:
		return "Archived at|Archived on|Archived|Gearchiveerd op|Archiviert am|Archivé le"
	}
	return ""
}

// addressWords marks the words of addresses of one kind with a letter after a ~, so that an address is never made of two:
// m mailing, w work, h home, b billing, o other.
func addressWords(c concept) string {
	switch c {
	case aStreet:
		return "Street|Street address|Street name|Address|Address 1|Address line 1|Address # - Street|Straat|Straatnaam|Adres|Straat + huisnummer|Straat en huisnummer|Straat en nummer|Straat en nr|Straat + nr|Adres + huisnummer|Street and number|Adresregel 1|Straße|Anschrift|Straßenname|Straße und Hausnummer|Straße und Nr.|Straße + Nr.|Rue|Nom de la rue|Adresse|Adresse postale|Calle|Dirección|Domicilio|Address street" +
			"|Mailing street~m|Mailing address~m|Primary address~m|Default address address1~m|Business street~w|Business address~w|Work street~w|Work address~w|Werkadres, straat~w|Straße geschäftlich~w|Rue (bureau)~w|Calle del trabajo~w" +
			"|Home street~h|Home address~h|Huisadres, straat~h|Straße privat~h|Rue (domicile)~h|Billing street~b|Billing address~b|Other street~o|Other address~o"
	case aHouseNumber:
		return "House number|Street number|Huisnummer|Huisnr|Huisnr.|Hausnummer|Hausnr.|N° de rue|Número de casa"
	case aHouseAddition:
		return "House number addition|Huisnummer toevoeging|Toevoeging|Huisnummertoevoeging|Bus|Hausnummerzusatz|Piso"
	case aSecondLine:
		return "Street 2|Street2|Street line 2|Street address 2|Address 2|Address line 2|Address # - Extended Address|Adresregel 2|Adres 2|Straat 2|Adresszusatz|Adresse 2|Complément d'adresse|Dirección 2" +
			"|Default address address2~m|Business street 2~w|Werkadres 2, straat~w|Straße geschäftlich 2~w|Rue (bureau) 2~w|Calle del trabajo 2~w" +
			"|Home street 2~h|Huisadres 2, straat~h|Straße privat 2~h|Rue (domicile) 2~h|Other street 2~o"
	case aCity:
		return "City|Town|Locality|Address # - City|Plaats|Woonplaats|Plaatsnaam|Stad|Gemeente|Vestigingsplaats|Stadt|Wohnort|Ort|Ville|Localité|Commune|Ciudad|Localidad|Población|Municipio|Address city" +
			"|Mailing city~m|Primary city~m|Default address city~m|Business city~w|Work city~w|Werkadres, plaats~w|Ort geschäftlich~w|Ville (bureau)~w|Ciudad de trabajo~w" +
			"|Home city~h|Huisadres, plaats~h|Ort privat~h|Ville (domicile)~h|Billing city~b|Other city~o"
	case aState:
		return "State|State/Region|State/Province|State code|Province|Region|County|Address # - Region|Province code|Provincie|Bundesland|Kanton|Région|Provincia" +
			"|Mailing state~m|Mailing state/province~m|Primary state~m|Default address province code~m|Business state~w|Work state~w|Werkadres, provincie~w|Region geschäftlich~w|Dép/Région (bureau)~w|Provincia o estado de trabajo~w" +
			"|Home state~h|Huisadres, provincie~h|Bundesland/Kanton privat~h|Dép/Région (domicile)~h|Billing state~b|Billing state/province~b|Other state~o"
	case aZip:
		return "Zip|Zip code|Postal code|Postcode|Zip/Postal code|Address # - Postal code|PLZ|Postleitzahl|Code postal|CP|NPA|Código postal|Address postal code" +
			"|Mailing zip~m|Mailing zip code~m|Mailing zip/postal code~m|Mailing postal code~m|Primary zip~m|Default address zip~m|Business postal code~w|Business zip~w|Business zip code~w|Work zip~w|Work zip code~w|Work postal code~w|Werkadres, postcode~w|Postleitzahl geschäftlich~w|Code postal (bureau)~w|Código postal del trabajo~w" +
			"|Home postal code~h|Home zip~h|Home zip code~h|Huisadres, postcode~h|Postleitzahl privat~h|Code postal (domicile)~h|Billing zip~b|Billing zip code~b|Billing zip/postal code~b|Billing postal code~b|Other postal code~o|Other zip~o"
	case aCountry:
		return "Country|Country code|Country/Region|Address # - Country|Land|Landcode|Land/regio|Ländercode|Pays|País|Address country" +
			"|Mailing country~m|Default address country code~m|Business country~w|Work country~w|Business country/region~w|Land/regio (werk)~w|Land/Region geschäftlich~w|Pays/Région (bureau)~w|País o región del trabajo~w" +
			"|Home country~h|Home country/region~h|Billing country~b|Land/regio (thuis)~h|Land/Region privat~h|Pays/Région (domicile)~h|País o región del domicilio~h|Other country~o|Other country/region~o"
	}
	return ""
}
