package mapping

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/match"
)

// TestDefault: a default fills what a row has nothing for, and nothing else.
func TestDefault(t *testing.T) {
	o := MatchOptions{Default: []string{"tags=import; VIP", "familyName=Onbekend", "isTracked=yes"}, NeedsRequired: true,
		ConvertOptions: ConvertOptions{Clear: "#CLEAR"}}
	table := RogerRogerPeople()
	m, err := table.Match([]string{"Last name", "Tags"}, worded(o))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		title     string
		cells     []string
		name      string
		tags      string
		defaulted crm.Fields
	}{
		{"filled", []string{"Berg", "fair"}, "Berg", "fair", crm.Fields{"isTracked"}},
		{"empty", []string{"", " "}, "Onbekend", "import; VIP", crm.Fields{"tags", "familyName", "isTracked"}},
		{"a short row", nil, "Onbekend", "import; VIP", crm.Fields{"tags", "familyName", "isTracked"}},
		{"nothing left", []string{" ", "-"}, "Onbekend", "import; VIP", crm.Fields{"tags", "familyName", "isTracked"}},
		{"erased on purpose", []string{"Berg", "#CLEAR"}, "Berg", "", crm.Fields{"isTracked"}},
	}
	for _, tt := range tests {
		row := m.Convert(tt.cells)
		if name, tags := row.Contact.FamilyName, table.Text(row.Contact, "tags"); name != tt.name || tags != tt.tags || len(row.Problems) > 0 {
			t.Errorf("%s: %q and %q, %v", tt.title, name, tags, row.Problems)
		}
		if !cmp.Equal(row.Defaulted, tt.defaulted) {
			t.Errorf("%s: filled %v, want %v", tt.title, row.Defaulted, tt.defaulted)
		}
		if names := len(row.Links); (tt.tags == "import; VIP") != (names == 2) {
			t.Errorf("%s: %v to resolve", tt.title, row.Links)
		}
	}
	empty := m.Convert(nil)
	table.SetLinks(&empty.Contact, "tags", map[string]crm.Ref{crm.Fold("import"): crm.Ref{ID: "/tags/1"}})
	if again := m.Convert(nil); again.Contact.Tags[0].ID != "" {
		t.Errorf("a resolved link leaked into another row")
	}
}

// TestDefaultWithoutColumn: a default is enough for a required field that no column has.
func TestDefaultWithoutColumn(t *testing.T) {
	row := convert(t, GrowContacts(), MatchOptions{NeedsRequired: true, Default: []string{"clientid=Acme Inc"}},
		record{"First name": "Ada", "Last name": "Lovett", "Email": "ada@example.com"})
	if len(row.Problems) > 0 || row.Contact.Client.Name != "Acme Inc" || len(row.Links) != 1 {
		t.Errorf("%v, %+v, %v", row.Problems, row.Contact, row.Links)
	}
}

// TestBadDefault: a value is checked as --set's is.
func TestBadDefault(t *testing.T) {
	for _, tt := range []struct{ set, flag, want string }{
		{"", "position", `--default "position" has no =`},
		{"", "position=", "--default position has no value"},
		{"", "poistion=x", `--default: growcrm has no field "poistion"; did you mean position?`},
		{"", "id=7", "--default: id cannot be written"},
		{"", "phone=12", `--default phone: "12" has no country code; see --region`},
		{"position=Buyer", "position=Owner", "--default position: --set gives every row the same position"},
		{"", "last_name=x", ""},
	} {
		o := MatchOptions{Default: []string{tt.flag}}
		if tt.set != "" {
			o.Set = []string{tt.set}
		}
		wantRefusal(t, o, tt.want)
	}
	wantRefusal(t, MatchOptions{Default: []string{"position=Buyer", "Position=Owner"}}, "--default names position twice")
}

func wantRefusal(t *testing.T, o MatchOptions, want string) {
	t.Helper()
	_, err := GrowContacts().Match([]string{"Email", "Position"}, worded(o))
	var refused *match.Error
	errors.As(err, &refused)
	switch {
	case want == "" && err == nil:
	case refused == nil:
		t.Errorf("%v %v: %v, want %q", o.Set, o.Default, err, want)
	case refused.Message != want && refused.Message+"; "+refused.Hint != want:
		t.Errorf("%v %v: %q (%s), want %q", o.Set, o.Default, refused.Message, refused.Hint, want)
	}
}

// TestReplaced: --set says which cells it takes the place of.
func TestReplaced(t *testing.T) {
	m, err := GrowContacts().Match([]string{"Full name", "Phone", "Position"}, worded(MatchOptions{
		Set: []string{"last_name=Bos", "phone=+31612345601", "position=Buyer"}, ConvertOptions: ConvertOptions{Clear: "#CLEAR"}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		cells []string
		want  crm.Fields
	}{
		{[]string{"Noor Berg", "", ""}, crm.Fields{"last_name"}},
		{[]string{"Noor Bos", "+31 6 1234 5601", " buyer"}, crm.Fields{"position"}},
		{[]string{"", "none of all", "Buyer"}, crm.Fields{"phone"}},
		{[]string{"", "", "#CLEAR"}, crm.Fields{"position"}},
		{nil, nil},
	} {
		if row := m.Convert(tt.cells); !cmp.Equal(row.Replaced, tt.want) {
			t.Errorf("%q: %v, want %v", tt.cells, row.Replaced, tt.want)
		}
	}
}

// TestUnfilled: of a contact found, only what is empty, and can be seen to be, is a default's.
func TestUnfilled(t *testing.T) {
	found := growcrm.Contact{FirstName: "Noor", Client: crm.Ref{ID: "3"}}
	got := GrowContacts().Unfilled(found, crm.Fields{"first_name", "last_name", "clientid", "send_email"})
	if want := (crm.Fields{"last_name"}); !cmp.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestListsNamedTwice: a list that a flag names again gets the values of both.
func TestListsNamedTwice(t *testing.T) {
	table, twice := RogerRogerPeople(), []string{"tags=import", "tags=VIP; Import"}
	for _, o := range []MatchOptions{{Set: twice}, {Default: twice}} {
		row := convert(t, table, o, record{"Last name": "Berg"})
		if got := table.Text(row.Contact, "tags"); got != "import; VIP" || len(row.Links) < 2 {
			t.Errorf("%+v: %q, %v", o, got, row.Links)
		}
	}
}

// TestSettingAsMeant: a value that would be read as another one is refused, and told; what is taken as it stands is not.
func TestSettingAsMeant(t *testing.T) {
	for arg, want := range map[string]string{
		"lead_categoryid=4.0":               `--set lead_categoryid: "4.0" was read as "4": a program took it for a number`,
		"lead_categoryid=4":                 "",
		"lead_categoryid=Sale 4.0":          "",
		"lead_email=Ann <ann@acme.example>": `--set lead_email: "Ann <ann@acme.example>" was read as ann@acme.example`,
		"lead_email=ann@gmial.com":          "",
		"lead_value=1250.5":                 "",
		"lead_value=1250.555":               "--set lead_value: 1250.5550 was rounded to two decimals, which is what Grow CRM keeps",
		"tags=Fair 2026; VIP":               "",
	} {
		for _, o := range []MatchOptions{{Set: []string{arg}}, {Default: []string{arg}}} {
			_, err := GrowLeads().Match([]string{"Title"}, worded(o))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if o.Default != nil {
				got = strings.Replace(got, "--default ", "--set ", 1)
			}
			if got != want {
				t.Errorf("%s: %s", arg, got)
			}
		}
	}
}
