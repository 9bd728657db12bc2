package mapping

import (
	"errors"
	"strings"
	"testing"

	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// peopleRows are two rows of people, by what their columns hold.
var peopleRows = map[string][2]string{
	"first": {"Ada", "Ben"}, "last": {"Lovett", "Okafor"}, "full": {"Ada Lovett", "Ben Okafor"}, "mail": {"ada@example.com", "ben@example.com"},
	"phone": {"+15125550141", "+15125550142"}, "street": {"1 Main St", "3 Main St"}, "city": {"Austin", "Dallas"}, "zip": {"78701", "75201"},
	"first2": {"Cleo", "Dora"}, "last2": {"Marsh", "Finch"}, "mail2": {"cleo@example.com", "dora@example.com"}, "agent": {"Max Lee", "Max Lee"},
	"agentmail": {"max@example.org", "max@example.org"}, "id": {"17", "18"}, "code": {"a1f3", "b2c4"}, "company": {"Acme", "Bolt"},
}

// TestPeopleOfHeaders: whom a sheet without a plain name is about is told by whose name it has. "?" stands before a field that
// is only proposed.
func TestPeopleOfHeaders(t *testing.T) {
	for sheet, want := range map[string]string{
		"Owner 1 First Name:first|Owner 1 Last Name:last|Owner 2 First Name:first2|Owner 2 Last Name:last2|Email 1:mail":                                                       "givenName|familyName|||emailAddresses",
		"Owner Name:full|Owner Email:mail|Owner Address:street|Owner City:city":                                                                                                "givenName,familyName|emailAddresses|address.street|address.city",
		"Owner Name:agent|Email:mail|Company:company":                                                                                                                          "?givenName,familyName|emailAddresses|organizations",
		"First Name:first|Last Name:last|Owner First Name:first2|Owner Email:mail2|Email:mail":                                                                                 "givenName|familyName|||emailAddresses",
		"Seller First Name:first|Seller Last Name:last|Email:mail|Phone:phone":                                                                                                 "givenName|familyName|emailAddresses|phoneNumbers",
		"Seller First Name:first|Seller Last Name:last|Agent Name:agent|Agent Email:agentmail|Seller Email:mail":                                                               "givenName|familyName|||emailAddresses",
		"Buyer First Name:first|Buyer Last Name:last|Attendee First Name:first2|Attendee Last Name:last2":                                                                      "?givenName|?familyName||",
		"Student First Name:first|Student Last Name:last|Parent First Name:first2|Parent Last Name:last2|Parent Email:mail2":                                                   "||?givenName|?familyName|?emailAddresses",
		"Borrower Full Name:full|Borrower E-mail:mail|Co-Borrower Full Name:agent":                                                                                             "givenName,familyName|emailAddresses|",
		"billing_first_name:first|billing_last_name:last|billing_email:mail|billing_address_1:street|billing_postcode:zip|shipping_first_name:first2|shipping_last_name:last2": "givenName|familyName|emailAddresses|address.street|address.postalCode||",
		"Voornaam lid:first|Achternaam lid:last|E-mail lid:mail":                                                                                                               "givenName|familyName|emailAddresses",
		"Vorname Teilnehmer:first|Nachname Teilnehmer:last|E-Mail Teilnehmer:mail":                                                                                             "givenName|familyName|emailAddresses",
		"Prénom du client:first|Nom du client:last|E-mail du client:mail|Adresse du client:street":                                                                             "givenName|familyName|emailAddresses|address.street",
		"Nom de l'acheteur:last|Prénom de l'acheteur:first|Courriel:mail":                                                                                                      "familyName|givenName|emailAddresses",
		"Nombre del propietario:first|Apellidos del propietario:last|Correo:mail":                                                                                              "givenName|familyName|emailAddresses",
		"Nombre del alumno:first|Apellidos del alumno:last|Email padre:mail2":                                                                                                  "givenName|familyName|?emailAddresses",
		"Lead First Name:first|Lead Last Name:last|Lead Email:mail|Lead Owner:agent|Lead Owner Email:agentmail":                                                                "givenName|familyName|emailAddresses||",
		"Invitee Name:full|Invitee Email:mail|User Name:agent|User Email:agentmail":                                                                                            "givenName,familyName|emailAddresses||",
		"User Name:full|User Email:mail2|Guest Name:full|Guest Email:mail":                                                                                                     "||givenName,familyName|emailAddresses",
		"User Name:full|User Email:mail":                                                                                      "givenName,familyName|emailAddresses",
		"Donor Name:full|Donor Email:mail|Name:agent|Email:agentmail":                                                         "givenName,familyName|emailAddresses||",
		"Buyer Name:full|Buyer Email:mail|First Name:first2|Last Name:last2|Email:mail2":                                      "||?givenName|?familyName|?emailAddresses",
		"Billing First Name:first|Billing Last Name:last|Billing Email:mail|First Name:first|Last Name:last|Email:mail":       "||?emailAddresses|givenName|familyName|emailAddresses",
		"Name of Student:full|Mail ID:mail":                                                                                   "givenName,familyName|emailAddresses",
		"First name:first|Last name:last|EmailId:mail":                                                                        "givenName|familyName|emailAddresses",
		"First name:first|Last name:last|E-mail id nr:mail":                                                                   "givenName|familyName|emailAddresses",
		"First name:first|Last name:last|E-mail ID:id":                                                                        "givenName|familyName|",
		"First name:first|Last name:last|Primary key:mail":                                                                    "givenName|familyName|?emailAddresses",
		"First name:first|Last name:last|Account owner email:mail":                                                            "givenName|familyName|?emailAddresses",
		"First name:first|Last name:last|Account owner email:agentmail":                                                       "givenName|familyName|",
		"Name ID:full|Email:mail":                                                                                             "?givenName,familyName|emailAddresses",
		"Name (First):first|Name (Last):last|Email (Work):mail|Mailing Address (Street):street|Mailing Address (City):city":   "givenName|familyName|emailAddresses|address.street|address.city",
		"Name / First Name:first|Name / Last Name:last|Emails / Primary Email:mail":                                           "givenName|familyName|emailAddresses",
		"First name:first|Last name:last|Primary Address Street:street|Primary Address City:city|Alternate Address City:city": "givenName|familyName|address.street|address.city|",
		"First name:first|Last name:last|Client Street:street|City:city|Zip:zip":                                              "givenName|familyName|address.street|address.city|address.postalCode",
	} {
		var header, fields []string
		rows := [2][]string{}
		for column := range strings.SplitSeq(sheet, "|") {
			name, holds, _ := strings.Cut(column, ":")
			header = append(header, name)
			for i := range rows {
				rows[i] = append(rows[i], peopleRows[holds][i])
			}
		}
		m, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: profiled(header, strings.Join(rows[0], "|"), strings.Join(rows[1], "|"))}))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range m.Columns {
			switch c.State {
			case columns.Mapped:
				fields = append(fields, c.Field)
			case columns.Proposed:
				fields = append(fields, "?"+c.Field)
			default:
				fields = append(fields, "")
			}
		}
		if got := strings.Join(fields, "|"); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", sheet, got, want)
		}
	}
}

