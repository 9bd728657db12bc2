package mapping

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
)

// record is a row written as its header and its cells.
type record map[string]string

func convert[C any](t *testing.T, table *Table[C], o MatchOptions, cells record) Row[C] {
	t.Helper()
	var header, row []string
	for _, h := range sortedKeys(cells) {
		header, row = append(header, h), append(row, cells[h])
	}
	m, err := table.Match(header, worded(o))
	if err != nil {
		t.Fatalf("%s: match %q: %v", table.Vendor, header, err)
	}
	return m.Convert(row)
}

func sortedKeys(m record) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func with(base record, more ...string) record {
	r := record{}
	for k, v := range base {
		r[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		r[more[i]] = more[i+1]
	}
	return r
}

var (
	goodCommander = record{
		"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "phone": "+15125550123", "source": "Website", "stage": "Lead",
		"price": "$450,000", "timeframe": "3-6 months", "background": "Downtown", "tags": "VIP, Hot lead", "street": "1 Main St", "city": "Austin",
		"state": "Texas", "zipCode": "78701-1234",
	}
	goodGrow = record{
		"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com", "clientid": "12", "phone": "+31612345678", "position": "CEO", "account_owner": "yes",
	}
	goodRoger = record{
		"givenName": "Jane", "familyName": "Doe", "additionalName": "Ann", "initials": "J.A.", "honorificPrefix": "Dr.", "jobTitle": "CTO",
		"customerId": "'C-42", "linkedinId": "https://www.linkedin.com/in/janedoe/", "externalSource": "sheet", "isTracked": "ja", "archivedAt": "2026-01-31",
		"owner": "u1", "avatar": "/media_objects/m1", "tags": "VIP, /tags/t1", "segments": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "organizations": "Acme",
		"emailAddresses": "jane@example.com; jd@example.org", "phoneNumbers": "+31612345678", "address.street": "Damrak 1", "address.city": "Amsterdam",
		"address.postalCode": "1012LG", "address.country": "Nederland",
	}
	goodClover = record{"full_name": "Jane Doe", "email": "jane@example.com", "description": "VIP", "contact_phones_attributes": "+14155550100, +31612345678"}
)

func TestConvertClientCommander(t *testing.T) {
	row := convert(t, ClientCommanderContacts(), MatchOptions{NeedsRequired: true}, goodCommander)
	price := 450000.0
	want := clientcommander.Contact{
		FirstName: "Jane", LastName: "Doe", Email: "jane@example.com", Phone: "+15125550123", Source: "Website", Stage: crm.Ref{Name: "Lead"},
		Price: &price, Timeframe: "3-6 months", Background: "Downtown", Tags: []string{"VIP", "Hot lead"},
		Street: "1 Main St", City: "Austin", State: "TX", ZipCode: "78701-1234",
	}
	if diff := cmp.Diff(want, row.Contact); diff != "" || len(row.Problems) > 0 {
		t.Errorf("-want +got:\n%s%v", diff, row.Problems)
	}
	if len(row.Fields) != 14 || !cmp.Equal(row.Links, []Link{{Field: "stage", Kind: "stages", Name: "Lead", Column: "stage"}}) {
		t.Errorf("fields %v, links %v", row.Fields, row.Links)
	}
}

func TestConvertGrow(t *testing.T) {
	row := convert(t, GrowContacts(), MatchOptions{NeedsRequired: true, Set: []string{"send_email=yes"}}, goodGrow)
	want := growcrm.Contact{FirstName: "Jane", LastName: "Doe", Email: "jane@example.com", Client: crm.Ref{ID: "12"}, Phone: "+31612345678",
		Position: "CEO", AccountOwner: "yes", SendEmail: "yes"}
	if diff := cmp.Diff(want, row.Contact); diff != "" || len(row.Problems)+len(row.Links) > 0 {
		t.Errorf("-want +got:\n%s%v %v", diff, row.Problems, row.Links)
	}
	if _, got := GrowContacts().Claim(&row.Contact, row.Fields); got != "the account owner of client 12" {
		t.Errorf("claim %q", got)
	}
	if row = convert(t, GrowContacts(), MatchOptions{}, with(goodGrow, "send_email", "yes")); row.Contact.SendEmail != "" || row.Fields.Has("send_email") {
		t.Errorf("a column set send_email")
	}
}

func TestConvertRogerRoger(t *testing.T) {
	row := convert(t, RogerRogerPeople(), MatchOptions{NeedsRequired: true}, goodRoger)
	yes := true
	want := rogerroger.Person{
		GivenName: "Jane", FamilyName: "Doe", AdditionalName: "Ann", Initials: "J.A.", HonorificPrefix: "Dr.", JobTitle: "CTO", CustomerID: "C-42",
		LinkedInID: "janedoe", ExternalSource: "sheet", IsTracked: &yes, ArchivedAt: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC),
		Owner: crm.Ref{ID: "/users/u1"}, Avatar: crm.Ref{ID: "/media_objects/m1"}, Tags: []crm.Ref{{Name: "VIP"}, {ID: "/tags/t1"}},
		Segments: []crm.Ref{{ID: "/segments/3fa85f64-5717-4562-b3fc-2c963f66afa6"}}, Organizations: []crm.Ref{{Name: "Acme"}},
		EmailAddresses: []string{"jane@example.com", "jd@example.org"}, PhoneNumbers: []rogerroger.Phone{{Number: "+31612345678"}},
		Address: rogerroger.Address{Street: "Damrak 1", City: "Amsterdam", PostalCode: "1012LG", Country: "NL"},
	}
	if diff := cmp.Diff(want, row.Contact); diff != "" || len(row.Problems) > 0 {
		t.Errorf("-want +got:\n%s%v", diff, row.Problems)
	}
	if want := []Link{{Field: "tags", Kind: "tags", Name: "VIP", Column: "tags"}, {Field: "organizations", Kind: "organizations", Name: "Acme", Column: "organizations"}}; !cmp.Equal(row.Links, want) {
		t.Errorf("links %v, want %v", row.Links, want)
	}
}

