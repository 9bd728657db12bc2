package decide

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func newRules(t *testing.T, mode modes.Mode) *Rules[cloverhound.Contact] {
	t.Helper()
	table := mapping.CloverhoundContacts()
	matching, err := table.Match([]string{"full_name", "email", "description"}, mapping.MatchOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return &Rules[cloverhound.Contact]{Table: table, Matching: matching, Mode: mode, BelievesIDs: true, LooksUp: true}
}

// newRow is a row of Ann, and what was found of her.
func newRow(key crm.Key, found ...cloverhound.Contact) *item.Row[cloverhound.Contact] {
	it := &item.Row[cloverhound.Contact]{Want: cloverhound.Contact{FullName: "Ann Smith", Email: "ann@example.com"}, Fields: crm.Fields{"full_name", "email"}}
	it.Keys = []crm.Key{key}
	it.Found = found
	return it
}

// TestChoose: what is chosen by what was found, in every mode.
func TestChoose(t *testing.T) {
	same := cloverhound.Contact{ID: 1, FullName: "Ann Smith", Email: "ann@example.com"}
	married := cloverhound.Contact{ID: 2, FullName: "Ann Jones", Email: "ann@example.com"}
	other := cloverhound.Contact{ID: 3, FullName: "Bob Brown", Email: "bob@example.com"}
	email, id, of := crm.Key{Email: "ann@example.com"}, crm.Key{ID: "3"}, crm.Key{Of: "1", Name: "a note"}
	tests := []struct {
		title                  string
		row                    func() *item.Row[cloverhound.Contact]
		upsert, create, update string
	}{
		{"nobody", func() *item.Row[cloverhound.Contact] { return newRow(email) },
			"create full_name email", "create full_name email", "skipped not_found"},
		{"the same", func() *item.Row[cloverhound.Contact] { return newRow(email, same) },
			"unchanged 1", "skipped exists 1", "unchanged 1"},
		{"who has changed", func() *item.Row[cloverhound.Contact] { return newRow(email, married) },
			"update full_name 2", "skipped exists 2", "update full_name 2"},
		{"two", func() *item.Row[cloverhound.Contact] { return newRow(email, same, married) },
			"rejected ambiguous_match", "rejected ambiguous_match", "rejected ambiguous_match"},
		{"nobody by the id", func() *item.Row[cloverhound.Contact] { return newRow(id) },
			"rejected not_found", "rejected not_found", "skipped not_found"},
		{"somebody else by the id", func() *item.Row[cloverhound.Contact] { return newRow(id, other) },
			"rejected id_mismatch 3", "skipped exists 3", "rejected id_mismatch 3"},
		{"a record that says the same", func() *item.Row[cloverhound.Contact] { return newRow(of, same) },
			"unchanged 1", "skipped exists 1", "unchanged 1"},
		{"a record that goes by the same, and differs", func() *item.Row[cloverhound.Contact] { return newRow(of, married) },
			"skipped differs 2", "skipped exists 2", "skipped differs 2"},
		{"made along with a link", func() *item.Row[cloverhound.Contact] {
			it := newRow(email)
			it.Made = &married
			return it
		}, "update full_name 2", "update full_name 2", "update full_name 2"},
		{"made along with a link, as it is to be", func() *item.Row[cloverhound.Contact] {
			it := newRow(email)
			it.Made = &same
			return it
		}, "created full_name email 1", "created full_name email 1", "created full_name email 1"},
	}
	for _, tt := range tests {
		for mode, want := range map[modes.Mode]string{modes.Upsert: tt.upsert, modes.CreateOnly: tt.create, modes.UpdateOnly: tt.update} {
			it := tt.row()
			newRules(t, mode).Choose(it)
			if got := words(it); got != want {
				t.Errorf("%s, mode %s: %q, want %q", tt.title, mode, got, want)
			}
		}
	}
}

// words are the outcome of a row, else its action, with the codes, the fields and the id.
func words(it *item.Row[cloverhound.Contact]) string {
	what := string(it.Res.Outcome)
	if what == "" {
		what = string(it.Res.Action)
	}
	return strings.Join(strings.Fields(fmt.Sprint(what, " ", it.Res.Codes(), " ", strings.Join(it.Res.Changed, " "), " ", it.Res.ID)), " ")
}

// TestDefaults: a default fills what the contact lacks, and takes nothing's place.
func TestDefaults(t *testing.T) {
	for _, tt := range []struct{ has, want string }{{"", "update description 1"}, {"by people", "unchanged 1"}} {
		it := newRow(crm.Key{Email: "ann@example.com"}, cloverhound.Contact{ID: 1, FullName: "Ann Smith", Email: "ann@example.com", Description: tt.has})
		it.Want.Description, it.Fields, it.Filled = "from the fair", append(it.Fields, "description"), crm.Fields{"description"}
		newRules(t, modes.Upsert).Choose(it)
		if got := words(it); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.has, got, tt.want)
		}
	}
}

