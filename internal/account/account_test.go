package account

import (
	"errors"
	"strings"
	"testing"

	"crmferry/internal/failure"
)

// TestVariables: each account of a vendor has variables of its own, with its name in them.
func TestVariables(t *testing.T) {
	v := testVendor()
	for _, tt := range []struct{ name, suffix, want string }{
		{"", SuffixURL, "CRMFERRY_ACME_URL"},
		{"north", SuffixURL, "CRMFERRY_ACME_NORTH_URL"},
		{"north-west-2", suffixKey, "CRMFERRY_ACME_NORTH_WEST_2_KEY"},
	} {
		if got := (Account{v, tt.name}).Variable(tt.suffix); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestNoVariableServesTwoAccounts tries names that look like parts of variables, for every vendor.
func TestNoVariableServesTwoAccounts(t *testing.T) {
	names := []string{"", "key", "url", "file", "id", "secret", "key-id", "key-secret", "organization", "url-key", "key-key", "key-file", "acme", "acme-key", "acme-url", "a", "a-b"}
	of := map[string]string{}
	for _, v := range All().Vendors() {
		for _, name := range names {
			a := Account{v, name}
			for _, s := range v.Settings {
				for _, variable := range []string{a.Variable(s.Suffix), a.Variable(s.Suffix) + FileSuffix} {
					if other, taken := of[variable]; taken {
						t.Errorf("%s serves both %s and %s", variable, other, a.ID())
					}
					of[variable] = a.ID()
				}
			}
		}
	}
}

// TestNamedAccountHasItsOwnSettings: what is set for the default account, or for another name, does not serve it.
func TestNamedAccountHasItsOwnSettings(t *testing.T) {
	env := map[string]string{
		"CRMFERRY_ACME_URL": "https://default.example.com", "CRMFERRY_ACME_KEY": canary, "CRMFERRY_ACME_ORGANIZATION": "1",
		"CRMFERRY_ACME_NORTH_URL": "https://north.example.com", "CRMFERRY_ACME_NORTH_KEY": canary + "-north", "CRMFERRY_ACME_NORTH_ORGANIZATION": "2",
	}
	lookup := func(name string) (string, bool) { value, ok := env[name]; return value, ok }
	s, err := readSettings(Account{testVendor(), "north"}, lookup, "")
	if err != nil || s.base.Host != "north.example.com" || s.keys[0] != canary+"-north" || s.organization != "2" {
		t.Errorf("readSettings = %v, %q, %v", s.base, s.organization, err)
	}
	_, err = readSettings(Account{testVendor(), "south"}, lookup, "")
	var f *failure.Error
	if !errors.As(err, &f) || f.Code != failure.ExitUsage || strings.Contains(f.Error(), canary) {
		t.Fatalf("readSettings = %v", err)
	}
	wantLines(t, "error", f.Error(), "CRMFERRY_ACME_SOUTH_URL, CRMFERRY_ACME_SOUTH_KEY and CRMFERRY_ACME_SOUTH_ORGANIZATION are not set")
}