func TestConvertCloverhound(t *testing.T) {
	row := convert(t, CloverhoundContacts(), MatchOptions{NeedsRequired: true}, goodClover)
	want := cloverhound.Contact{FullName: "Jane Doe", Email: "jane@example.com", Description: "VIP", Phones: []cloverhound.Phone{{Number: "+14155550100"}, {Number: "+31612345678"}}}
	if diff := cmp.Diff(want, row.Contact); diff != "" || len(row.Problems) > 0 {
		t.Errorf("-want +got:\n%s%v", diff, row.Problems)
	}
}

// broken is a documented limit, broken: the cells of a good row that are changed for it, and the problem expected.
type broken struct {
	change      []string
	code, field string
}

func TestLimitsClientCommander(t *testing.T) {
	long := func(n int) string { return strings.Repeat("é", n) }
	checkLimits(t, ClientCommanderContacts(), goodCommander, []broken{
		{[]string{"firstName", long(101)}, cells.CodeTooLong, "firstName"},
		{[]string{"lastName", long(101)}, cells.CodeTooLong, "lastName"},
		{[]string{"email", "a@" + strings.Repeat("abcdefgh.", 28) + "com"}, cells.CodeBadEmail, "email"},
		{[]string{"email", "jane"}, cells.CodeBadEmail, "email"},
		{[]string{"phone", "+1 555 0100"}, cells.CodeBadPhone, "phone"},
		{[]string{"source", long(101)}, cells.CodeTooLong, "source"},
		{[]string{"price", "-1"}, cells.CodeBadNumber, "price"},
		{[]string{"price", "a lot"}, cells.CodeBadNumber, "price"},
		{[]string{"timeframe", long(101)}, cells.CodeTooLong, "timeframe"},
		{[]string{"background", long(5001)}, cells.CodeTooLong, "background"},
		{[]string{"tags", long(51)}, cells.CodeTooLong, "tags"},
		{[]string{"tags", tagList(21)}, cells.CodeTooMany, "tags"},
		{[]string{"street", long(201)}, cells.CodeTooLong, "street"},
		{[]string{"city", long(101)}, cells.CodeTooLong, "city"},
		{[]string{"state", "Utrecht"}, cells.CodeBadState, "state"},
		{[]string{"zipCode", "1234 AB"}, cells.CodeBadZip, "zipCode"},
		{[]string{"zipCode", "2134"}, cells.CodeBadZip, "zipCode"},
		{[]string{"firstName", "", "lastName", "", "email", "", "phone", ""}, cells.CodeRequired, ""},
	})
	at := with(goodCommander, "firstName", long(100), "background", long(5000), "tags", tagList(20), "price", "0", "zipCode", "02134")
	if row := convert(t, ClientCommanderContacts(), MatchOptions{NeedsRequired: true}, at); len(row.Problems) > 0 {
		t.Errorf("at the limits: %v", row.Problems)
	}
}

