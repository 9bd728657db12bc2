package journal

import (
	"path/filepath"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// BenchmarkOutcome measures what it costs a worker to write down an outcome.
func BenchmarkOutcome(b *testing.B) {
	j, err := Open(filepath.Join(b.TempDir(), "journal.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	res := &outcome.Result{Row: 123456, Line: 123456, Outcome: outcome.Created, Action: outcome.ActionCreate, Key: "ada.lovett@example.com", ID: "contact_01J9ZQ7C8Q",
		Changed: crm.Fields{"firstName", "lastName", "email", "phone"}, Attempts: 1, Meta: crm.Meta{Status: 201, RequestID: "req_1234567890"},
		Duration: 2 * time.Millisecond, Finished: time.Now()}
	b.ReportAllocs()
	for i := range b.N {
		if err := j.AppendOutcome(i, res, true); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdate writes down 100,000 updates, whose intents become durable in groups, with and without what their contacts were
// and are to be, by turns. What that adds to a row has to be seen beside what a row of an import takes
// (BenchmarkImportIntents in internal/cli).
//
//	go test ./importer/journal -run '^$' -bench Update -benchtime 3x
func BenchmarkUpdate(b *testing.B) {
	const rows = 100_000
	table := mapping.GrowContacts()
	was := growcrm.Contact{ID: 4711, FirstName: "Ada", LastName: "Lovett", Email: "ada.lovett@example.com", Phone: "+13035550170", Position: "Buyer"}
	is := was
	is.Phone, is.Position = "+12025550170", "Sales Director"
	var took [2]time.Duration
	for b.Loop() {
		for images := range took {
			start := time.Now()
			updates(b, rows, func(res *outcome.Result) {
				if images == 1 {
					res.Before, res.After = table.Image(was, res.Changed), table.Image(is, res.Changed)
				}
			})
			took[images] += time.Since(start)
		}
	}
	for i, name := range []string{"without-ns/row", "with-ns/row"} {
		b.ReportMetric(float64(took[i].Nanoseconds())/float64(b.N)/rows, name)
	}
	b.ReportMetric(float64((took[1]-took[0]).Nanoseconds())/float64(b.N)/rows, "added-ns/row")
}

// updates writes down the intents and outcomes of updates as eight workers do: their intents become durable together.
func updates(b *testing.B, rows int, look func(*outcome.Result)) {
	b.Helper()
	j, err := Open(filepath.Join(b.TempDir(), "journal.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	const together = 8
	for seq := range rows {
		res := &outcome.Result{Row: seq + 2, Line: seq + 2, Action: outcome.ActionUpdate, Key: "ada.lovett@example.com", ID: "4711", Changed: crm.Fields{"phone", "position"}}
		look(res)
		end, err := j.AppendIntent(seq, res, time.Now())
		if err == nil && seq%together == 0 {
			err = j.Sync(b.Context(), end)
		}
		res.Outcome, res.Attempts, res.Finished = outcome.Updated, 1, time.Now()
		if err == nil {
			err = j.AppendOutcome(seq, res, true)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
