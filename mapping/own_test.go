package mapping

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
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
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/mapping/cells"
	"crmferry/mapping/match/columns"
)

// TestOwnExportReadsBack: whatever a vendor holds, exported into any format and read back without a flag, is found
// unchanged.
func TestOwnExportReadsBack(t *testing.T) {
	ownReadsBack(t, ClientCommanderContacts(), randomCommander)
	ownReadsBack(t, GrowContacts(), randomGrow)
	ownReadsBack(t, RogerRogerPeople(), randomRoger)
	ownReadsBack(t, RogerRogerNotes(), randomNote)
	ownReadsBack(t, CloverhoundContacts(), randomClover)
}

// exportForms are the forms that an export can have.
var exportForms = []struct {
	name   string
	format sheet.Format
	labels bool
	excel  bool
}{
	{"CSV", sheet.CSV, false, false},
	{"CSV for Excel", sheet.CSV, true, true},
	{"workbook", sheet.XLSX, true, false},
}

func ownReadsBack[C any](t *testing.T, table *Table[C], random func(*dice) C) {
	t.Helper()
	d := &dice{rand.New(rand.NewPCG(1, 2))}
	contacts := make([]C, 200)
	for i := range contacts {
		contacts[i] = random(d)
	}
	columns, err := table.Columns(nil, advice.Hint)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range exportForms {
		path := writeExport(t, table, contacts, columns, form.format, form.labels, form.excel)
		unchanged(t, form.name, table, contacts, path)
	}
}

