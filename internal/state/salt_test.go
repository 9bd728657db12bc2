package state_test

import (
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
		f, err := state.Fingerprint(root, parts...)
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
