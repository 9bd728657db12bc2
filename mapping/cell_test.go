package mapping

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/match"
	"crmferry/mapping/match/told"
)

// documented lists the fields of a vendor's documented responses that have a column of the same name, and those that have
// one of another name behind a colon.
var documented = map[string]string{
	// https://docs.clientcommander.com/api-reference/people/list
	"clientcommander": "id firstName lastName fullName emails emails.value:emails emails.type:emails emails.isPrimary:emails " +
		"phones phones.value:phones phones.type:phones phones.status:phones phones.isPrimary:phones phones.isBad:phones " +
		"assignedAgentId assignedAgentName assignedAgentEmail stageId:stage stageName source timeframe background tags price " +
		"relationship createdAt updatedAt",
	// https://docs-api.growcrm.io/contacts
	"growcrm": "id first_name last_name name email phone job_position:position account_owner status client.id:clientid " +
		"client.company_name role.id role.name social.facebook social.twitter social.linkedin social.github social.dribbble " +
		"dates.created dates.updated",
	// https://docs-api.growcrm.io/clients
	"growcrm/clients": "id client_company_name client_description status client_phone client_website client_vat client_categoryid category.name owner owner.name " +
		"client_billing_street client_billing_city client_billing_state client_billing_zip client_billing_country client_billing_invoice_due_days " +
		"shipping.street shipping.city shipping.state shipping.zip shipping.country dates.created dates.updated tags first_name last_name email",
	// https://developer.rogerroger.io/crm/people
	"rogerroger": "@id:id id familyName givenName additionalName initials customerId honorificPrefix isTracked linkedinId " +
		"externalSource createdAt updatedAt importedAt archivedAt owner jobTitle tags segments organizations " +
		"emailAddresses.email:emailAddresses phoneNumbers.phoneNumber:phoneNumbers phoneNumbers.phoneType " +
		"address.city address.postalCode address.street address.country avatarUrl dealSize totalDeals totalLostDeals totalWonDeals",
	"rogerroger/organizations": "@id:id id title description website customerId externalSource chamberOfCommerceNumber linkedinId archivedAt owner people tags segments " +
		"emailAddresses.email:emailAddresses phoneNumbers.phoneNumber:phoneNumbers phoneNumbers.phoneType address.city address.postalCode address.street address.country " +
		"createdAt importedAt updatedAt avatarUrl",
	// https://developer.rogerroger.io/organizations has the same of notes on organizations
	"rogerroger/notes": "id createdAt description title flagged isPrivate author category personId",
	// https://docs-api.growcrm.io/notes
	"growcrm/notes": "id title:note_title description:note_description visibility:note_visibility resource.type:noteresource_type resource.id:noteresource_id tags " +
		"creator_id dates.created dates.updated",
	// https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact
	"cloverhound": "id organization_id full_name email description contact_phones.id contact_phones.contact_id " +
		"contact_phones.organization_id contact_phones.number:contact_phones_attributes contact_phones.phone_type " +
		"contact_phones.created_at contact_phones.updated_at created_at updated_at",
}

func TestEveryDocumentedFieldHasAColumn(t *testing.T) {
	hasColumns(t, "clientcommander", ClientCommanderContacts())
	hasColumns(t, "growcrm", GrowContacts())
	hasColumns(t, "growcrm/clients", GrowClients())
	hasColumns(t, "rogerroger", RogerRogerPeople())
	hasColumns(t, "rogerroger/organizations", RogerRogerOrganizations())
	hasColumns(t, "rogerroger/notes", RogerRogerNotes(), "person.name", "person.emailAddresses", "organizationId", "organization.name")
	hasColumns(t, "growcrm/notes", GrowNotes(), "client.company_name", "client.owner_email", "lead.title", "person.name", "person.email")
	hasColumns(t, "cloverhound", CloverhoundContacts())
}