func TestLimitsGrow(t *testing.T) {
	checkLimits(t, GrowContacts(), goodGrow, []broken{
		{[]string{"first_name", ""}, cells.CodeRequired, "first_name"},
		{[]string{"last_name", " "}, cells.CodeRequired, "last_name"},
		{[]string{"email", ""}, cells.CodeRequired, "email"},
		{[]string{"email", "a@b"}, cells.CodeBadEmail, "email"},
		{[]string{"clientid", ""}, cells.CodeRequired, "clientid"},
		{[]string{"phone", "3.16E+10"}, cells.CodeBadPhone, "phone"},
		{[]string{"account_owner", "maybe"}, cells.CodeBadValue, "account_owner"},
	})
}

func TestLimitsRogerRoger(t *testing.T) {
	checkLimits(t, RogerRogerPeople(), goodRoger, []broken{
		{[]string{"familyName", ""}, cells.CodeRequired, "familyName"},
		{[]string{"isTracked", "perhaps"}, cells.CodeBadValue, "isTracked"},
		{[]string{"archivedAt", "31-01-2026"}, cells.CodeBadDate, "archivedAt"},
		{[]string{"owner", "Jane Doe"}, cells.CodeBadValue, "owner"},
		{[]string{"avatar", "/users/1"}, cells.CodeBadValue, "avatar"},
		{[]string{"emailAddresses", "jane@example.com; x"}, cells.CodeBadEmail, "emailAddresses"},
		{[]string{"phoneNumbers", "020"}, cells.CodeBadPhone, "phoneNumbers"},
		{[]string{"address.country", "Atlantis"}, cells.CodeBadValue, "address.country"},
	})
}

func TestLimitsCloverhound(t *testing.T) {
	checkLimits(t, CloverhoundContacts(), goodClover, []broken{
		{[]string{"full_name", ""}, cells.CodeRequired, "full_name"},
		{[]string{"email", "@"}, cells.CodeBadEmail, "email"},
		{[]string{"contact_phones_attributes", "+14155550100, 12"}, cells.CodeBadPhone, "contact_phones_attributes"},
	})
}

func tagList(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprint("tag", i))
	}
	return strings.Join(list, ",")
}

func checkLimits[C any](t *testing.T, table *Table[C], good record, tests []broken) {
	t.Helper()
	for _, tt := range tests {
		row := convert(t, table, MatchOptions{NeedsRequired: true}, with(good, tt.change...))
		if len(row.Problems) != 1 || row.Problems[0].Code != tt.code || row.Problems[0].Field != tt.field {
			t.Errorf("%s: %q: problems %v, want one %s of %s", table.Vendor, tt.change, row.Problems, tt.code, tt.field)
			continue
		}
		p := row.Problems[0]
		if p.Field != "" && (!strings.Contains(p.Message, fmt.Sprintf("%q", tt.change[0])) || p.Column != tt.change[0]) {
			t.Errorf("%s: %q: the message does not name the column: %s", table.Vendor, tt.change, p.Message)
		}
		if advice.OnCell(p.Code) == "" {
			t.Errorf("no advice for %s", p.Code)
		}
		if row.Fields.Has(p.Field) {
			t.Errorf("%s: %q: a broken field is set", table.Vendor, tt.change)
		}
	}
}

func TestAllProblems(t *testing.T) {
	row := convert(t, GrowContacts(), MatchOptions{NeedsRequired: true}, with(goodGrow, "email", "x", "phone", "y", "first_name", "", "account_owner", "z"))
	if len(row.Problems) != 4 {
		t.Errorf("got %v, want four problems", row.Problems)
	}
	row = convert(t, GrowContacts(), MatchOptions{}, record{"email": "jane@example.com"})
	if len(row.Problems) != 0 {
		t.Errorf("an update needs no required field: %v", row.Problems)
	}
}

// TestUnsplitName: one problem, which names the column, where both parts are required; else all of it is the last name.
func TestUnsplitName(t *testing.T) {
	madonna := record{"Name": "Madonna", "Email": "m@example.com", "Company": "12"}
	row := convert(t, GrowContacts(), MatchOptions{NeedsRequired: true}, madonna)
	if len(row.Problems) != 1 || row.Problems[0].Code != cells.CodeRequired || row.Problems[0].Column != "Name" {
		t.Errorf("growcrm: %v", row.Problems)
	}
	person := convert(t, RogerRogerPeople(), MatchOptions{NeedsRequired: true}, madonna)
	if len(person.Problems) != 0 || person.Contact.FamilyName != "Madonna" || person.Contact.GivenName != "" {
		t.Errorf("rogerroger: %+v", person)
	}
	empty := convert(t, GrowContacts(), MatchOptions{NeedsRequired: true}, with(madonna, "Name", ""))
	if len(empty.Problems) != 1 {
		t.Errorf("growcrm, no name: %v", empty.Problems)
	}
}

