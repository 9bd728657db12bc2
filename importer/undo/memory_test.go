package undo

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

var memoryRows = flag.Int("memory.rows", 10_000, "how many rows TestMemory takes back")

// longRun writes what a run has kept that changed so many contacts, and created every tenth.
func longRun(t *testing.T, dir string, rows int) Source {
	t.Helper()
	s := Source{Journal: filepath.Join(dir, "journal.jsonl"), Rows: filepath.Join(dir, runrows.Name)}
	table := mapping.CloverhoundContacts()
	j, err := journal.Open(s.Journal)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	out, err := runrows.Create[survey.Row[cloverhound.Contact], survey.Kept](s.Rows, func(*survey.Row[cloverhound.Contact]) []string { return nil })
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for i := range rows {
		was := cloverhound.Contact{ID: int64(i + 1), FullName: fmt.Sprintf("Person %d of a long list", i), Email: fmt.Sprintf("person.%d@example.com", i), Description: "met at the fair in spring"}
		is := was
		is.Description = "met at the fair in autumn, asks for a call"
		row := &survey.Row[cloverhound.Contact]{Number: i + 2}
		row.Contact, row.Fields, row.Keys = is, crm.Fields{"full_name", "email", "description"}, []crm.Key{{Email: was.Email}}
		out.Add(row)
		res := outcome.Result{Row: i + 2, Key: was.Email, ID: fmt.Sprint(was.ID), Action: outcome.ActionUpdate, Outcome: outcome.Updated, Changed: crm.Fields{"description"}, Finished: at}
		res.Before, res.After = table.Image(was, res.Changed), table.Image(is, res.Changed)
		if i%10 == 0 {
			res.Action, res.Outcome, res.Before, res.After = outcome.ActionCreate, outcome.Created, nil, nil
		}
		if _, err := j.AppendIntent(i, &res, at); err != nil {
			t.Fatal(err)
		}
		if err := j.AppendOutcome(i, &res, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Finish(&survey.Kept{Survey: &survey.Survey{}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestMemory: of each row of a run that is taken back a few numbers are held, and not what it did.
func TestMemory(t *testing.T) {
	held := func(rows int) int64 { // less than before where what was kept for use again was let go
		s := longRun(t, t.TempDir(), rows)
		var before, behind runtime.MemStats
		s.Takes = func(row int) bool {
			if row == rows+1 { // the last one, each time
				runtime.GC()
				runtime.ReadMemStats(&behind)
			}
			return true
		}
		runtime.GC()
		runtime.ReadMemStats(&before)
		counts, err := Write(context.Background(), mapping.CloverhoundContacts(), s, filepath.Join(t.TempDir(), runrows.Name))
		if err != nil || counts.Created != rows/10 || counts.Updated != rows-rows/10 {
			t.Fatalf("%+v, %v", counts, err)
		}
		return int64(behind.HeapAlloc) - int64(before.HeapAlloc)
	}
	const few = 1000
	each := float64(int64(held(*memoryRows)-held(few))) / float64(*memoryRows-few)
	t.Logf("%.0f bytes a row", each)
	if each > 150 {
		t.Errorf("%.0f bytes are held of a row", each)
	}
}