// TestMismatch: who turns out to be somebody else is rejected, taken where such rows are accepted, and unknown where an earlier
// session may have written the row all the same.
func TestMismatch(t *testing.T) {
	for _, tt := range []struct {
		accept  []string
		inDoubt bool
		want    outcome.Outcome
	}{
		{nil, false, outcome.Rejected},
		{nil, true, outcome.Unknown},
		{[]string{outcome.CodeMismatch}, false, ""},
		{[]string{outcome.CodeMismatch}, true, ""},
	} {
		d, it := newRules(t, modes.Upsert), newRow(crm.Key{ID: "3"})
		d.Accept = tt.accept
		if tt.inDoubt {
			if err := it.Enter(phase.InDoubt); err != nil {
				t.Fatal(err)
			}
		}
		accepted := d.Mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: "somebody else"})
		if it.Res.Outcome != tt.want || accepted != (tt.want == "") || accepted != (len(it.Res.Notes) == 1) {
			t.Errorf("%+v: %+v", tt, it.Res)
		}
	}
}

// TestOwnContact: after a create whose answer was lost, what was found is the row's own only if it is not older and has all that was
// sent.
func TestOwnContact(t *testing.T) {
	made := cloverhound.Contact{ID: 1, FullName: "Ann Smith", Email: "ann@example.com", CreatedAt: noon}
	older, differs, undated := made, made, made
	older.CreatedAt, differs.FullName, undated.CreatedAt = noon.Add(-time.Hour), "Ann Jones", time.Time{}
	skewed := made
	skewed.CreatedAt = noon.Add(-ClockSkew)
	for _, tt := range []struct {
		title string
		found []cloverhound.Contact
		own   bool
	}{
		{"made then", []cloverhound.Contact{made}, true},
		{"beside another", []cloverhound.Contact{differs, made}, true},
		{"by a clock that is a little behind", []cloverhound.Contact{skewed}, true},
		{"without a date", []cloverhound.Contact{undated}, true},
		{"older", []cloverhound.Contact{older}, false},
		{"with another name", []cloverhound.Contact{differs}, false},
		{"nobody", nil, false},
	} {
		if got := newRules(t, modes.Upsert).OwnContact(newRow(crm.Key{Email: "ann@example.com"}, tt.found...), noon); (got != nil) != tt.own {
			t.Errorf("%s: %+v", tt.title, got)
		}
	}
}

// TestMadeWithLink: a contact that may have been made along with a link is the row's if it is not older and has nothing that the row
// does not say.
func TestMadeWithLink(t *testing.T) {
	for _, tt := range []struct {
		title string
		found cloverhound.Contact
		want  string
	}{
		{"just made", cloverhound.Contact{ID: 1, Email: "ann@example.com", CreatedAt: noon}, "update full_name 1"},
		{"older", cloverhound.Contact{ID: 1, Email: "ann@example.com", CreatedAt: noon.Add(-time.Hour)}, "update full_name 1"},
		{"with another name", cloverhound.Contact{ID: 1, FullName: "Bob", Email: "ann@example.com", CreatedAt: noon}, "update full_name 1"},
	} {
		it := newRow(crm.Key{Email: "ann@example.com"}, tt.found)
		it.MadeAt = noon
		newRules(t, modes.Upsert).Choose(it)
		if words(it) != tt.want || (it.Made != nil) != (tt.title == "just made") {
			t.Errorf("%s: %q, made %v", tt.title, words(it), it.Made)
		}
	}
}

// TestCustoms: an update is refused that would empty a custom field for which its row has nothing, unless such rows are accepted; a
// default is sent with what else is changed, and never alone.
func TestCustoms(t *testing.T) {
	table := mapping.GrowClients()
	header := []string{"Company", "custom.sector"}
	for _, tt := range []struct {
		title, name, def string
		accept           []string
		want             string
	}{
		{"a change", "Anna", "", nil, "rejected custom_field_empty"},
		{"a change that is accepted", "Anna", "", []string{outcome.CodeEmptyCustom}, "update client_company_name"},
		{"a change with a default", "Anna", "custom.sector=Food", nil, "update client_company_name,custom.sector"},
		{"no change", "Ann", "", nil, "unchanged"},
		{"no change, with a default", "Ann", "custom.sector=Food", nil, "unchanged"},
	} {
		t.Run(tt.title, func(t *testing.T) {
			var o mapping.MatchOptions
			if tt.def != "" {
				o.Default = []string{tt.def}
			}
			m, err := table.Match(header, o)
			if err != nil {
				t.Fatal(err)
			}
			says := m.Convert([]string{tt.name, ""})
			d := &Rules[growcrm.ClientRecord]{Table: table, Matching: m, Mode: modes.Upsert, Accept: tt.accept, LooksUp: true}
			it := &item.Row[growcrm.ClientRecord]{Want: says.Contact, Fields: says.Fields, Filled: says.Defaulted}
			it.Keys, it.Found = []crm.Key{{Email: "ann@example.com"}}, []growcrm.ClientRecord{{ID: 1, CompanyName: "Ann", Email: "ann@example.com"}}
			d.Choose(it)
			got := string(it.Res.Outcome)
			if it.Res.Outcome == outcome.Rejected {
				got += " " + it.Res.Problems[0].Code
			} else if got == "" {
				got = string(it.Res.Action) + " " + strings.Join(it.Res.Changed, ",")
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
