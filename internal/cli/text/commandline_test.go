package text

import (
	"slices"
	"testing"
)

func TestGiven(t *testing.T) {
	given := Given{Resource: "growcrm", File: "-leads.csv", Flags: []Flag{
		{"map", []string{"--map", "A=email", "--map", "My phone=phone"}},
		{"yes", []string{"--yes"}},
		{"resume", []string{"--resume", "20261128"}},
		{"mode", []string{"--mode", "update"}},
	}}
	for got, want := range map[string]string{
		given.Import(nil, "--dry-run"):              "crmferry import growcrm ./-leads.csv --map A=email --map 'My phone=phone' --yes --resume 20261128 --mode update --dry-run",
		given.Check([]string{"yes", "resume"}):      "crmferry check growcrm ./-leads.csv --map A=email --map 'My phone=phone' --mode update",
		given.Again("--mode", "create"):             "crmferry import growcrm ./-leads.csv --map A=email --map 'My phone=phone' --yes --mode create",
		given.For("-").Resume():                     "crmferry import growcrm - --map A=email --map 'My phone=phone' --yes --mode update --resume",
		Given{Resource: "r", File: "f"}.Import(nil): "crmferry import r f",

		Given{Resource: "r", File: "f", Flags: []Flag{{"resume", []string{"--resume=4f1a9c"}}}}.Resume(): "crmferry import r f --resume=4f1a9c",

		CommandLine(): "",
		CommandLine("import", "growcrm", "two words"): "crmferry import growcrm 'two words'",
	} {
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	twice := Given{Flags: []Flag{{"create-missing", []string{"--create-missing", "organizations", "--create-missing", "tags"}}}}
	if got := twice.Kinds(); !slices.Equal(got, []string{"organizations", "tags"}) {
		t.Errorf("got the kinds %q", got)
	}
}
