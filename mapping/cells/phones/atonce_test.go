package phones

import (
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
)

// TestAtOnce: what is read at once is what is read step by step, whatever the row says of where the number is, and nothing is to be
// said of it. A local number is left to the steps where the row says more than a country.
func TestAtOnce(t *testing.T) {
	numbers := []string{"0612345678", "06-12345678", "030 1234567", "(0)171 1234567", "01711234567", "0447033595", "0221 9912345", "020 7946 0958",
		"0031612345678", "00612345678", "0", "000", "012", "+31612345678", "+31 31612345678", "+49 171 1234567", "+41 44 703 35 95", "+1 617 555 0147", "+0612345678", "+999123456789"}
	local := 0
	for _, at := range []cells.Place{{}, {Country: "DE"}, {Country: "CH"}, {Country: "GB"}, {Country: "US"}, {Country: "DE", Unknown: "Ruritania"}, {Calling: 49}, {Calling: 31, Country: "NL"}, {Area: "0221"}, {Unknown: "Ruritania"}} {
		for _, region := range []string{"", "NL", "DE", "US"} {
			r := Reader{Plans: &plan.Plans{}, Region: region, Place: at, Field: "phone"}
			for _, cell := range numbers {
				got, ok := r.atOnce(cell)
				if !ok {
					continue
				}
				if cell[0] == '0' {
					local++
					if at.Area != "" || at.Calling != 0 || at.Unknown != "" {
						t.Errorf("%s of %+v was read at once", cell, at)
					}
				}
				var n cells.Notes
				parts := r.parts(cell)
				p := takeApart(parts[0])
				failed := r.join(&n, cell, &p)
				number, err := r.parse(&n, cell, &p)
				p.remark(&n, cell, number)
				if len(parts) != 1 || failed != "" || err != "" || number != got || n.Remarks != nil || n.Faults != nil {
					t.Errorf("%s of %+v in %q: %s at once, else %s %s %+v", cell, at, region, got, number, err, n)
				}
			}
		}
	}
	if local < 20 {
		t.Errorf("%d local numbers were read at once", local)
	}
}