// TestNeglected: contacts without a name or an e-mail are refused while a column may hold it, until the user says what it is.
func TestNeglected(t *testing.T) {
	header := []string{"Student First Name", "Student Last Name", "Parent First Name", "Parent Last Name", "Parent Email"}
	p := profiled(header, "Cleo|Lovett|Ada|Lovett|ada@example.com", "Dora|Okafor|Ben|Okafor|ben@example.com")
	for maps, want := range map[string]string{
		"": "no name and no e-mail",
		"Parent First Name=firstName|Parent Last Name=lastName":                    "",
		"Parent First Name=firstName|Parent Last Name=lastName|Parent Email=email": "",
		"Student First Name=firstName|Student Last Name=lastName":                  "no e-mail",
		"Student First Name=firstName|Student Last Name=lastName|Parent Email=":    "",
		"Parent First Name=": "no e-mail",
	} {
		var said []string
		if maps != "" {
			said = strings.Split(maps, "|")
		}
		_, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: p, NeedsRequired: true, Map: said}))
		var refused *match.Error
		if got := errors.As(err, &refused); got != (want != "") || got && !strings.Contains(refused.Message, want+",") {
			t.Errorf("%q: got %v, want %q", maps, err, want)
		}
	}
}

// TestListsBeneathRecords: a row in which only the columns of a list are filled is no contact.
func TestListsBeneathRecords(t *testing.T) {
	for header, want := range map[string]bool{
		"ID|First Name|Last Name|Email ID (Email IDs)|Is Primary (Email IDs)": true,
		"ID|First Name|Last Name|ID (Email IDs)|Email ID (Email IDs)":         true,
		"ID|First Name|Last Name|Email (Work)|Phone (Work)":                   false,
	} {
		columns := strings.Split(header, "|")
		m, err := ClientCommanderContacts().Match(columns, worded(MatchOptions{Profile: profiled(columns, "c1|Ada|Lovett|a1|1", "|||b2|0", "c2|Ben|Okafor|c3|1")}))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.continues([]string{"", "", "", "b2", "0"}); got != want {
			t.Errorf("%s: got %v, want %v", header, got, want)
		}
	}
}

// TestNoFieldIsASlip: the name of a field of any vendor is no slip for another word in a sheet for another vendor.
func TestNoFieldIsASlip(t *testing.T) {
	var names []string
	names = appendNames(names, ClientCommanderContacts())
	names = appendNames(names, GrowContacts())
	names = appendNames(names, RogerRogerPeople())
	names = appendNames(names, CloverhoundContacts())
	for _, columns := range []func([]string) []columns.Column{columnsOf(ClientCommanderContacts()), columnsOf(GrowContacts()), columnsOf(RogerRogerPeople()), columnsOf(CloverhoundContacts())} {
		for _, name := range names {
			if c := columns([]string{name})[0]; strings.Contains(c.Reason, "slip") {
				t.Errorf("%q: %s", c.Header, c.Reason)
			}
		}
	}
}

func appendNames[C any](names []string, table *Table[C]) []string {
	for i := range table.Fields {
		names = append(names, table.Fields[i].Name)
	}
	return names
}
