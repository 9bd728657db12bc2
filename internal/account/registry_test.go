package account

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"crmferry/internal/failure"
)

func TestRegistryFind(t *testing.T) {
	r := All()
	for name, want := range map[string]string{
		"growcrm": "growcrm", "GrowCRM": "growcrm", "growcrm/contacts": "growcrm", "rogerroger/Contacts": "rogerroger",
	} {
		got, err := r.Find(name)
		if err != nil || got.ID() != want || got.Ref() != want || got.Account().ID() != got.Vendor().ID {
			t.Errorf("Find(%q) = %v, %v, want %q", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"growcrm@acme": "growcrm@acme", "growcrm@acme/contacts": "growcrm@acme", "GrowCRM@ACME/Clients": "growcrm@acme/clients", "rogerroger@0-a/notes": "rogerroger@0-a/notes",
		"growcrm@" + strings.Repeat("a", 32): "growcrm@" + strings.Repeat("a", 32),
	} {
		got, err := r.Find(name)
		if err != nil || got.Ref() != want || got.ID() != strings.ReplaceAll(want, "@"+got.Account().Name, "") || !strings.HasPrefix(want, got.Account().ID()) {
			t.Errorf("Find(%q) = %v, %v, want %q", name, got, err, want)
		}
	}
	for name, hint := range map[string]string{
		"grow": `did you mean "growcrm"?`, "roger": `did you mean "rogerroger"?`, "salesforce": "known: clientcommander, growcrm, growcrm/clients, growcrm/leads, growcrm/notes, rogerroger, rogerroger/organizations, rogerroger/notes, cloverhound",
		"growcrm@../x": "a name is 1 to 32 of ", "growcrm@": "a name is 1 to 32 of ", "growcrm/clients@acme": `did you mean "growcrm@acme/clients"?`, "growcrm@a_b": "a name is ", "growcrm@a@b": "a name is ",
		"growcrm@" + strings.Repeat("a", 33): "a name is ", "grwcrm@acme/clients": `did you mean "growcrm@acme`, "growcrm@acme/deals": "known: growcrm, growcrm/clients",
		"": "known: ", "growcrm/deals": "known: growcrm, growcrm/clients", "grwcrm/contacts": `did you mean "growcrm"?`,
	} {
		_, err := r.Find(name)
		var f *failure.Error
		if !errors.As(err, &f) || f.Code != failure.ExitUsage || len(f.Hints) != 1 || !strings.HasPrefix(f.Hints[0], hint) {
			t.Errorf("Find(%q) = %#v, want the hint %q", name, err, hint)
		}
	}
}

func TestRegistryRefusesTwoOfOneName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two resources of one name were taken")
		}
	}()
	NewRegistry(append(All().Resources(), All().Resources()[0])...)
}

// TestVendorData checks what every vendor must say of itself.
func TestVendorData(t *testing.T) {
	for _, r := range All().Resources() {
		v := r.Vendor()
		t.Run(r.ID(), func(t *testing.T) {
			if !regexp.MustCompile(`^[a-z]+$`).MatchString(v.ID) {
				t.Errorf("ID %q cannot be part of a variable's name", v.ID)
			}
			if v.Name == "" || v.KeyMadeAt == "" || v.URLHint == "" || v.Authorize == nil || len(v.Docs) == 0 {
				t.Errorf("incomplete: %+v", v)
			}
			if v.Settings[0].Suffix != SuffixURL || (Account{Vendor: v}).KeyNames() == "" {
				t.Errorf("settings = %+v, want the base URL first, and a key", v.Settings)
			}
			if v.DefaultURL != "" {
				if u, err := (&given{place: place{account: r.Account()}}).parseBase(urlSetting(), v.DefaultURL); err != nil || u.String() != v.DefaultURL {
					t.Errorf("default URL %q: %v", v.DefaultURL, err)
				}
			}
			for _, page := range v.Docs {
				if !strings.HasPrefix(page, "https://") {
					t.Errorf("page %q", page)
				}
			}
			if len(headerValues(v.Authorize(canary, canary))) == 0 {
				t.Error("Authorize adds nothing to a request")
			}
		})
	}
}