func TestJoinedNames(t *testing.T) {
	tests := []struct {
		cells record
		want  string
	}{
		{record{"Voornaam": "Jan", "Tussenvoegsel": "van der", "Achternaam": "Berg"}, "Jan van der Berg"},
		{record{"First name": "Jane", "Last name": "Doe"}, "Jane Doe"},
		{record{"First name": "Jane", "Last name": ""}, "Jane"},
		{record{"Full name": "Jane A. Doe", "First name": "Jane", "Last name": "Doe"}, "Jane A. Doe"},
		{record{"Name": "Doe", "First name": "Jane"}, "Jane Doe"},
		{record{"Naam": "Vries, de", "Voornaam": "Piet"}, "Piet de Vries"},
		{record{"Naam": "Berg, van den", "Voornaam": "Jan", "E-mail": "jan@example.com"}, "Jan van den Berg"},
		{record{"Naam": "Berg, MD", "Voornaam": "Jan"}, "Jan Berg, MD"},
		{record{"Name": "Jane", "Surname": "Doe"}, "Jane Doe"},
		{record{"Nombre": "María", "Apellidos": "García López"}, "María García López"},
		{record{"Nombre": "María García"}, "María García"},
	}
	for _, tt := range tests {
		if row := convert(t, CloverhoundContacts(), MatchOptions{}, tt.cells); row.Contact.FullName != tt.want {
			t.Errorf("%v: got %q, want %q", tt.cells, row.Contact.FullName, tt.want)
		}
	}
}

func TestKeys(t *testing.T) {
	c := clientcommander.Contact{FirstName: "Jane", LastName: " DOE", Email: "Jane@Example.com", Phone: "+1 512 555 0123",
		Emails: []clientcommander.Email{{Value: "jane@example.com"}, {Value: "jd@example.org"}}}
	want := []crm.Key{{Email: "jane@example.com"}, {Email: "jd@example.org"}, {Phone: "15125550123", Name: "jane doe"}}
	if diff := cmp.Diff(want, ClientCommanderContacts().Keys(c)); diff != "" {
		t.Errorf("Keys: %s", diff)
	}
	if diff := cmp.Diff(want[:2], ClientCommanderContacts().RowKeys(c)); diff != "" {
		t.Errorf("RowKeys: %s", diff)
	}
	p := cloverhound.Contact{FullName: "Jane Doe", Phones: []cloverhound.Phone{{Number: "+15125550123"}}}
	if diff := cmp.Diff(want[2:], CloverhoundContacts().RowKeys(p)); diff != "" {
		t.Errorf("RowKeys by phone: %s", diff)
	}
	if keys := CloverhoundContacts().RowKeys(cloverhound.Contact{Phones: p.Phones}); len(keys) > 0 {
		t.Errorf("a phone alone is no key: %v", keys)
	}
}

func TestSetLinks(t *testing.T) {
	table := RogerRogerPeople()
	row := convert(t, table, MatchOptions{}, record{"familyName": "Doe", "tags": "vip, News"})
	before := row.Contact
	table.SetLinks(&row.Contact, "tags", map[string]crm.Ref{crm.Fold("VIP"): crm.Ref{ID: "/tags/1", Name: "VIP"}})
	table.SetLinks(&row.Contact, "tags", map[string]crm.Ref{crm.Fold("news"): crm.Ref{ID: "/tags/1", Name: "VIP"}})
	if want := []crm.Ref{{ID: "/tags/1", Name: "VIP"}}; !cmp.Equal(row.Contact.Tags, want) {
		t.Errorf("got %v, want %v", row.Contact.Tags, want)
	}
	if want := []crm.Ref{{Name: "vip"}, {Name: "News"}}; !cmp.Equal(before.Tags, want) {
		t.Errorf("a copy was changed: %v", before.Tags)
	}
	grow := convert(t, GrowContacts(), MatchOptions{}, record{"Company": "Acme"})
	GrowContacts().SetLinks(&grow.Contact, "clientid", map[string]crm.Ref{crm.Fold("Acme"): crm.Ref{ID: "7", Name: "Acme Inc"}})
	if grow.Contact.Client.ID != "7" {
		t.Errorf("got %v", grow.Contact.Client)
	}
}
