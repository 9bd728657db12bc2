package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestDeleteOtherShapes: JSON that no vendor documents deletes nobody and lets nobody be gone, whether the vendor has done
// what was asked or not.
func TestDeleteOtherShapes(t *testing.T) {
	watchSignals()
	ids := map[string]string{"growcrm": "18", "clientcommander": "jd1be6k8ij6dzad"}
	emails := map[string]string{"growcrm": "karin.deboer.174@example.com", "clientcommander": "gerrit.meyer.170@example.net"}
	for name, tt := range map[string]struct {
		fault sandbox.Fault
		code  failure.ExitCode
		row   string // of the report, "" if there is none
		gone  bool
	}{
		"not done":   {sandbox.Fault{Kind: "other-before", On: "writes"}, failure.ExitRows, "2,failed,", false},
		"done":       {sandbox.Fault{Kind: "other-after", On: "writes"}, failure.ExitOK, "2,deleted,", true},
		"look-ups":   {sandbox.Fault{Kind: "other-before", On: "reads"}, failure.ExitFailed, "", false},
		"everything": {sandbox.Fault{Kind: "other-before", On: "all", From: 3}, failure.ExitStopped, "2,unknown,", false},
	} {
		for vendor, id := range ids {
			t.Run(vendor+" "+name, func(t *testing.T) {
				t.Parallel()
				dir := memoryDir(t)
				file, report := putFile(t, "leads.report.csv", "row,outcome,key,id,action\n2,created,"+emails[vendor]+","+id+",create\n"), filepath.Join(dir, "report.csv")
				fault := tt.fault
				fault.Form = "json"
				synctest.Test(t, func(t *testing.T) { // the waits are long
					s := sandbox.New(sandbox.Options{Faults: []sandbox.Fault{fault}})
					network, env, stop := simulate(t, s, s.Handler(), dir)
					code, said := runOver(t, network, env, []string{"import", vendor, file, "--mode", "delete", "--confirm", "1", "--rate", "off", "--report", report})
					stop()
					if gone := !slices.Contains(s.IDs(vendor), id); code != tt.code || gone != tt.gone {
						t.Errorf("exit %d, gone %v: %s", code, gone, said)
					}
					if rows, err := os.ReadFile(report); (err == nil) != (tt.row != "") || !strings.Contains(string(rows), "\n"+tt.row) && tt.row != "" {
						t.Errorf("%v, report %s", err, rows)
					}
				})
			})
		}
	}
}
