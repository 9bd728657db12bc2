package files

import (
	"os"
	"path/filepath"
	"testing"
)

func TestNearFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"leads.xlsx", "notes.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"leads.xls": "leads.xlsx", "Leads.XLSX": "leads.xlsx", "note.csv": "notes.csv", "contacts.xlsx": "", "nofolder/leads.xlsx": ""} {
		if want != "" {
			want = dir + string(filepath.Separator) + want
		}
		if got := nearFile(dir + string(filepath.Separator) + name); got != want {
			t.Errorf("nearFile(%q) = %q, want %q", name, got, want)
		}
	}
}
