package account

import "testing"

func TestIdentity(t *testing.T) {
	for want, i := range map[string]Identity{
		"acme at crm.example.com":                              {Vendor: "acme", Host: "crm.example.com"},
		"acme@north at crm.example.com:8443, organization 7":   {Vendor: "acme", Name: "north", Host: "crm.example.com:8443", Organization: "7"},
		"acme@north at crm.example.com/t1/api, organization 7": {Vendor: "acme", Name: "north", Host: "crm.example.com", Path: "/t1/api", Organization: "7"},
		"acme at sandbox":                                      {Vendor: "acme", Host: "sandbox"},
	} {
		if got := i.String(); got != want {
			t.Errorf("%+v is %q, want %q", i, got, want)
		}
		if got, ok := parseIdentity(want); !ok || got != i {
			t.Errorf("parseIdentity(%q) = %+v, %v", want, got, ok)
		}
	}
	for _, text := range []string{"", "acme", "at", " at ", "acme at ", "contacts of our office, kept at home", "acme at the office"} {
		if got, ok := parseIdentity(text); ok {
			t.Errorf("parseIdentity(%q) = %+v", text, got)
		}
	}
}

func TestOrigin(t *testing.T) {
	for want, o := range map[string]Origin{
		"acme at crm.example.com":                                   {Identity: Identity{Vendor: "acme", Host: "crm.example.com"}},
		"acme@north at crm.example.com, organization 7, run 2026-a": {Identity{Vendor: "acme", Name: "north", Host: "crm.example.com", Organization: "7"}, "2026-a"},
	} {
		if got, ok := ParseOrigin(want); !ok || got != o || o.String() != want {
			t.Errorf("ParseOrigin(%q) = %+v, %v; it is written as %q", want, got, ok, o)
		}
	}
	for _, below := range []string{"\nchecked by Ann", "\r\nchecked by Ann", "_x000d_\nchecked by Ann"} {
		if o, ok := ParseOrigin("acme at crm.example.com/api, run 7" + below); !ok || o.Run != "7" || o.Path != "/api" {
			t.Errorf("with %q below it: %+v, %v", below, o, ok)
		}
	}
	if _, ok := ParseOrigin("a marathon, run 7"); ok {
		t.Error("any text was taken for an origin")
	}
}

func TestIsAnother(t *testing.T) {
	here := Identity{Vendor: "acme", Name: "north", Host: "crm.example.com", Path: "/t1/api", Organization: "7"}
	for _, tt := range []struct {
		name   string
		change func(*Identity)
		want   bool
	}{
		{"nothing", func(*Identity) {}, false},
		{"vendor", func(i *Identity) { i.Vendor = "other" }, true},
		{"host", func(i *Identity) { i.Host = "crm2.example.com" }, true},
		{"case of the host", func(i *Identity) { i.Host = "CRM.example.com" }, false},
		{"path", func(i *Identity) { i.Path = "/t2/api" }, true},
		{"no path", func(i *Identity) { i.Path = "" }, false},
		{"organization", func(i *Identity) { i.Organization = "8" }, true},
		{"name", func(i *Identity) { i.Name = "south" }, true},
		{"no name", func(i *Identity) { i.Name = "" }, false},
	} {
		there := here
		tt.change(&there)
		if here.IsAnother(there) != tt.want || there.IsAnother(here) != tt.want {
			t.Errorf("%s: another account: %v, want %v", tt.name, !tt.want, tt.want)
		}
	}
}

func TestTellsApart(t *testing.T) {
	own := testVendor() // each account has an organization
	shared := &Vendor{ID: "acme", DefaultURL: "https://api.example.com", Settings: []Setting{urlSetting(), {Suffix: suffixKey, Secret: true}}}
	if own.TellsApart("north", "south") || !shared.TellsApart("north", "south") || shared.TellsApart("north", "") {
		t.Error("names count where all accounts have one address, if both are known")
	}
}
