package mapping

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/cells"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

func TestMap(t *testing.T) {
	header := []string{"Wie", "Mail = werk", "Bedrijf", "Tel", "Tel", "first name"}
	tests := []struct {
		name string
		o    MatchOptions
		want string // mapped columns, or the error
	}{
		{"by header, at the last =", MatchOptions{Map: []string{"Mail = werk=email", "#D=phone", "#E="}},
			"email: Mail = werk\nclientid: Bedrijf\nphone: Tel\nfirst_name: first name\n"},
		{"without case and accents", MatchOptions{Map: []string{"WIÉ=Last Name", "#D=", "#e="}}, "last_name: Wie\nclientid: Bedrijf\nfirst_name: first name\n"},
		{"a full name", MatchOptions{Map: []string{"Wie=first_name,last_name", "FIRST_NAME=", "#D=phone", "#E="}}, "first_name,last_name: Wie\nclientid: Bedrijf\nphone: Tel\n"},
		{"the user over the header", MatchOptions{Map: []string{"Wie=first_name", "#D=", "#E=phone"}}, "first_name: Wie\nclientid: Bedrijf\nphone: Tel\n"},
		{"map file", MatchOptions{MapFile: []columns.MapEntry{{Column: "Wie", Field: "position"}, {Column: "#D", Field: "phone"}, {Column: "#E"}, {Column: "Bedrijf"}}},
			"position: Wie\nphone: Tel\nfirst_name: first name\n"},
		{"--map over the map file", MatchOptions{MapFile: []columns.MapEntry{{Column: "Wie", Field: "position"}, {Column: "#D"}}, Map: []string{"Wie=last_name", "#E=phone"}},
			"last_name: Wie\nclientid: Bedrijf\nphone: Tel\nfirst_name: first name\n"},
		{"two columns alike", MatchOptions{}, `columns D ("Tel") and E ("Tel") could both be phone; choose one of them with --map "#D=phone"; or take of each row the first that is filled, with --map "#D=phone" --map "#E=phone"`},
		{"two columns for one phone", MatchOptions{Map: []string{"#D=phone", "#E=phone"}}, "clientid: Bedrijf\nphone: Tel | Tel\nfirst_name: first name\n"},
		{"two columns for one text", MatchOptions{Map: []string{"#D=position", "#E=position"}}, `columns D ("Tel") and E ("Tel") could both be position`},
		{"ambiguous header", MatchOptions{Map: []string{"Tel=phone"}}, `--map: several columns are named "Tel": #D, #E; name one by its letter`},
		{"unknown header", MatchOptions{Map: []string{"Bedrif=clientid"}}, `--map: the sheet has no column "Bedrif"; did you mean "Bedrijf"?`},
		{"unknown letter", MatchOptions{Map: []string{"#Z=phone"}}, "--map: the sheet has no column Z; its columns go from #A to #F"},
		{"unknown field", MatchOptions{Map: []string{"Wie=frist_name"}}, `--map: growcrm has no field "frist_name"; did you mean first_name?`},
		{"read-only field", MatchOptions{Map: []string{"Wie=status"}}, "--map: status cannot be written"},
		{"the id without --match id", MatchOptions{Map: []string{"Wie=id"}}, "--map: id cannot be written; to match rows by the CRM's ids, add --match id"},
		{"no =", MatchOptions{Map: []string{"Wie"}}, `--map "Wie" has no =`},
		{"unknown field in the map file", MatchOptions{MapFile: []columns.MapEntry{{Column: "Wie", Field: "nome"}}}, `map file: growcrm has no field "nome"`},
		{"unknown field in --set", MatchOptions{Map: []string{"#D=", "#E="}, Set: []string{"poistion=x"}}, `--set: growcrm has no field "poistion"; did you mean position?`},
		{"bad value in --set", MatchOptions{Map: []string{"#D=", "#E="}, Set: []string{"phone=12"}}, `--set phone: "12" has no country code`},
		{"empty --set", MatchOptions{Map: []string{"#D=", "#E="}, Set: []string{"phone="}}, "--set phone has no value"},
		{"--set over a column", MatchOptions{Map: []string{"#D=", "#E="}, Set: []string{"clientid=12"}}, "first_name: first name\n"},
		{"required", MatchOptions{Map: []string{"#D=", "#E="}, NeedsRequired: true}, `no column for Last name, Email, which growcrm requires; if it is right, confirm what is proposed with --map "Mail = werk=email"; Last name: a column named "Last name"`},
		{"--match id without ids", MatchOptions{Map: []string{"#D=", "#E="}, MatchID: true}, "no column holds the ids of growcrm"},
		{"--match id with a mapped id", MatchOptions{Map: []string{"#D=", "#E=", "Wie=id"}, MatchID: true}, "id: Wie\nclientid: Bedrijf\nfirst_name: first name\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := GrowContacts().Match(header, worded(tt.o))
			var e *match.Error
			if errors.As(err, &e) {
				if got := e.Message + "; " + e.Hint; !strings.Contains(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
				return
			}
			if got := mapped(m.Columns); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestReasons(t *testing.T) {
	header := []string{"Job title", "Role", "Name", "First name", "Last name", "Fax", "Status", "crmferry_row", "crmferry_error", "send_email", "", "Middle name", "ID"}
	m, err := GrowContacts().Match(header, worded(MatchOptions{Map: []string{"Fax="}}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"", `position is taken from column "Job title"`, "", "", "", "ignored by --map", "read-only", "of a rejects file", "of a rejects file",
		`nothing of it is written: only --map "send_email=send_email" or --set send_email=... does that`, "it has no header", "growcrm has no field for middle names", "read-only; says which"}
	for i, c := range m.Columns {
		if !strings.HasPrefix(c.Reason, want[i]) || (want[i] == "") != (c.State == columns.Mapped) {
			t.Errorf("%q: %d %q, want %q", c.Header, c.State, c.Reason, want[i])
		}
	}
	if m.SourceRow != 7 {
		t.Errorf("SourceRow is %d", m.SourceRow)
	}
	if m.Columns[6].State != columns.ReadOnlyColumn || m.Columns[12].State != columns.ReadOnlyColumn {
		t.Errorf("status and id are read-only columns")
	}
}

// TestPreferredColumns: what a program or the words of a header say of a phone or an e-mail puts it before or behind the
// others, wherever it stands.
func TestPreferredColumns(t *testing.T) {
	tests := []struct{ header, row, want string }{
		{"Mobiel privé|Telefoon zakelijk", "+31612345678|+31201234567", "+31201234567 "},
		{"Telefoon zakelijk|Mobiel privé", "+31201234567|+31612345678", "+31201234567 "},
		{"E-mail privé|E-mail zakelijk", "a@example.org|a@example.com", " a@example.com"},
		{"Person - Name|Person - Phone - Mobile|Person - Phone - Work", "Jan|+31612345678|+31201234567", "+31201234567 "},
		{"Segundo nombre|Calle del trabajo|Teléfono del trabajo|Particular", "||+31201234567|+31301234567", "+31201234567 "},
		{"Segundo nombre|Calle del trabajo|Teléfono del trabajo|Particular", "|||+31301234567", "+31301234567 "},
		{"Particular|Phone", "+31301234567|", " "},
	}
	for _, tt := range tests {
		header := strings.Split(tt.header, "|")
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, tt.row, tt.row)}))
		if err != nil {
			t.Fatal(err)
		}
		if row := m.Convert(strings.Split(tt.row, "|")); row.Contact.Phone+" "+row.Contact.Email != tt.want {
			t.Errorf("%s: got %s %s, want %s", tt.header, row.Contact.Phone, row.Contact.Email, tt.want)
		}
	}
}

// TestSecondLines: the second line of a street goes behind the first of the same address; it makes no address by itself,
// and a second address is none.
func TestSecondLines(t *testing.T) {
	tests := []struct{ header, row, want string }{
		{"Street|Street 2|City", "100 Main Street|Suite 200|Austin", "100 Main Street Suite 200"},
		{"Adres|Adresregel 2|Huisnummer", "Dorpsstraat|2 hoog|1", "Dorpsstraat 1 2 hoog"},
		{"Address2|Address1", "1-2|100 Main Street", "100 Main Street 1-2"},
		{"Address 1|Address 2", "|Suite 200", "Suite 200"},
		{"Business Street|Business Street 2|Home Street|Home Street 2", "100 Main Street||22 Oak Avenue|Flat 3", "100 Main Street"},
		{"Address 1|City 1|Address 2|City 2", "100 Main Street|Austin|22 Oak Avenue|Denver", "100 Main Street"},
		{"Street 2|City", "Suite 200|Austin", ""},
	}
	for _, tt := range tests {
		header := strings.Split(tt.header, "|")
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, tt.row, tt.row)}))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Convert(strings.Split(tt.row, "|")).Contact.Street; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.header, got, tt.want)
		}
	}
}

