package mapping

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/mapping/cells"
	"crmferry/mapping/match/columns"
)

const (
	outlookEN   = `Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page`
	outlookWeb  = `First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes`
	outlookNL   = `Titel,Voornaam,Middelste naam,Achternaam,Achtervoegsel,Bedrijf,Afdeling,Functie,"Werkadres, straat","Werkadres 2, straat","Werkadres, plaats","Werkadres, provincie","Werkadres, postcode",Land/regio (werk),"Huisadres, straat","Huisadres, plaats","Huisadres, provincie","Huisadres, postcode",Land/regio (thuis),Fax op werk,Telefoon op werk,Telefoon op werk 2,Hoofdtelefoon bedrijf,Telefoon thuis,Mobiele telefoon,Hoofdtelefoon,Categorieën,E-mailadres,E-mailadres 2,E-mailadres 3,Notities,Verjaardag,Webpagina`
	outlookDE   = `Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,Straße geschäftlich 2,Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat,Bundesland/Kanton privat,Postleitzahl privat,Land/Region privat,Fax geschäftlich,Telefon geschäftlich,Telefon geschäftlich 2,Telefon Firma,Telefon privat,Mobiltelefon,Haupttelefon,Kategorien,E-Mail-Adresse,E-Mail 2: Adresse,E-Mail 3: Adresse,Notizen,Geburtstag,Ort,Webseite`
	outlookFR   = `Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Rue (bureau) 2,Ville (bureau),Dép/Région (bureau),Code postal (bureau),Pays/Région (bureau),Rue (domicile),Ville (domicile),Dép/Région (domicile),Code postal (domicile),Pays/Région (domicile),Télécopie (bureau),Téléphone (bureau),Téléphone 2 (bureau),Téléphone société,Téléphone (domicile),Tél. mobile,Téléphone principal,Catégories,Adresse de messagerie,Adresse de messagerie 2,Adresse de messagerie 3,Notes,Anniversaire,Anniversaire de mariage ou fête,Page Web`
	outlookES   = `Title,Nombre,Segundo nombre,Apellidos,Suffix,Organización,Department,Puesto,Calle del trabajo,Calle del trabajo 2,Ciudad de trabajo,Provincia o estado de trabajo,Código postal del trabajo,País o región del trabajo,Home Street,Home City,Home State,Home Postal Code,País o región del domicilio,Business Fax,Teléfono del trabajo,Business Phone 2,Número de centralita de la organización,Particular,Mobile Phone,Teléfono principal,Categorías,E-mail Address,Dirección de correo electrónico 2,Dirección del correo electrónico 3,Notes,Birthday,Página web`
	googleOld   = `Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Website 1 - Type,Website 1 - Value`
	googleNew   = `First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value`
	hubspot     = `Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,Company Name,Contact owner,Lifecycle Stage,Lead Status,Create Date,Last Modified Date,Original Source,Lead Source,Country/Region,City,State/Region,Postal Code,Street Address,Website URL,Associated Company,Associated Company IDs,Associated Deal,Associated Deal IDs`
	salesforce  = `Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Salutation,Name,OtherStreet,OtherCity,OtherState,OtherPostalCode,OtherCountry,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,Phone,Fax,MobilePhone,HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,LeadSource,Birthdate,Description,OwnerId,CreatedDate,CreatedById`
	sfReport    = `Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Fax,Email,Account Owner,Account Name`
	sfLeads     = `Lead Owner,First Name,Last Name,Title,Company / Account,Lead Source,Rating,Street,Email`
	mailchimp   = `Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS`
	pipedrive   = `Person - Name,Person - First name,Person - Last name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Email - Other,Person - Phone - Work,Person - Phone - Home,Person - Phone - Mobile,Person - Phone - Other,Person - Labels,Person - Owner,Person - Job title,Person - Postal address,Person - Country of Postal address,Person - Marketing status,Person - Double opt-in,Person - Notes,Person - ID,Organization - Name,Organization - Address`
	followUp    = `ID,Name,First Name,Last Name,Email,Secondary Email,Phone,Secondary Phone,Mobile Phone 2,Stage,Source,Assigned To,Street,City,State,Zip,Tags,Notes,Search Criteria,Created Date,Last Activity,Price Min/Max,Home Price,Property Type,MLS Number`
	kvcore      = `Contact Id,First Name,Last Name,Email,Email Optin,Cell Phone 1,Text On,Phone On,Status,Deal Type,Work Phone,Home Phone,Cell Phone 2,Source,System Source,Assigned Agent,Agent Email,Assigned Agent ID,Owner Type,Owner ID,Is Private,Location,Business Type,Spouse First Name,Spouse Last Name,Spouse Phone,Spouse Email,Spouse Birthday,Last Closed Date,Birthday,Registered,Referrer,Capture Method,Rating,Homeowner Status,Avg Price,Avg Beds,Avg Baths,Preferred Listing Name,Preferred City,Hashtags,Complete Primary Address,Primary Address,Primary City,Primary State,Primary Zip,Primary Address Label Line 1,Primary Address Label Line 2,Secondary Address,Call Count,Last Call,Email Count,Last Email,Last Email Date,Price Range,Search Count,Saved Search Count,Fav Count,Primary Call,Primary SMS,Latitude,Longitude,Lead Channel,Picture URL,Text Count,Behavior Alerts On,Verification Run,Email Verified,Phone Verified,Last Email Sent By Contact,Created At,Updated At,External Vendor ID,Merged At,Active MLS ID,Valuation Optin,TCPA Optin Date,TCPA Optin Party,TCPA Optin Party ID`
	linkedin    = `First Name,Last Name,URL,Email Address,Company,Position,Connected On`
	shopify     = `Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags`
	odoo        = `External ID,Name,Company Type,Related Company,Job Position,Phone,Mobile,Email,Street,Street2,City,State,Zip,Country,Tags,Website,Notes,Salesperson`
	teamleader  = `Voornaam,Achternaam,Aanspreking,E-mail,Telefoon,GSM,Bedrijf,Functie,Tags,Straat,Postcode,Stad,Land`
	dutchClub   = `voornaam,tussenvoegsel,achternaam,geboortedatum,email,telefoon,straatnaam,huisnummer,huisnummer_toevoeging,postcode,woonplaats,telefoonnummer2,relatienummer`
	dutchCorp   = `BEDRIJF,CONTACTPERSOON,STRAAT,STAD,POSTCODE,LAND,EMAIL,TELEFOONNUMMER`
	germanPlain = `Firma;Anrede;Vorname;Name;Straße;Hausnummer;PLZ;Ort;Telefon;E-Mail;Kundennummer`
	frenchPlain = `Civilité;Nom;Prénom;Adresse;CP;Ville;Pays;Tél.;Courriel;Fonction;Société`
	spanish     = `Nombre;Apellidos;Correo electrónico;Teléfono;Móvil;Empresa;Cargo;Dirección;Ciudad;Código postal;País;Estado`
)

