package decide

import (
	"testing"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
)

// TestCreatedBy: where nothing is looked up, what an earlier run has created is left alone, and others are created.
func TestCreatedBy(t *testing.T) {
	d := newRules(t, modes.Upsert)
	d.LooksUp = false
	d.CreatedBy = func(key string) string { return map[string]string{"ann@example.com": "RUN"}[key] }
	for key, want := range map[string]string{"ann@example.com": outcome.CodeExists, "bo@example.com": ""} {
		it := newRow(crm.Key{Email: key})
		it.Res.Key = key
		d.Choose(it)
		got := ""
		if len(it.Res.Problems) > 0 {
			got = it.Res.Problems[0].Code
		}
		if got != want || (it.Res.Outcome == outcome.Skipped) != (want != "") {
			t.Errorf("%s: %s %q, want %q", key, it.Res.Outcome, got, want)
		}
	}
}