// hasColumns compares the columns of a table with the documented fields and with more, which the vendor returns elsewhere.
func hasColumns[C any](t *testing.T, what string, table *Table[C], more ...string) {
	t.Helper()
	var names []string
	for _, c := range table.ExportColumns() {
		names = append(names, c.Name)
	}
	want := slices.Clone(more)
	for entry := range strings.FieldsSeq(documented[what]) {
		name, column, renamed := strings.Cut(entry, ":")
		if !renamed {
			column = name
		}
		want = append(want, column)
		if !slices.Contains(names, column) {
			t.Errorf("%s: no column for %s", what, name)
		}
	}
	if what == "clientcommander" {
		want = append(want, "email", "phone") // the primary ones of several
	}
	for _, name := range names {
		if !slices.Contains(want, name) {
			t.Errorf("%s: the column %s is of no documented field", what, name)
		}
	}
}

// TestEveryFactIsExported: whatever a client reads is in some cell, but for what another cell says better.
func TestEveryFactIsExported(t *testing.T) {
	exportsAll(t, ClientCommanderContacts(), "Street", "City", "State", "ZipCode")
	exportsAll(t, GrowContacts(), "SendEmail")
	exportsAll(t, GrowClients(), "Custom")
	exportsAll(t, RogerRogerPeople(), "IRI", "Avatar.ID", "Avatar.Name", "Owner.Name", "Tags.ID", "Segments.ID", "Organizations.ID")
	exportsAll(t, GrowNotes(), "Of.Name")
	exportsAll(t, RogerRogerNotes(), "Person.Name", "Category.Name", "Author.Name")
	exportsAll(t, CloverhoundContacts())
}

func exportsAll[C any](t *testing.T, table *Table[C], but ...string) {
	t.Helper()
	var c C
	facts := map[string]string{}
	fillEach(reflect.ValueOf(&c).Elem(), "", facts, new(int64))
	if s, ok := any(&c).(*clientcommander.Contact); ok {
		s.Stage.ID = "stage001" // as ids look
		facts["Stage.ID"] = s.Stage.ID
	}
	if n, ok := any(&c).(*rogerroger.Note); ok {
		n.Organization.ID = "/organizations/17"
		facts["Organization.ID"] = n.Organization.ID
	}
	columns, err := table.Columns(nil, advice.Hint)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, cell := range table.Cells(&c, columns, nil) {
		shown = append(shown, cell.String())
	}
	all := strings.Join(shown, "\n")
	for path, fact := range facts {
		if strings.Contains(all, fact) == slices.Contains(but, path) {
			t.Errorf("%s/%s: %s is in a cell: %v", table.Vendor, table.Resource, path, !slices.Contains(but, path))
		}
	}
}

// fillEach gives every field below v a value of its own and takes it down by its path. Lists get two items.
func fillEach(v reflect.Value, path string, facts map[string]string, count *int64) {
	*count++
	n := 1000 + *count
	switch at := v.Addr().Interface().(type) {
	case *time.Time:
		*at = time.Date(2026, 1, 1, 0, 0, int(n), 0, time.UTC)
		facts[path] = at.Format("15:04:05")
		return
	case *string:
		*at = fmt.Sprint("fact", n)
		if strings.HasSuffix(path, ".ID") || strings.HasSuffix(path, "ID") {
			*at = fmt.Sprint(n)
		}
		facts[path] = *at
		return
	case *int64:
		*at = n
		facts[path] = fmt.Sprint(n)
		return
	case *bool:
		*at = true
		return
	case *crm.Custom:
		facts[path] = fmt.Sprint("fact", n)
		*at = crm.Custom{"name": facts[path]}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillEach(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), facts, count)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillEach(v.Elem(), path, facts, count)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillEach(v.Index(0), path, facts, count)
		fillEach(v.Index(1), path, facts, count)
	case reflect.Float64:
		v.SetFloat(float64(n))
		facts[path] = fmt.Sprint(n)
	default:
		panic("no value for " + path + ", a " + v.Kind().String())
	}
}

