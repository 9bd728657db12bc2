package importer_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// slowToCreate is a vendor that takes a minute for each create.
type slowToCreate struct{ finds }

func (s slowToCreate) Create(ctx context.Context, want cloverhound.Contact, fields crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	time.Sleep(61 * time.Second)
	return s.finds.Create(ctx, want, fields, token)
}

// TestReadTogetherFails: rows that have become old are read again together, and that read never leaves the machine at first. The
// worker waits, and with it the rows that it reads for; no other may take its place to wait for the same.
func TestReadTogetherFails(t *testing.T) {
	for _, workers := range []int{1, 2} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, start, failed := newFake(), time.Now(), 0
				f.traits.FindBatch = 10
				f.fail = func(op string, _ int) error {
					if op == "find" && time.Since(start) >= time.Minute && failed < 3 {
						failed++
						return failing(crm.NothingSent, 0, "no route to the host")
					}
					return nil
				}
				got := importInto(t, t.Context(), slowToCreate{finds{creates{f: f}}}, writeFile(t, people(0, 10)...), importer.Options{Workers: workers})
				if got.err != nil || got.summary.Counts[outcome.Created] != 10 || failed != 3 {
					t.Errorf("%v, %v, %d look-ups failed", got.err, got.summary.Counts, failed)
				}
			})
		})
	}
}