func header(line string) []string {
	sep := ","
	if strings.Contains(line, ";") {
		sep = ";"
	}
	if !strings.Contains(line, `"`) {
		return strings.Split(line, sep)
	}
	var cells []string
	for rest := line; rest != ""; {
		var cell string
		if inner, ok := strings.CutPrefix(rest, `"`); ok {
			cell, rest, _ = strings.Cut(inner, `"`)
			rest = strings.TrimPrefix(rest, sep)
		} else {
			cell, rest, _ = strings.Cut(rest, sep)
		}
		cells = append(cells, cell)
	}
	return cells
}

// mapped shows the mapped columns as "field: header | header" in the order of the fields' first columns.
func mapped(sheet []columns.Column) string {
	var order []string
	headers := map[string][]string{}
	for _, c := range sheet {
		if c.State == columns.Mapped {
			if headers[c.Field] == nil {
				order = append(order, c.Field)
			}
			headers[c.Field] = append(headers[c.Field], c.Header)
		}
	}
	var b strings.Builder
	for _, f := range order {
		fmt.Fprintf(&b, "%s: %s\n", f, strings.Join(headers[f], " | "))
	}
	return b.String()
}

// sheets are header rows that programs and people really write.
var sheets = []struct{ name, header string }{
	{"Outlook, English", outlookEN}, {"Outlook on the web", outlookWeb}, {"Outlook, Dutch", outlookNL}, {"Outlook, German", outlookDE},
	{"Outlook, French", outlookFR}, {"Outlook, Spanish", outlookES}, {"Google, old", googleOld}, {"Google, new", googleNew},
	{"HubSpot", hubspot}, {"Salesforce data export", salesforce}, {"Salesforce report", sfReport}, {"Salesforce leads", sfLeads},
	{"Mailchimp", mailchimp}, {"Pipedrive", pipedrive}, {"Follow Up Boss", followUp}, {"kvCORE", kvcore}, {"LinkedIn", linkedin},
	{"Shopify", shopify}, {"Odoo", odoo}, {"Teamleader", teamleader}, {"Dutch club", dutchClub}, {"Dutch companies", dutchCorp},
	{"German", germanPlain}, {"French", frenchPlain}, {"Spanish", spanish},
}