func TestCells(t *testing.T) {
	yes, price, deals := true, 1250.5, int64(3)
	at := time.Date(2026, 1, 31, 10, 20, 30, 0, time.FixedZone("", 3600))
	checkCells(t, ClientCommanderContacts(), clientcommander.Contact{
		ID: "jd79abc123def", Email: "jane@example.com", Price: &price, Relationship: &yes, CreatedAt: at, Tags: []string{"a; b", "c"},
		Stage:  crm.Ref{ID: "stage456", Name: "Lead"},
		Emails: []clientcommander.Email{{Value: "jane@example.com", Type: "work", IsPrimary: true}, {Value: "jd@example.org"}},
		Phones: []clientcommander.Phone{{Value: "+15125550123", Type: "mobile", Status: "Valid", IsBad: true}},
	}, map[string]cell.Cell{
		"id":           {Kind: cell.Identifier, Text: "jd79abc123def"},
		"price":        {Kind: cell.Number, Number: 1250.5},
		"relationship": {Kind: cell.Bool, Text: "yes", Number: 1},
		"createdAt":    {Kind: cell.DateTime, Time: at.UTC()},
		"updatedAt":    {},
		"tags":         {Text: `"a; b"; c`},
		"stage":        {Kind: cell.Identifier, Text: "stage456"},
		"stageName":    {Text: "Lead"},
		"emails":       {Text: "jane@example.com (work/primary); jd@example.org"},
		"phones":       {Kind: cell.Identifier, Text: "+15125550123 (mobile/Valid/bad)"},
	})
	checkCells(t, ClientCommanderContacts(), clientcommander.Contact{Stage: crm.Ref{ID: "lead", Name: "New lead"}},
		map[string]cell.Cell{"stage": {Text: "New lead"}}) // the id would be taken for a name
	checkCells(t, GrowContacts(), growcrm.Contact{Client: crm.Ref{ID: "12", Name: "Acme Inc"}, AccountOwner: "no",
		Social: growcrm.Social{LinkedIn: "https://www.linkedin.com/in/janedoe", Twitter: "@jane"}}, map[string]cell.Cell{
		"clientid":            {Kind: cell.Identifier, Text: "12"},
		"client.company_name": {Text: "Acme Inc"},
		"account_owner":       {Kind: cell.Bool, Text: "no"},
		"social.linkedin":     {Kind: cell.Link, Text: "https://www.linkedin.com/in/janedoe"},
		"social.twitter":      {Text: "@jane"},
	})
	checkCells(t, RogerRogerPeople(), rogerroger.Person{Owner: crm.Ref{ID: "/users/u1", Name: "Jane"}, TotalDeals: &deals,
		PhoneNumbers: []rogerroger.Phone{{Number: "+31201234567"}, {Number: "+31201234568", Type: "fax"}},
		Tags:         []crm.Ref{{ID: "/tags/1", Name: "VIP"}, {ID: "/tags/2"}, {ID: "/tags/3", Name: "/tags/4"}}}, map[string]cell.Cell{
		"owner":                  {Kind: cell.Identifier, Text: "/users/u1"},
		"totalDeals":             {Kind: cell.Number, Number: 3},
		"dealSize":               {},
		"tags":                   {Text: "VIP; /tags/2; /tags/3"},
		"phoneNumbers":           {Kind: cell.Identifier, Text: "+31201234567; +31201234568"},
		"phoneNumbers.phoneType": {Text: "; fax"},
	})
	checkCells(t, CloverhoundContacts(), cloverhound.Contact{Phones: []cloverhound.Phone{{ID: 7, Number: "+14155550100", PhoneType: "home"}}},
		map[string]cell.Cell{"contact_phones.phone_type": {Text: "home"}, "contact_phones.id": {Kind: cell.Identifier, Text: "7"}, "id": {}})
}

func checkCells[C any](t *testing.T, table *Table[C], c C, want map[string]cell.Cell) {
	t.Helper()
	for name, cell := range want {
		columns, err := table.Columns([]string{name}, advice.Hint)
		if err != nil {
			t.Fatal(err)
		}
		if got := table.Cells(&c, columns, nil)[0]; got != cell {
			t.Errorf("%s: %s: got %+v, want %+v", table.Vendor, name, got, cell)
		}
	}
}

