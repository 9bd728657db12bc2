package mapping

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

func TestCustomFields(t *testing.T) {
	header := []string{"Company", "Branche", "Region", "custom.Tier"}
	row := []string{"Acme", " Retail ", "", "007"}
	tests := []struct {
		title string
		o     MatchOptions
		want  crm.Custom
	}{
		{"a header that is a field's name", MatchOptions{}, crm.Custom{"Tier": "007"}},
		{"columns", MatchOptions{Map: []string{"Branche=custom.sector", "Region=custom.region"}}, crm.Custom{"sector": "Retail", "Tier": "007"}},
		{"the prefix in capitals", MatchOptions{Map: []string{"Branche=Custom.Sector"}}, crm.Custom{"Sector": "Retail", "Tier": "007"}},
		{"a map file", MatchOptions{MapFile: []columns.MapEntry{{Column: "Branche", Field: "custom.sector"}}}, crm.Custom{"sector": "Retail", "Tier": "007"}},
		{"a column that is ignored", MatchOptions{Map: []string{"custom.Tier="}, Set: []string{"custom.sector=Fair"}}, crm.Custom{"sector": "Fair"}},
		{"a value for all rows", MatchOptions{Set: []string{"custom.sector=Fair 2026", "custom.Tier=1"}}, crm.Custom{"sector": "Fair 2026", "Tier": "1"}},
		{"a default", MatchOptions{Map: []string{"Region=custom.region"}, Default: []string{"custom.region=EU", "custom.Tier=1"}}, crm.Custom{"region": "EU", "Tier": "007"}},
		{"other values", MatchOptions{Map: []string{"Branche=custom.sector"}, Values: []ValueEntry{{Field: "custom.sector", From: "retail", To: "R"}}}, crm.Custom{"sector": "R", "Tier": "007"}},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			m, err := GrowClients().Match(header, worded(tt.o))
			if err != nil {
				t.Fatal(err)
			}
			got := m.Convert(row)
			if diff := cmp.Diff(tt.want, got.Contact.Custom); diff != "" || len(got.Problems) > 0 {
				t.Errorf("%s%v", diff, got.Problems)
			}
			for name := range tt.want {
				if !got.Fields.Has(crm.CustomPrefix + name) {
					t.Errorf("%s is not among %v", name, got.Fields)
				}
			}
		})
	}
}

func TestCustomFieldsRefused(t *testing.T) {
	tests := []struct {
		title, want string
		match       func(MatchOptions) error
		o           MatchOptions
	}{
		{"no custom fields", "no_custom_fields: --map: contacts of rogerroger have no custom fields that are documented: custom.sector cannot be sent", matchOf(RogerRogerPeople()), MatchOptions{Map: []string{"Branche=custom.sector"}}},
		{"nor of contacts", "no_custom_fields: --set: contacts of growcrm have no custom fields that are documented: custom.sector cannot be sent", matchOf(GrowContacts()), MatchOptions{Set: []string{"custom.sector=A"}}},
		{"nor of notes", "no_custom_fields: --set: notes of growcrm have no custom fields that are documented: custom.sector cannot be sent", matchOf(GrowNotes()), MatchOptions{Set: []string{"custom.sector=A"}}},
		{"no name", "--set: custom. cannot be a custom field: it has no name", matchOf(GrowLeads()), MatchOptions{Set: []string{"custom.=A"}}},
		{"brackets", `--map: custom.tags[] cannot be a custom field: "tags[]" holds one of , = [ ]`, matchOf(GrowLeads()), MatchOptions{Map: []string{"Branche=custom.tags[]"}}},
		{"a field of the table", `--map: custom.lead_title cannot be a custom field: "lead_title" is a field of its own: name it without custom.`, matchOf(GrowLeads()), MatchOptions{Map: []string{"Branche=custom.lead_title"}}},
		{"a mail for each row", `--set: custom.send_email cannot be a custom field: "send_email" is no custom field: growcrm documents what it does`, matchOf(GrowClients()), MatchOptions{Set: []string{"custom.send_email=yes"}}},
		{"two spellings", "--set: custom.Sector cannot be a custom field: custom.sector is written otherwise, and would not be told apart", matchOf(GrowClients()), MatchOptions{Map: []string{"Branche=custom.sector"}, Set: []string{"custom.Sector=A"}}},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			var refused *match.Error
			if err := tt.match(worded(tt.o)); !errors.As(err, &refused) || refused.Message != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			} else if !strings.Contains(refused.Hint, "crmferry fields") {
				t.Errorf("hint %q", refused.Hint)
			}
		})
	}
}

func matchOf[C any](table *Table[C]) func(MatchOptions) error {
	return func(o MatchOptions) error {
		_, err := table.Match([]string{"Company", "Branche"}, o)
		return err
	}
}

// TestCustomMerge: what cannot be read counts as changed, and rows share no memory.
func TestCustomMerge(t *testing.T) {
	table := GrowLeads()
	found := growcrm.Lead{ID: 1, Title: "Roof"}
	want := growcrm.Lead{Title: "Roof", Custom: crm.Custom{"sector": "Retail", "tier": "1"}}
	m := table.Merge(found, want, crm.Fields{"custom.sector", "lead_title"}, nil)
	if diff := cmp.Diff(crm.Fields{"custom.sector"}, m.Changed); diff != "" {
		t.Errorf("changed: %s", diff)
	}
	if diff := cmp.Diff(crm.Custom{"sector": "Retail"}, m.Contact.Custom); diff != "" {
		t.Errorf("merged: %s", diff)
	}
	again := table.Merge(m.Contact, growcrm.Lead{Custom: crm.Custom{"sector": "Food"}}, crm.Fields{"custom.sector"}, nil)
	if m.Contact.Custom["sector"] != "Retail" || again.Contact.Custom["sector"] != "Food" {
		t.Errorf("a merged record was changed: %v, %v", m.Contact.Custom, again.Contact.Custom)
	}
	if table.Unfilled(found, crm.Fields{"custom.sector"}) != nil {
		t.Error("a default would take the place of what the CRM may have")
	}
	back, err := table.FromImage(table.Image(want, crm.Fields{"custom.sector"}))
	if diff := cmp.Diff(crm.Custom{"sector": "Retail"}, back.Custom); diff != "" || err != nil {
		t.Errorf("image: %s %v", diff, err)
	}
}

func TestNameCustom(t *testing.T) {
	problems := []Problem{{Code: crm.CodeInvalid, Field: "sector"}, {Code: crm.CodeInvalid, Field: "tier"}, {Code: crm.CodeTaken, Field: "email"}, {Code: crm.CodeInvalid, Field: "tags.0"},
		{Code: crm.CodeInvalid, Field: "send_email"}, {Code: crm.CodeInvalid}}
	GrowClients().NameCustom(problems, crm.Fields{"custom.tier"}, "lacks")
	want := []Problem{{Code: "lacks", Field: "custom.sector"}, {Code: crm.CodeInvalid, Field: "custom.tier"}, {Code: crm.CodeTaken, Field: "email"}, {Code: crm.CodeInvalid, Field: "tags.0"},
		{Code: crm.CodeInvalid, Field: "send_email"}, {Code: crm.CodeInvalid}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Error(diff)
	}
	other := []Problem{{Code: crm.CodeInvalid, Field: "sector"}}
	if GrowContacts().NameCustom(other, nil, "lacks"); other[0].Field != "sector" {
		t.Errorf("contacts have no custom fields: %v", other)
	}
}