var update = flag.Bool("update", false, "write testdata/headers.txt and sources.txt again, to be reviewed")

// TestRealHeaders compares what each vendor takes of real header rows with a file that was reviewed by eye: a column
// that is not listed there is not used.
func TestRealHeaders(t *testing.T) {
	var b strings.Builder
	for _, s := range sheets {
		fmt.Fprintf(&b, "# %s\n", s.name)
		describe(t, &b, ClientCommanderContacts(), s.header)
		describe(t, &b, GrowContacts(), s.header)
		describe(t, &b, RogerRogerPeople(), s.header)
		describe(t, &b, CloverhoundContacts(), s.header)
	}
	wantReviewed(t, "testdata/headers.txt", b.String())
}

// wantReviewed compares got with a file that was reviewed by eye; -update rewrites it.
func wantReviewed(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-reviewed +now):\n%s", file, diff)
	}
}

func describe[C any](t *testing.T, b *strings.Builder, table *Table[C], line string) {
	t.Helper()
	m, err := table.Match(header(line), worded(MatchOptions{}))
	if err != nil {
		t.Fatalf("%s: match %q: %v", table.Vendor, line, err)
	}
	fmt.Fprintf(b, "%s\n%s", table.Vendor, mapped(m.Columns))
	for _, c := range m.Columns {
		if c.State != columns.Mapped && c.Reason == "" {
			t.Errorf("%s: column %q is not used and nothing says why", table.Vendor, c.Header)
		}
	}
}

// TestTraps: headers that contain the word of a field and mean something else.
func TestTraps(t *testing.T) {
	traps := []string{"Email Count", "Email Opt Out", "Email Status", "Email Optin", "Agent Email", "Spouse Email", "Spouse First Name",
		"Company Phone", "Company Main Phone", "Assistant's Phone", "Phone 1 - Label", "E-mail 1 - Type", "Rating", "Lead Status",
		"Record ID", "relatienummer", "Contact Id", "External ID", "Last Email", "Phone Verified", "Street 2", "Fax", "Owner Email", "Frist Name", "", " ", "€"}
	for _, table := range []func([]string) []columns.Column{columnsOf(ClientCommanderContacts()), columnsOf(GrowContacts()), columnsOf(RogerRogerPeople()), columnsOf(CloverhoundContacts())} {
		for _, c := range table(traps) {
			want := columns.Ignored
			if c.Header == "Frist Name" { // spelling suggests, and decides nothing
				want = columns.Proposed
			}
			if c.State != want {
				t.Errorf("%q became %s: %s", c.Header, c.Field, c.Reason)
			}
		}
	}
}

func columnsOf[C any](table *Table[C]) func([]string) []columns.Column {
	return func(header []string) []columns.Column {
		m, err := table.Match(header, worded(MatchOptions{}))
		if err != nil {
			panic(err)
		}
		return m.Columns
	}
}