func TestColumns(t *testing.T) {
	table := GrowContacts()
	columns, err := table.Columns([]string{"email", "Client ID", "First Name"}, advice.Hint)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range columns {
		names = append(names, table.ExportColumns()[i].Name)
	}
	if got := strings.Join(names, ","); got != "email,clientid,first_name" {
		t.Errorf("got %s", got)
	}
	for names, want := range map[string]string{
		"emial":       `--columns: growcrm has no field "emial"; did you mean email?`,
		"qqqqqq":      `--columns: growcrm has no field "qqqqqq"; crmferry fields growcrm lists the fields`,
		"email,Email": "--columns names email twice; name each column once",
		"send_email":  "--columns: send_email cannot be exported; ",
	} {
		_, err := table.Columns(strings.Split(names, ","), advice.Hint)
		if e, ok := err.(*match.Error); !ok || !strings.HasPrefix(e.Message+"; "+e.Hint, want) {
			t.Errorf("%s: got %v, want %s", names, err, want)
		}
	}
	if _, err := RogerRogerNotes().Columns([]string{"qqqqqq"}, advice.Hint); !strings.Contains(err.(*match.Error).Hint, "fields rogerroger/notes") {
		t.Errorf("got %v", err)
	}
}

// TestHeadersAreTold: every name and label leads to its own field, so that headers of exports are unique.
func TestHeadersAreTold(t *testing.T) {
	headersAreTold(t, ClientCommanderContacts())
	headersAreTold(t, GrowContacts())
	headersAreTold(t, GrowClients())
	headersAreTold(t, RogerRogerPeople())
	headersAreTold(t, RogerRogerNotes())
	headersAreTold(t, CloverhoundContacts())
}

func headersAreTold[C any](t *testing.T, table *Table[C]) {
	t.Helper()
	spec := table.spec(nil, nil)
	for i, f := range table.Fields {
		byName, _ := told.Field(spec, f.Name, "")
		byLabel, _ := told.Field(spec, f.Label, "")
		if byName != i || byLabel != i {
			t.Errorf("%s/%s: %s, %q leads to another field", table.Vendor, table.Resource, f.Name, f.Label)
		}
	}
}

func TestDatesOfContacts(t *testing.T) {
	a, b := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	check := func(vendor string, has bool, created, changed time.Time) {
		t.Helper()
		if !created.Equal(a) || changed.IsZero() == has || has && !changed.Equal(b) {
			t.Errorf("%s: %v %v %v", vendor, has, created, changed)
		}
	}
	created, changed := ClientCommanderContacts().Dates(&clientcommander.Contact{CreatedAt: a, UpdatedAt: b})
	check("clientcommander", ClientCommanderContacts().HasChangeDate(), created, changed)
	created, changed = GrowContacts().Dates(&growcrm.Contact{Created: a, Updated: b})
	check("growcrm", GrowContacts().HasChangeDate(), created, changed)
	created, changed = GrowClients().Dates(&growcrm.ClientRecord{Created: a, Updated: b})
	check("growcrm/clients", GrowClients().HasChangeDate(), created, changed)
	created, changed = RogerRogerPeople().Dates(&rogerroger.Person{CreatedAt: a, UpdatedAt: b})
	check("rogerroger", RogerRogerPeople().HasChangeDate(), created, changed)
	created, changed = RogerRogerOrganizations().Dates(&rogerroger.Organization{CreatedAt: a, UpdatedAt: b})
	check("rogerroger/organizations", RogerRogerOrganizations().HasChangeDate(), created, changed)
	created, changed = RogerRogerNotes().Dates(&rogerroger.Note{CreatedAt: a})
	check("rogerroger/notes", RogerRogerNotes().HasChangeDate(), created, changed)
	created, changed = CloverhoundContacts().Dates(&cloverhound.Contact{CreatedAt: a, UpdatedAt: b})
	check("cloverhound", CloverhoundContacts().HasChangeDate(), created, changed)
}

func BenchmarkCells(b *testing.B) {
	table := RogerRogerPeople()
	row, err := table.Match(sortedKeys(goodRoger), worded(MatchOptions{}))
	if err != nil {
		b.Fatal(err)
	}
	var cells []string
	for _, h := range sortedKeys(goodRoger) {
		cells = append(cells, goodRoger[h])
	}
	c := row.Convert(cells).Contact
	columns, _ := table.Columns(nil, advice.Hint)
	var dst []cell.Cell
	b.ReportAllocs()
	for b.Loop() {
		dst = table.Cells(&c, columns, dst[:0])
	}
}
