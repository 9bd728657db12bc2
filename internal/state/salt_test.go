package state_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crmferry/internal/state"
)

func TestFingerprint(t *testing.T) {
	root := filepath.Join(t.TempDir(), "crmferry")
	fingerprint := func(root string, parts ...string) string {
		t.Helper()
		f, err := state.Fingerprint(t.Context(), root, parts...)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := fingerprint(root, "growcrm", "https://crm.example.com", "key")
	if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(first) || strings.Contains(first, "key") {
		t.Errorf("Fingerprint = %q", first)
	}
	if again := fingerprint(root, "growcrm", "https://crm.example.com", "key"); again != first {
		t.Errorf("the same account has two fingerprints: %s, %s", first, again)
	}
	for name, other := range map[string]string{
		"another key":  fingerprint(root, "growcrm", "https://crm.example.com", "yek"),
		"other parts":  fingerprint(root, "growcrm", "https://crm.example.comkey"),
		"another salt": fingerprint(t.TempDir(), "growcrm", "https://crm.example.com", "key"),
	} {
		if other == first {
			t.Errorf("%s gives the same fingerprint", name)
		}
	}
	wantMode(t, filepath.Join(root, "salt"), 0o600)
}

// TestMendSalt: a salt that was lost or damaged is made anew, once, and said; the mark tells the new one from the old.
func TestMendSalt(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"gone":       os.Remove,
		"empty":      func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"cut":        func(path string) error { return os.Truncate(path, 10) },
		"zeros":      func(path string) error { return os.WriteFile(path, make([]byte, 33), 0o600) },
		"lengthened": func(path string) error { return os.Truncate(path, 64) },
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			mend := func(want bool) {
				t.Helper()
				lost, err := state.MendSalt(t.Context(), root)
				if err != nil || (lost != nil) != want {
					t.Fatalf("MendSalt = %v, %v", lost, err)
				}
				if want && !strings.Contains(lost.Error(), filepath.Join(root, "salt")) {
					t.Errorf("error %q", lost)
				}
			}
			mark := func() string {
				t.Helper()
				m, err := state.SaltMark(root)
				if err != nil {
					t.Fatal(err)
				}
				return m
			}
			mend(false)
			first := mark()
			if _, err := state.NewRun(root, "import", "growcrm", noon); err != nil {
				t.Fatal(err)
			}
			if err := change(filepath.Join(root, "salt")); err != nil {
				t.Fatal(err)
			}
			if _, err := state.Fingerprint(t.Context(), root, "growcrm"); err == nil {
				t.Error("a fingerprint under a salt that was lost")
			}
			mend(true)
			mend(false)
			if first == "" || mark() == first {
				t.Errorf("marks %q and %q", first, mark())
			}
		})
	}
}

// TestSaltMarkOfEarlierVersions: their salts have no mark, as the records of their runs have none.
func TestSaltMarkOfEarlierVersions(t *testing.T) {
	root := t.TempDir()
	writeFile(t, filepath.Join(root, "salt"), "00112233445566778899aabbccddeeff")
	if lost, err := state.MendSalt(t.Context(), root); lost != nil || err != nil {
		t.Errorf("MendSalt = %v, %v", lost, err)
	}
	if mark, err := state.SaltMark(root); mark != "" || err != nil {
		t.Errorf("SaltMark = %q, %v", mark, err)
	}
}
