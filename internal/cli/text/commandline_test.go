package text

import "testing"

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"leads.xlsx":        "leads.xlsx",
		"my leads.xlsx":     "'my leads.xlsx'",
		"":                  "''",
		"it's":              `'it'\''s'`,
		"a\x1b[31m'b":       `$'a\x1b[31m\'b'`,
		"http://[::1]:8080": "'http://[::1]:8080'",
		"Straße/größe=1":    "Straße/größe=1",
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestGiven(t *testing.T) {
	given := Given{Resource: "growcrm", File: "-leads.csv", Flags: []Flag{
		{"map", []string{"--map", "A=email", "--map", "My phone=phone"}},
		{"yes", []string{"--yes"}},
		{"resume", []string{"--resume", "20261128"}},
		{"mode", []string{"--mode", "update"}},
	}}
	for got, want := range map[string]string{
		given.Import(nil, "--dry-run"):                "crmferry import growcrm ./-leads.csv --map A=email --map 'My phone=phone' --yes --resume 20261128 --mode update --dry-run",
		given.Check([]string{"yes", "resume"}):        "crmferry check growcrm ./-leads.csv --map A=email --map 'My phone=phone' --mode update",
		given.Again("--mode", "create"):               "crmferry import growcrm ./-leads.csv --map A=email --map 'My phone=phone' --yes --mode create",
		given.For("-").Resume():                       "crmferry import growcrm - --map A=email --map 'My phone=phone' --yes --mode update --resume",
		Given{Resource: "r", File: "f"}.Import(nil):   "crmferry import r f",
		CommandLine():                                 "",
		CommandLine("import", "growcrm", "two words"): "crmferry import growcrm 'two words'",
	} {
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
