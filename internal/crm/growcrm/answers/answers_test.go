package answers

import (
	"encoding/json"
	"strings"
	"testing"

	"crmferry/internal/crm"
)

type thing struct {
	ID crm.Text `json:"id"`
}

func (t thing) RecordID() string { return string(t.ID) }

// TestPage: what an answer says of its list, and what is made of one that says less.
func TestPage(t *testing.T) {
	full := `"data": [{"id": 1}` + strings.Repeat(`, {"id": 2}`, PageSize-1) + `]`
	tests := []struct {
		body        string
		total, last int
		after2      int // the last page, as known from page 2
		odd         string
	}{
		{`{` + full + `, "meta": {"total": 250, "last_page": 3}}`, 250, 3, 3, ""},
		{`{` + full + `, "meta": {"total": "250"}}`, 250, 0, 3, ""},
		{`{` + full + `}`, -1, 0, 3, ""},
		{`{"data": [{"id": 1}]}`, -1, 0, 2, ""},
		{`{"data": []}`, -1, 0, 2, ""},
		{`{"data": [], "meta": []}`, -1, 0, 2, ""},
		{`{"meta": {"total": 0}}`, 0, 0, 1, noData},
		{`{"data": [{"name": "Jane"}]}`, -1, 0, 2, noItemID},
	}
	for _, tt := range tests {
		var p Page[thing]
		if err := json.Unmarshal([]byte(tt.body), &p); err != nil {
			t.Fatal(err)
		}
		if p.Total() != tt.total || p.Last() != tt.last || p.lastAfter(2) != tt.after2 || p.Mismatch() != tt.odd {
			t.Errorf("%.40s: total %d, last %d, after page 2 %d, %q", tt.body, p.Total(), p.Last(), p.lastAfter(2), p.Mismatch())
		}
	}
}

// TestOne: an answer about another record than the one that was asked for is none.
func TestOne(t *testing.T) {
	for body, want := range map[string]bool{`{"data": {"id": 7}}`: true, `{"data": {"id": "7"}}`: true, `{"data": {"id": 8}}`: false, `{"data": {}}`: false, `{"data": []}`: false} {
		o := One[thing]{Asked: "7"}
		if err := json.Unmarshal([]byte(body), &o); err != nil {
			t.Fatal(err)
		}
		if odd := o.Mismatch(); (odd == "") != want {
			t.Errorf("%s: %q", body, odd)
		}
	}
}
