package importer_test

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// TestApplyDelete: a plan's delete whose answer was lost is not sent again where people have changed the contact meanwhile, be it that
// they have emptied a field. That the contact is there shows that nothing was done.
func TestApplyDelete(t *testing.T) {
	for _, tt := range []struct {
		name  string
		then  string // what people make of the description
		stops bool   // the program ends after the first try
		want  []string
	}{
		{"as it was", "spring", false, []string{"2 deleted  ", "3 deleted  "}},
		{"as it was in another session", "spring", true, []string{"2 deleted  ", "3 deleted  "}},
		{"emptied", "", false, []string{"2 skipped changed_since_plan description", "3 deleted  "}},
		{"emptied in another session", "", true, []string{"2 skipped changed_since_plan description", "3 deleted  "}},
		{"changed in another session", "autumn", true, []string{"2 skipped changed_since_plan description", "3 deleted  "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.seed(2)
				f.contacts[0].Description = "spring"
				vendor := deletes{finds{creates{f}}}
				plan, path := filepath.Join(dir, "plan"), filepath.Join(dir, "apply")
				if got := session(t, t.Context(), vendor, writeFile(t, ids(2)...), plan, importer.Options{Mode: modes.DeleteOnly, DryRun: true}); got.err != nil {
					t.Fatal(got.err)
				}
				says := map[int]*survey.Earlier{}
				_, err := journal.Rows(plan, func(r *journal.Row) error {
					says[r.Seq] = &survey.Earlier{Result: *r.Result}
					return nil
				})
				if err == nil {
					err = importer.NewTarget(mapping.CloverhoundContacts(), vendor).Follow(t.Context(), plan+".rows", path+".rows", func(seq int) (*survey.Earlier, error) { return says[seq], nil })
				}
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				f.fail = func(op string, n int) error {
					if op != "delete" || n > 1 {
						return nil
					}
					f.contacts[0].Description = tt.then
					if tt.stops {
						cancel()
					}
					return failing(crm.Ambiguous, 502, "not done")
				}
				o := importer.Options{Mode: modes.DeleteOnly, From: modes.FromPlan, Copies: (&shelf{}).start, Workers: 1}
				got := session(t, ctx, vendor, "", path, o)
				if tt.stops {
					if got.err == nil {
						t.Fatal("it was not stopped")
					}
					o.Copies = (&shelf{}).start
					got = session(t, t.Context(), vendor, "", path, o)
				}
				equalLines(t, "applied", got.said(), tt.want)
			})
		})
	}
}