// TestInitials: initials are a field of their own, else a part of a full name, else no more than proposed for a first name.
// Beside a first name they are left.
func TestInitials(t *testing.T) {
	full := func(header, row string) string {
		t.Helper()
		m, err := CloverhoundContacts().Match(strings.Split(header, "|"), worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		return m.Convert(strings.Split(row, "|")).Contact.FullName
	}
	for header, want := range map[string]string{"Voorletters|Achternaam": "J.P. Berg", "Initials|Full name": "Berg", "Initials": ""} {
		if got := full(header, "J.P.|Berg"); got != want {
			t.Errorf("%s: got %q, want %q", header, got, want)
		}
	}
	if got := full("Voorletters|Voornaam|Achternaam", "J.P.|Jan|Berg"); got != "Jan Berg" {
		t.Errorf("beside a first name: %q", got)
	}
	m, err := GrowContacts().Match([]string{"Voorletters", "Achternaam"}, worded(MatchOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	if c := m.Columns[0]; c.State != columns.Proposed || c.Field != "first_name" {
		t.Errorf("growcrm: %v %q: %s", c.State, c.Field, c.Reason)
	}
}

// TestFallingColumns: of several columns of phones or e-mails, a field of one takes the first that is not empty, in the order
// that the columns name; a map file keeps it, and what the user says leaves no other.
func TestFallingColumns(t *testing.T) {
	header := []string{"Mobile", "Work phone", "Phone", "Secondary email", "Email"}
	tests := []struct {
		maps      []string
		row, want string
	}{
		{nil, "+31612345678|+31201234567|+31201234568|b@example.com|a@example.com", "+31201234568 a@example.com"},
		{nil, "+31612345678|+31201234567|||", "+31612345678 "},
		{nil, "|+31201234567||b@example.com|", "+31201234567 b@example.com"},
		{nil, "n.v.t.|+31201234567|0||", "+31201234567 "},
		{nil, "+31612345678||12||", " bad_phone!"},
		{[]string{"Mobile=phone"}, "|+31201234567|+31201234568||", " "},
		{[]string{"Mobile=phone", "Phone=phone"}, "+31612345678||+31201234568||", "+31201234568 "},
		{[]string{"Mobile=phone", "Phone=phone"}, "+31612345678|+31201234567|||", "+31612345678 "},
	}
	for _, tt := range tests {
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Map: tt.maps}))
		if err != nil {
			t.Fatal(err)
		}
		var entries []columns.MapEntry
		for _, l := range columns.MapLines(m.Columns) {
			entries = append(entries, columns.MapEntry{Column: l.Column, Field: l.Field, How: l.How})
		}
		again, err := ClientCommanderContacts().Match(header, worded(MatchOptions{MapFile: entries}))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range []*Matching[clientcommander.Contact]{m, again} {
			row := m.Convert(strings.Split(tt.row, "|"))
			got := row.Contact.Phone + " " + row.Contact.Email
			for _, p := range row.Problems {
				if p.Field != "" {
					got += p.Code + "!"
				}
			}
			if got != tt.want {
				t.Errorf("%v %s: got %q, want %q", tt.maps, tt.row, got, tt.want)
			}
		}
		want := []string{`where "Phone" is empty`, `where "Phone", "Mobile" are empty`, "", `where "Email" is empty`, ""}
		for i, c := range m.Columns {
			if tt.maps == nil && c.Reason != want[i] {
				t.Errorf("column %q: %q, want %q", c.Header, c.Reason, want[i])
			}
		}
	}
}

