package journal

import (
	"path/filepath"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
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
