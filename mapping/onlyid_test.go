package mapping_test

import (
	"errors"
	"strings"
	"testing"

	"crmferry/internal/cli/advice"
	"crmferry/mapping"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// TestOnlyID: where nothing but the id counts, only a column that surely holds the vendor's own ids is taken for it.
func TestOnlyID(t *testing.T) {
	tests := []struct {
		header string
		o      mapping.MatchOptions
		column int // with the ids
		says   string
	}{
		{"id,first_name,phone", mapping.MatchOptions{}, 0, ""},
		{"Email,Grow CRM ID", mapping.MatchOptions{}, 1, ""},
		{"Email,ID", mapping.MatchOptions{}, -1, "no column holds the ids of growcrm"},
		{"Email,ID", mapping.MatchOptions{MatchID: true}, 1, ""},
		{"Email,Number", mapping.MatchOptions{MatchID: true}, -1, "no column holds the ids of growcrm"},
		{"Email,Number,id", mapping.MatchOptions{Map: []string{"Number=id"}}, 1, ""},
		{"Email,id", mapping.MatchOptions{Map: []string{"id="}}, -1, "no column holds the ids of growcrm"},
		{"id,id", mapping.MatchOptions{}, -1, "could both be id"},
		{"id,Grow CRM ID", mapping.MatchOptions{}, 0, ""},
		{"id,First Name,Last Name,Connected On", mapping.MatchOptions{}, -1, "this looks like a LinkedIn export of connections, whose ids are not those of growcrm"},
		{"id,First Name,Last Name,Connected On", mapping.MatchOptions{MatchID: true}, 0, ""},
		{"First Name,Last Name,Connected On,id", mapping.MatchOptions{Map: []string{"id=id"}}, 3, ""},
		{"Email,Number", mapping.MatchOptions{Map: []string{"Nummer=id"}}, -1, `the sheet has no column "Nummer"`},
	}
	for _, tt := range tests {
		tt.o.OnlyID, tt.o.NeedsRequired, tt.o.Words = true, true, advice.Hint
		m, err := mapping.GrowContacts().Match(strings.Split(tt.header, ","), tt.o)
		if tt.says != "" {
			var refused *match.Error
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.says) || refused.Hint == "" {
				t.Errorf("%s %v: %v", tt.header, tt.o.Map, err)
			}
			for _, c := range refused.Columns {
				if c.Reason == "" {
					t.Errorf("%s %v: nothing is said of column %q", tt.header, tt.o.Map, c.Header)
				}
			}
			continue
		}
		if err != nil {
			t.Errorf("%s %v: %v", tt.header, tt.o.Map, err)
			continue
		}
		cells := []string{"x", "x", "x", "x"}
		cells[tt.column] = "12"
		row := m.Convert(cells)
		if row.Contact.ID != 12 || len(row.Problems)+len(row.Fields)+len(row.Links) > 0 {
			t.Errorf("%s: id %d, sets %v, problems %v", tt.header, row.Contact.ID, row.Fields, row.Problems)
		}
		for i, c := range m.Columns {
			if mapped := c.State == columns.Mapped; mapped != (i == tt.column) || !mapped && c.Reason == "" {
				t.Errorf("%s: column %q is %v: %s", tt.header, c.Header, c.State, c.Reason)
			}
		}
	}
}