// TestIDs: the vendor's own id counts with --match id and in the vendor's own export only, there unless --match email.
func TestIDs(t *testing.T) {
	jane := []string{"45", "Jane", "+31612345678"}
	tests := []struct {
		header []string
		o      MatchOptions
		want   string
	}{
		{[]string{"id", "first_name", "phone"}, MatchOptions{}, "45"},
		{[]string{"ID", "first_name", "phone"}, MatchOptions{}, ""},
		{[]string{"id", "First name", "phone"}, MatchOptions{}, ""},
		{[]string{"id", "First name", "phone"}, MatchOptions{MatchID: true}, "45"},
		{[]string{"id", "first_name", "phone", "crmferry_row"}, MatchOptions{}, "45"},
		{[]string{"id", "first_name", "phone"}, MatchOptions{MatchEmail: true}, ""},
	}
	for _, tt := range tests {
		m, err := GrowContacts().Match(tt.header, worded(tt.o))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert(jane)
		if got := GrowContacts().ID(row.Contact); got != tt.want || row.Fields.Has("id") {
			t.Errorf("%q: id %q, want %q, fields %v", tt.header, got, tt.want, row.Fields)
		}
	}
	m, err := GrowContacts().Match([]string{"id", "first_name"}, worded(MatchOptions{NeedsRequired: true}))
	if err != nil {
		t.Fatal(err)
	}
	if row := m.Convert([]string{"45", ""}); len(row.Problems) > 0 {
		t.Errorf("a row with an id needs nothing else: %v", row.Problems)
	}
	if row := m.Convert([]string{"", "Jane"}); len(row.Problems) != 3 {
		t.Errorf("a row without one does: %v", row.Problems)
	}
	if row := m.Convert([]string{"x1", "Jane"}); row.Problems[0].Code != cells.CodeBadID {
		t.Errorf("a wrong id: %v", row.Problems)
	}
}