// TestHeaderWords: words that tell phones or addresses of one person apart, in brackets, cut short or in any order, make no
// other field of a column; words that say more do.
func TestHeaderWords(t *testing.T) {
	phones, mails, answers := []string{"+31612345678", "020-1234567"}, []string{"a@example.com", "b@example.com"}, []string{"yes", "no"}
	streets, people := []string{"Main St", "Oak Avenue"}, []string{"Jan Berg", "Ann Ek"}
	tests := []struct {
		header string
		cells  []string
		state  columns.State
		field  string
	}{
		{"Phone (Work)", phones, columns.Mapped, "phone"},
		{"Phone 2 (Work)", phones, columns.Mapped, "phone"},
		{"Tel. vast", phones, columns.Mapped, "phone"},
		{"Tel. mobiel", phones, columns.Mapped, "phone"},
		{"Mobiel nr", phones, columns.Mapped, "phone"},
		{"Telefoonnr. (thuis)", phones, columns.Mapped, "phone"},
		{"Mob.", phones, columns.Mapped, "phone"},
		{"Mobile No.", phones, columns.Mapped, "phone"},
		{"Work Mobile Number", phones, columns.Mapped, "phone"},
		{"Tél. bureau", phones, columns.Mapped, "phone"},
		{"Email (Home)", mails, columns.Mapped, "email"},
		{"E-mail (kantoor)", mails, columns.Mapped, "email"},
		{"E-mail kantoor", phones, columns.Proposed, "phone"},
		{"Phone (Work)", people, columns.Proposed, "phone"},
		{"Phone (Work)", nil, columns.Mapped, "phone"}, // there is nothing to take from it
		{"Work", phones, columns.Proposed, "phone"},
		{"No mail", answers, columns.Ignored, ""},
		{"Work mail", answers, columns.Ignored, ""},
		{"Corporate Phone", phones, columns.Ignored, ""},
		{"KvK", []string{"01234567", "01234568"}, columns.Ignored, ""},
		{"HQ Phone", phones, columns.Ignored, ""},
		{"Email phone", phones, columns.Proposed, "phone"},
		{"Street Name", streets, columns.Mapped, "street"},
		{"Old street", streets, columns.Ignored, ""},
		{"City label", streets, columns.Ignored, ""},
		{"Your e-mail address", mails, columns.Mapped, "email"},
		{"Uw telefoonnummer?", phones, columns.Mapped, "phone"},
		{"Your partner", people, columns.Ignored, ""},
		{"Street/Straat", streets, columns.Mapped, "street"},
		{"Town / City", []string{"Delft", "Gouda"}, columns.Mapped, "city"},
		{"Phone/Fax", phones, columns.Ignored, ""},
		{"City/Street", streets, columns.Ignored, ""},
		{"Buddy", people, columns.Proposed, "firstName,lastName"},
	}
	for _, tt := range tests {
		header := []string{tt.header, "Source"}
		p := cells.NewProfile(header)
		for _, cell := range append(tt.cells, "") {
			p.Add([]string{cell, "Fair"})
		}
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: p}))
		if err != nil {
			t.Fatal(err)
		}
		if c := m.Columns[0]; c.State != tt.state || c.State != columns.Ignored && c.Field != tt.field {
			t.Errorf("%q over %q: %v %q: %s", tt.header, tt.cells, c.State, c.Field, c.Reason)
		}
	}
}

// TestAddressesOfOneKind: an address is made of the columns of one kind, by the words that sheets use for it.
func TestAddressesOfOneKind(t *testing.T) {
	for line, want := range map[string]string{
		"Home Address,Home City,Home State,Home Zip":                   "street city state zipCode",
		"Work Address,Work City,Work State,Work Zip":                   "street city state zipCode",
		"Billing Address,Billing City,Billing State,Billing Zip":       "street city state zipCode",
		"Business Address,Business City,Business State,Business Zip":   "street city state zipCode",
		"Mailing Address,Home Address,Mailing City,Home City,Home Zip": "street street city city zipCode", // each row has one of them
		"Billing Address,Home Address,Billing Zip,Home Zip":            "street street zipCode zipCode",
		"Address,Home Zip,Zip":                                         "street - zipCode",
		"Home Email,Billing Address Type":                              "email -",
	} {
		m, err := ClientCommanderContacts().Match(strings.Split(line, ","), worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range m.Columns {
			if c.State != columns.Mapped {
				c.Field = "-"
			}
			got = append(got, c.Field)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}
