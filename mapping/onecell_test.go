package mapping

import (
	"errors"
	"strings"
	"testing"
)

// TestRowsInOneCell: lines that stand in one cell each are told from a sheet of one column.
func TestRowsInOneCell(t *testing.T) {
	for _, tt := range []struct {
		header []string
		row    []string
		want   string
	}{
		{[]string{"First name;Last name;Email"}, []string{"Ada;Lovett;ada@example.com"}, `with ";" between them`},
		{[]string{"Name\tEmail", ""}, []string{"Ada\tada@example.com", ""}, `with "\t" between them`},
		{[]string{"Name,Email,Company"}, []string{"Ada,ada@example.com,Acme"}, `with "," between them`},
		{[]string{"Company, city"}, []string{"Acme, Delft"}, "no column for first_name, last_name, email, clientid"},
		{[]string{"Company;city"}, []string{"Acme"}, "no column for first_name, last_name, email, clientid"},
		{[]string{"Name;City", "Company"}, []string{"Ada;Delft", "Acme"}, "no column for first_name, last_name, email, which"},
	} {
		p := NewProfile(tt.header)
		p.Add(tt.row)
		p.Add(tt.row)
		_, err := GrowContacts().Match(tt.header, MatchOptions{Profile: p, NeedsRequired: true})
		var refused *MatchError
		if !errors.As(err, &refused) || !strings.Contains(refused.Message, tt.want) {
			t.Errorf("%q: %v, want %q", tt.header, err, tt.want)
			continue
		}
		if refused.Columns[0].State == Proposed {
			t.Errorf("%q: %+v is proposed", tt.header, refused.Columns[0])
		}
		if got := strings.Contains(refused.Hint, `--set "clientid=NAME"`); got != strings.HasSuffix(tt.want, "clientid") {
			t.Errorf("%q: hint %s", tt.header, refused.Hint)
		}
	}
}