func TestSet(t *testing.T) {
	table := RogerRogerPeople()
	m, err := table.Match([]string{"Last name", "Tags", "City"}, worded(MatchOptions{Set: []string{"tags=import, VIP", "isTracked=yes", "address.city=Delft"}, NeedsRequired: true}))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert([]string{"Doe", "vip", "Gouda"})
	if want := []crm.Ref{{Name: "vip"}, {Name: "import"}}; !cmp.Equal(row.Contact.Tags, want) {
		t.Errorf("a list gets both: %v, want %v", row.Contact.Tags, want)
	}
	if len(row.Links) < 2 || row.Contact.Address.City != "Delft" || !*row.Contact.IsTracked {
		t.Errorf("got %+v", row)
	}
	if want := (crm.Fields{"familyName", "tags", "isTracked", "address.city"}); !cmp.Equal(row.Fields, want) {
		t.Errorf("fields %v, want %v", row.Fields, want)
	}
	empty := m.Convert([]string{"Doe"})
	table.SetLinks(&empty.Contact, "tags", map[string]crm.Ref{crm.Fold("import"): crm.Ref{ID: "/tags/1"}})
	if again := m.Convert([]string{"Doe"}); again.Contact.Tags[0].ID != "" {
		t.Errorf("a resolved link leaked into another row")
	}
	if _, err := table.Match([]string{"First name"}, worded(MatchOptions{Set: []string{"familyName=Unknown"}, NeedsRequired: true})); err != nil {
		t.Errorf("--set gives a required field: %v", err)
	}
}

// TestConcurrent: one Matching converts rows of many workers.
func TestConcurrent(t *testing.T) {
	m, err := GrowContacts().Match([]string{"Email", "Phone"}, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}))
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]Row[growcrm.Contact], 64)
	var wait sync.WaitGroup
	for i := range rows {
		wait.Go(func() {
			rows[i] = m.Convert([]string{"jane@example.com", []string{"+31612345678", "06 12345678"}[i%2]})
		})
	}
	wait.Wait()
	for _, row := range rows {
		if !cmp.Equal(row, rows[0]) {
			t.Errorf("got %+v", row)
		}
	}
}
