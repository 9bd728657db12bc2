package planfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
)

// FuzzRoundTrip: whatever a plan says, its file says the same, and a plan that says something else is told from it.
func FuzzRoundTrip(f *testing.F) {
	f.Add("ann@example.com", "Ann", "phone", "+31612345678", "", "Ann Sample")
	f.Add("=1", "'=x", "a\r\nb", " \x00", "_x0041_ _x005F_", "\uFFFE")
	f.Add("\t", "😀", "Łukasz", "\xff", "'+1", "\u00a0")
	f.Fuzz(func(t *testing.T, key, name, field, now, will, other string) {
		plan := []result{{outcome.Result{Row: 2, Action: outcome.ActionUpdate, Key: key, ID: other}, name, []planfile.Change{{Field: field, Now: now, Will: will}}}}
		changed := []result{{plan[0].res, plan[0].name, []planfile.Change{{Field: field, Now: now, Will: will + "."}}}}
		for _, file := range []string{"x.xlsx", "x.csv"} {
			path := write(t, file, plan)
			if got := verdict(path, plan); got != "2; 0 refused, 0 missing" {
				t.Errorf("%s: %s", file, got)
			}
			if got := verdict(path, changed); !strings.Contains(got, "was changed") && len(will) < 1000 {
				t.Errorf("%s, changed: %s", file, got)
			}
		}
	})
}

// FuzzRead: a file is refused, or each row of the plan is counted once, and none is approved that is not in the file.
func FuzzRead(f *testing.F) {
	for _, edit := range []string{"", "no", "x,", "\n", "\"", "\x00", "later"} {
		f.Add(edit, uint16(len(edit)*100))
	}
	path := write(f, "x.csv", results())
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, insert string, at uint16) {
		i := int(at) % (len(data) + 1)
		path := filepath.Join(t.TempDir(), "x.csv")
		text := string(data[:i]) + insert + string(data[i:])
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := planfile.Read(path)
		if err != nil {
			return
		}
		n, err := m.Compare(each(rowsOf(results())))
		if err == nil && n.Approved+n.Refused+n.Missing != 5 {
			t.Errorf("%+v", n)
		}
		for _, r := range results() {
			if ok, _ := m.Approved(r.res.Row); ok && !strings.Contains(text, (&planfile.Row{Number: r.res.Row}).Ref(run)) {
				t.Errorf("row %d is approved and not in the file", r.res.Row)
			}
		}
	})
}

// FuzzReadWorkbook reads workbooks that are damaged.
func FuzzReadWorkbook(f *testing.F) {
	data, err := os.ReadFile(write(f, "x.xlsx", results()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint16(100), byte(1))
	f.Fuzz(func(t *testing.T, at uint16, with byte) {
		damaged := append([]byte(nil), data...)
		damaged[int(at)%len(damaged)] ^= with
		path := filepath.Join(t.TempDir(), "x.xlsx")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if m, err := planfile.Read(path); err == nil {
			if n, err := m.Compare(each(rowsOf(results()))); err == nil && n.Approved != 5 {
				t.Errorf("%+v", n)
			}
		}
	})
}