// writeExport writes contacts into a file and returns its name.
func writeExport[C any](t *testing.T, table *Table[C], contacts []C, columns []int, format sheet.Format, labels, excel bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export."+string(format))
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	o := write.TableOptions{Excel: excel, Guard: true}
	all := table.ExportColumns()
	for _, i := range columns {
		header := all[i].Name
		if labels {
			header = all[i].Label
		}
		o.Columns = append(o.Columns, write.TableColumn{Header: header, Kind: all[i].Kind})
	}
	out, err := write.NewTable(file, format, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range contacts {
		if err := out.Write(table.Cells(&contacts[i], columns, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// unchanged reads a file and compares each row with the contact that it was written from.
func unchanged[C any](t *testing.T, form string, table *Table[C], contacts []C, path string) {
	t.Helper()
	r, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m, err := table.Match(r.Header(), worded(MatchOptions{NeedsRequired: true}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range m.Columns {
		if f := table.field(c.Field); f == nil || c.State == columns.Ignored || (c.State == columns.Mapped) != (f.Writable || f.IsID()) {
			t.Errorf("%s/%s, %s: %+v", table.Vendor, table.Resource, form, c)
		}
	}
	rows := 0
	for ; ; rows++ {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		found := contacts[rows]
		conv := m.Convert(row.Cells)
		if len(conv.Problems) > 0 || table.ID(conv.Contact) != table.ID(found) {
			t.Fatalf("%s/%s, %s: id %q and %q, %v\n%+v\n%q", table.Vendor, table.Resource, form, table.ID(found), table.ID(conv.Contact), conv.Problems, found, row.Cells)
		}
		for _, link := range conv.Links {
			table.SetLinks(&conv.Contact, link.Field, map[string]crm.Ref{crm.Fold(link.Name): refNamed(t, found, link.Name)})
		}
		before := fmt.Sprintf("%+v", found)
		merged := m.Merge(found, conv.Contact, conv.Fields, nil)
		if len(merged.Changed)+len(merged.Fixed)+len(merged.Bad) > 0 {
			t.Fatalf("%s/%s, %s: changed %v, fixed %v, bad %v\nfound %+v\nrow   %+v", table.Vendor, table.Resource, form,
				merged.Changed, merged.Fixed, merged.Bad, found, conv.Contact)
		}
		if after := fmt.Sprintf("%+v", found); after != before {
			t.Fatalf("%s: the contact found was changed", table.Vendor)
		}
	}
	if rows != len(contacts) {
		t.Errorf("%s, %s: %d rows of %d", table.Vendor, form, rows, len(contacts))
	}
}

// refNamed resolves a name as a vendor does, among what the contact itself is linked to.
func refNamed(t *testing.T, contact any, name string) crm.Ref {
	t.Helper()
	v := reflect.ValueOf(contact)
	for i := range v.NumField() {
		var refs []crm.Ref
		switch f := v.Field(i).Interface().(type) {
		case crm.Ref:
			refs = []crm.Ref{f}
		case []crm.Ref:
			refs = f
		}
		for _, ref := range refs {
			if strings.EqualFold(strings.TrimSpace(ref.Name), strings.TrimSpace(name)) {
				return ref
			}
		}
	}
	t.Fatalf("no link is named %q: %+v", name, contact)
	return crm.Ref{}
}

// dice makes up what a vendor may hold.
type dice struct{ *rand.Rand }

// oddTexts are what people, imports and other programs leave in a CRM.
var oddTexts = []string{"", "", "", "Jane", "de Vries", "'t Hart", "'=x", "=1+1", "@home", "-", "--", "+1", " padded ", "a, b", "a; b", `12" pipe`, `"quoted"`,
	`"`, `;"`, "* starred", "* myContacts", "a ::: b", "line\nbreak", "line\r\nbreak", "tab\there", "\ttab first", "bell\x07", "n/a", "0012", "1,5", "1.234",
	"3.16E+10", "2026-01-31", "TRUE", "Zoë Müller", "日本", "😀", "\u200bhidden", "NULL", "#N/A", "''", "`", "Doe, Jane", "Dr. Jane & Joe", "a|b", ",", ";;",
	"https://www.linkedin.com/in/jane/", "+31 (0)6 12345678", "06 12345678 (werk)", "0031612345678", "1-800-FLOWERS", "geheim", "+31612345678", "+1 512 555 0123",
	"jane@example.com", "Jane <jane@example.com>", "jane@", "a@example.com; b@example.com", "mailto:jane@example.com", "JANE@EXAMPLE.COM ", "nl", "UK", "Nederland",
	strings.Repeat("long ", 60)}

func (d *dice) text() string { return oddTexts[d.IntN(len(oddTexts))] }

func (d *dice) texts() []string {
	var list []string
	for range d.IntN(5) {
		list = append(list, d.text())
	}
	return list
}

func (d *dice) instant() time.Time {
	if d.IntN(3) == 0 {
		return time.Time{}
	}
	return time.Unix(d.Int64N(4e9)-1e9, d.Int64N(1e9)).UTC()
}

func (d *dice) flag() *bool {
	v := d.IntN(2) == 0
	return []*bool{nil, &v}[d.IntN(2)]
}

func (d *dice) count() *int64 {
	n := d.Int64N(1e6) - 10
	return []*int64{nil, &n}[d.IntN(2)]
}

// refs are links, of which some have a name; no two share one.
func (d *dice) refs(prefix string) []crm.Ref {
	var list []crm.Ref
	for i := range d.IntN(4) {
		ref := crm.Ref{ID: fmt.Sprint(prefix, d.IntN(1e6), "-", i)}
		if name := strings.TrimSpace(cells.PlainText(d.text())); name != "" && d.IntN(4) > 0 && !strings.ContainsAny(name, "\n\t") {
			ref.Name = fmt.Sprint(name, " ", prefix[1:3], i)
		}
		if d.IntN(9) == 0 {
			ref.Name = prefix + "named"
		}
		list = append(list, ref)
	}
	return list
}

func randomCommander(d *dice) clientcommander.Contact {
	price := float64(d.IntN(1e7)-1e5) / 1000
	c := clientcommander.Contact{
		ID: fmt.Sprintf("jd%08d", d.IntN(1e8)), FirstName: d.text(), LastName: d.text(), FullName: d.text(), Source: d.text(), Timeframe: d.text(),
		Background: d.text() + d.text(), Tags: d.texts(), Price: []*float64{nil, &price}[d.IntN(2)],
		AssignedAgentName: d.text(), Relationship: d.flag(), CreatedAt: d.instant(), UpdatedAt: d.instant(),
	}
	for range d.IntN(4) {
		c.Emails = append(c.Emails, clientcommander.Email{Value: d.text(), Type: "work", IsPrimary: d.IntN(2) == 0})
		c.Phones = append(c.Phones, clientcommander.Phone{Value: d.text(), Status: "Valid"})
		c.Email, c.Phone = c.Emails[0].Value, c.Phones[0].Value
	}
	c.Stage = []crm.Ref{{}, {ID: "stage456", Name: "Lead"}, {ID: "new", Name: "New, hot"}, {ID: "stage789"}}[d.IntN(4)]
	if len(c.Tags) > 2 {
		c.Tags = append(c.Tags, strings.Split(tagList(25), ",")...)
	}
	return c
}

func randomGrow(d *dice) growcrm.Contact {
	return growcrm.Contact{ID: d.Int64N(1e9) + 1, FirstName: d.text(), LastName: d.text(), Name: d.text(), Email: d.text(), Phone: d.text(), Position: d.text(),
		Client: crm.Ref{ID: fmt.Sprint(d.IntN(1e6) + 1), Name: d.text()}, AccountOwner: []string{"yes", "no", "", "maybe"}[d.IntN(4)], Status: d.text(),
		Role: crm.Ref{ID: "2", Name: d.text()}, Social: growcrm.Social{LinkedIn: d.text(), Twitter: d.text()}, Created: d.instant(), Updated: d.instant()}
}

func randomRoger(d *dice) rogerroger.Person {
	id := fmt.Sprintf("3fa85f64-5717-4562-b3fc-%012d", d.IntN(1e9))
	p := rogerroger.Person{ID: id, IRI: "/people/" + id, FamilyName: d.text(), GivenName: d.text(), AdditionalName: d.text(), Initials: d.text(),
		HonorificPrefix: d.text(), JobTitle: d.text(), CustomerID: d.text(), LinkedInID: d.text(), ExternalSource: d.text(), IsTracked: d.flag(), ArchivedAt: d.instant(),
		Tags: d.refs("/tags/"), Segments: d.refs("/segments/"), Organizations: d.refs("/organizations/"), EmailAddresses: d.texts(),
		Address:  rogerroger.Address{Street: d.text(), City: d.text(), PostalCode: d.text(), Country: d.text()},
		DealSize: d.count(), TotalDeals: d.count(), CreatedAt: d.instant(), UpdatedAt: d.instant(), AvatarURL: d.text()}
	for _, n := range d.texts() {
		p.PhoneNumbers = append(p.PhoneNumbers, rogerroger.Phone{Number: n, Type: "fax"})
	}
	p.Owner.ID = []string{"", "/users/u1", "/users/u 2", "u3"}[d.IntN(4)]
	return p
}

func randomNote(d *dice) rogerroger.Note {
	return rogerroger.Note{ID: fmt.Sprintf("n%d", d.IntN(1e6)), Person: crm.Ref{ID: fmt.Sprintf("p%d", d.IntN(1e6))}, PersonName: d.text(), PersonEmails: d.texts(),
		Title: d.text(), Description: d.text() + d.text(), Category: crm.Ref{ID: "/note_categories/c1"}, Author: crm.Ref{ID: []string{"", "/users/u1"}[d.IntN(2)]},
		Flagged: d.flag(), IsPrivate: d.flag(), CreatedAt: d.instant()}
}

func randomClover(d *dice) cloverhound.Contact {
	c := cloverhound.Contact{ID: d.Int64N(1e9) + 1, OrganizationID: 3, FullName: d.text(), Email: d.text(), Description: d.text(), CreatedAt: d.instant(), UpdatedAt: d.instant()}
	for _, n := range d.texts() {
		c.Phones = append(c.Phones, cloverhound.Phone{ID: d.Int64N(1e9), ContactID: c.ID, Number: n, PhoneType: d.text(), CreatedAt: d.instant()})
	}
	return c
}

// TestOwnExportWasEdited: what people change in an export is read by the rules, and the rest left alone.
func TestOwnExportWasEdited(t *testing.T) {
	found := rogerroger.Person{ID: "p1", IRI: "/people/p1", FamilyName: "Doe", EmailAddresses: []string{"jane@", "jane@example.com"},
		PhoneNumbers: []rogerroger.Phone{{Number: "geheim"}}, Owner: crm.Ref{ID: "/users/u1"}}
	header := []string{"id", "familyName", "emailAddresses", "phoneNumbers", "owner", "address.country", "createdAt"}
	tests := []struct {
		name    string
		cells   []string
		changed crm.Fields
		bad     string // code of the problem
	}{
		{"nothing", []string{"p1", "Doe", "jane@; jane@example.com", "geheim", "/users/u1", "", "2020-01-01"}, nil, ""},
		{"a name", []string{"p1", "Dow", "jane@; jane@example.com", "geheim", "/users/u1", "", ""}, crm.Fields{"familyName"}, ""},
		{"a good address", []string{"p1", "Doe", "jane@; jane@example.com; jd@example.org", "", "", "", ""}, crm.Fields{"emailAddresses"}, ""},
		{"a bad address", []string{"p1", "Dow", "jane@; jane", "", "", "", ""}, nil, cells.CodeBadEmail},
		{"a bad phone", []string{"p1", "Doe", "", "12", "", "", ""}, nil, cells.CodeBadPhone},
		{"a bare id", []string{"p1", "Doe", "", "", "u1", "", ""}, nil, ""},
		{"another id", []string{"p1", "Doe", "", "", "u2", "", ""}, crm.Fields{"owner"}, ""},
		{"a country's name", []string{"p1", "Doe", "", "", "", "Nederland", ""}, crm.Fields{"address.country"}, ""},
	}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		row := m.Convert(tt.cells)
		merged := m.Merge(found, row.Contact, row.Fields, nil)
		var codes []string
		for _, p := range merged.Bad {
			codes = append(codes, p.Code)
		}
		if len(row.Problems) > 0 || strings.Join(codes, ",") != tt.bad || !cmp.Equal(merged.Changed, tt.changed) {
			t.Errorf("%s: problems %v, bad %v, changed %v", tt.name, row.Problems, merged.Bad, merged.Changed)
		}
		if tt.name == "a good address" && !slices.Equal(merged.Contact.EmailAddresses, []string{"jane@", "jane@example.com", "jd@example.org"}) {
			t.Errorf("addresses %q", merged.Contact.EmailAddresses)
		}
		if tt.name == "a country's name" && merged.Contact.Address.Country != "NL" || tt.name == "another id" && merged.Contact.Owner.ID != "/users/u2" {
			t.Errorf("%s: %+v", tt.name, merged.Contact)
		}
	}
	row := m.Convert([]string{"", "Doe", "jane@", "geheim", "", "", ""}) // a row that somebody added
	if len(row.Problems) != 2 {
		t.Errorf("a row without an id: %v", row.Problems)
	}
}

// TestCutTexts: a text that a workbook had no room for never overwrites the whole one.
func TestCutTexts(t *testing.T) {
	whole := clientcommander.Contact{ID: "jd79abc123def", FirstName: "Jane", Background: strings.Repeat("é\r\n", 20_000)}
	columns, _ := ClientCommanderContacts().Columns([]string{"id", "firstName", "background"}, advice.Hint)
	path := writeExport(t, ClientCommanderContacts(), []clientcommander.Contact{whole}, columns, sheet.XLSX, true, false)
	unchanged(t, "workbook", ClientCommanderContacts(), []clientcommander.Contact{whole}, path)

	r, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m, err := ClientCommanderContacts().Match(r.Header(), worded(MatchOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	sheetRow, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert(sheetRow.Cells)
	whole.Background = "another"
	if merged := m.Merge(whole, row.Contact, row.Fields, nil); len(merged.Bad) != 1 || merged.Bad[0].Code != cells.CodeBadValue {
		t.Errorf("the CRM's text is another now: %+v", merged)
	}
}

// TestForeignIDs: a sheet of another program is not taken for an export, however much its headers look like one.
func TestForeignIDs(t *testing.T) {
	for _, header := range [][]string{
		{"ID", "First name", "Last name", "Email"},
		{"id", "First name", "Last name", "email"},
		{"id", "first_name", "last_name", "email", "score"},
		{"Grow CRM ID", "First name", "Last name", "Email", "Score"},
	} {
		m, err := GrowContacts().Match(header, worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		if row := m.Convert([]string{"12", "Jane", "Doe", "jane@example.com", ""}); row.Contact.ID != 0 || m.Columns[0].State == columns.Mapped {
			t.Errorf("%q: the id is taken for one of Grow CRM", header)
		}
	}
	for _, header := range [][]string{
		{"id", "first_name", "name", "email"},
		{"Grow CRM ID", "First name", "Name", "Email"},
		{"Grow CRM ID", "First name", "Name", "Email", "crmferry_row", "crmferry_error", "crmferry_message"},
	} {
		m, err := GrowContacts().Match(header, worded(MatchOptions{NeedsRequired: true}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert([]string{"12", "Jane", "Jane Doe", "jane@example.com", "", "", ""})
		if row.Contact.ID != 12 || row.Contact.LastName != "" || m.Columns[2].State != columns.ReadOnlyColumn {
			t.Errorf("%q: %+v, %+v", header, row.Contact, m.Columns[2])
		}
	}
}

// TestOwnExportNoNumber: what JSON cannot hold is no number, not even in a sheet that an export wrote. Its row is rejected.
func TestOwnExportNoNumber(t *testing.T) {
	table := ClientCommanderContacts()
	var header []string
	for _, c := range table.ExportColumns() {
		header = append(header, c.Name)
	}
	m, err := table.Match(header, worded(MatchOptions{NeedsRequired: true}))
	if err != nil || !m.own {
		t.Fatal(err, m.own)
	}
	for _, v := range []string{"+Inf", "-Inf", "Inf", "1e999"} {
		cells := make([]string, len(header))
		cells[slices.Index(header, "id")], cells[slices.Index(header, "price")] = "jd79abc123def", v
		conv := m.Convert(cells)
		if len(conv.Problems) != 1 || conv.Problems[0].Field != "price" || !strings.Contains(conv.Problems[0].Message, strconv.Quote(v)) || conv.Contact.Price != nil {
			t.Errorf("%q: %+v, price %v", v, conv.Problems, conv.Contact.Price)
		}
	}
	cells := make([]string, len(header)) // NaN is a word for nothing: the cell is empty, and the row says so
	cells[slices.Index(header, "id")], cells[slices.Index(header, "price")] = "jd79abc123def", "NaN"
	if conv := m.Convert(cells); len(conv.Problems) > 0 || len(conv.Remarks) != 1 || conv.Contact.Price != nil {
		t.Errorf("%+v", conv)
	}
}
