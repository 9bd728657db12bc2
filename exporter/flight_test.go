package exporter_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
)

// slow is a list that takes its time and lets only so many requests through, as the transport does.
type slow struct {
	*list
	latency time.Duration
	pass    chan struct{}
}

func (s slow) ListPage(ctx context.Context, q crm.Query, sec crm.Section, n int) (crm.NumberedPage[growcrm.Contact], error) {
	s.pass <- struct{}{}
	time.Sleep(s.latency)
	<-s.pass
	return s.list.ListPage(ctx, q, sec, n)
}

// TestInFlight: at 20 ms and 16 requests in flight an export takes little more time than the requests must take. The
// time is that of the bubble, in which computing costs nothing.
func TestInFlight(t *testing.T) {
	const latency, workers, contacts, size = 20 * time.Millisecond, 16, 100_000, 100
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		r := export(t, slow{newList(contacts, size), latency, make(chan struct{}, workers)}, exporter.Options{Workers: workers})
		took := time.Since(start)
		if r.err != nil || r.Contacts != contacts {
			t.Fatalf("error %v, %+v", r.err, *r.Summary)
		}
		least := latency * contacts / size / workers
		t.Logf("took %v of at least %v: %.2f of what is possible", took, least, least.Seconds()/took.Seconds())
		if least.Seconds()/took.Seconds() < 0.93 {
			t.Errorf("took %v, at least %v", took, least)
		}
	})
}
