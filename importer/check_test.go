package importer

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sheet/rows"
	"crmferry/mapping"
)

// TestCheckTellsAll: a check, which looks again at few rows, tells of each what an import would that judges all of them.
func TestCheckTellsAll(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		rnd := rand.New(rand.NewPCG(1, uint64(round)))
		people := 1 + rnd.IntN(2000) // from all rows alike to hardly any
		lines := []string{"First name,Last name,Email,Company,Phone,Account owner"}
		for range 1 + rnd.IntN(1000) {
			lines = append(lines, growLine(rnd, people))
		}
		mode := []modes.Mode{modes.Upsert, modes.CreateOnly, modes.UpdateOnly}[rnd.IntN(3)]
		o := Options{Path: leadsFile(t, lines), Mode: mode, Limit: rnd.IntN(2) * rnd.IntN(len(lines)),
			Match: mapping.MatchOptions{ConvertOptions: mapping.ConvertOptions{Region: "NL"}}}
		im, err := New(t.Context(), mapping.GrowContacts(), o)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []outcome.Result
		if err := im.Check(t.Context(), func(c Checked) error {
			got = append(got, c.Result)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want = judgeAll(t, im)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("round %d, %d rows, mode %s (-all judged +check):\n%s", round, len(lines)-1, mode, diff)
		}
	}
}

// TestFileChanges: the readings of one importer are of one file.
func TestFileChanges(t *testing.T) {
	path := leadsFile(t, []string{"First name,Last name,Email", "Jan,Smit,broken"})
	im, err := New(t.Context(), mapping.GrowContacts(), Options{Path: path, Name: "leads.csv", Mode: modes.Upsert})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("Last name,First name,Email\nSmit,Jan,broken,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = im.Check(t.Context(), func(Checked) error { return nil })
	if want := `read "leads.csv": the file was changed while it was read`; !errors.Is(err, rows.ErrChanged) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func growLine(rnd *rand.Rand, people int) string {
	n := rnd.IntN(people)
	email := fmt.Sprintf("p%d@example.com", n)
	switch rnd.IntN(60) {
	case 0:
		email = "broken"
	case 1:
		email = ""
	case 2:
		email = fmt.Sprintf("p%d@gmial.com", n) // is found
	case 3:
		email = strings.ToUpper(email)
	}
	owner := ""
	if rnd.IntN(50) == 0 {
		owner = "yes" // only one row can claim it
	}
	return fmt.Sprintf("P,Q%d,%s,Acme %d,%s,%s", n%3, email, n%5, []string{"", "+15125550188", "12"}[max(0, rnd.IntN(60)-57)], owner)
}

// judgeAll are the results of the rows that a check tells of.
func judgeAll(t *testing.T, im *Importer[growcrm.Contact]) (all []outcome.Result) {
	t.Helper()
	j := im.newPrecheck()
	err := im.file.Rows(t.Context(), func(seq int, says *survey.Row[growcrm.Contact]) error {
		if it := j.Row(seq, says); it.Res.Outcome != "" || len(says.Remarks) > 0 {
			all = append(all, it.Res)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// leadsFile writes a CSV file of lines and returns its path.
func leadsFile(t testing.TB, lines []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "leads.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
