package directory

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// batches is a vendor that looks up ten contacts with one request, which takes a second.
type batches struct {
	listed
	calls   *atomic.Int32
	refuses string // an e-mail that the vendor refuses to look for
}

func (b batches) Find(_ context.Context, keys []crm.Key) (found []cloverhound.Contact, err error) {
	b.calls.Add(1)
	time.Sleep(time.Second)
	for _, k := range keys {
		if k.Email == b.refuses {
			return nil, &crm.Error{Op: "find", Class: crm.Permanent, Err: fmt.Errorf("no such address")}
		}
		for _, c := range b.listed {
			if c.Email == k.Email {
				found = append(found, c)
			}
		}
	}
	return found, nil
}

func (batches) List(context.Context) iter.Seq2[crm.Page[cloverhound.Contact], error] {
	panic("nobody is listed")
}

// TestTogether: five workers ask again at once, and 20 rows wait for theirs. The first is read with nine that wait, the other four
// together with six of those.
func TestTogether(t *testing.T) {
	email := func(i int) string { return fmt.Sprintf("p%d@example.com", i) }
	for _, tt := range []struct {
		name    string
		refuses string
		calls   int32
		found   int
	}{
		{"all are read", "", 2, 20},
		{"one is refused", email(1), 2 + 4, 4}, // each once more, by itself
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := batches{calls: &atomic.Int32{}, refuses: tt.refuses}
				var queries []*Query[cloverhound.Contact]
				for i := range 25 {
					b.listed = append(b.listed, cloverhound.Contact{ID: int64(i + 1), FullName: "Now", Email: email(i)})
					queries = append(queries, &Query[cloverhound.Contact]{Keys: []crm.Key{{Email: email(i)}}, Looked: true, ReadAt: time.Now()})
				}
				d := New(mapping.CloverhoundContacts(), b, Options{Clock: time.Now, Keys: 25, Has: func(crm.Key) bool { return true }})
				g := d.Together(func(*Query[cloverhound.Contact]) bool { return tt.refuses == "" })
				for _, q := range queries {
					g.Wait(q)
				}
				for _, q := range queries[:5] {
					begin(t, g, q)
				}
				var asking sync.WaitGroup
				for i, q := range queries[:5] {
					asking.Go(func() {
						time.Sleep(time.Duration(i) * time.Millisecond)
						err := g.Again(t.Context(), q, func(queries ...*Query[cloverhound.Contact]) error { return d.Again(t.Context(), queries...) })
						if refused := q.Keys[0].Email == tt.refuses; (err != nil) != refused {
							t.Errorf("%s: %v", q.Keys[0].Email, err)
						}
					})
				}
				time.Sleep(100 * time.Millisecond)
				begin(t, g, queries[5]) // waits for the read that it is in
				if read := len(queries[5].Found) == 1; read != (tt.refuses == "") {
					t.Errorf("a row begins while it is read, or is not read: %v", read)
				}
				asking.Wait()
				found := 0
				for _, q := range queries {
					begin(t, g, q)
					found += len(q.Found)
				}
				if n := b.calls.Load(); n != tt.calls || found != tt.found {
					t.Errorf("%d calls found %d", n, found)
				}
			})
		})
	}
}

func begin(t *testing.T, g *Together[cloverhound.Contact], q *Query[cloverhound.Contact]) {
	t.Helper()
	if err := g.Begin(t.Context(), q); err != nil {
		t.Error(err)
	}
}

// TestTogetherIsLeft: who waits no longer leaves, and is not read.
func TestTogetherIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := batches{calls: &atomic.Int32{}}
		d := New(mapping.CloverhoundContacts(), b, Options{Clock: time.Now, Keys: 2, Has: func(crm.Key) bool { return true }})
		g := d.Together(func(*Query[cloverhound.Contact]) bool { return true })
		read := func(queries ...*Query[cloverhound.Contact]) error { return d.Again(t.Context(), queries...) }
		first, second := &Query[cloverhound.Contact]{Keys: []crm.Key{{Email: "a@example.com"}}}, &Query[cloverhound.Contact]{Keys: []crm.Key{{Email: "b@example.com"}}}
		go func() {
			if err := g.Again(t.Context(), first, read); err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(10 * time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if err := g.Again(ctx, second, read); err == nil || second.Looked {
			t.Errorf("%v, looked: %v", err, second.Looked)
		}
		time.Sleep(time.Minute)
		if n := b.calls.Load(); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

// TestTogetherEnds: who is being read and waits no longer goes at once, and is not touched any more.
func TestTogetherEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := batches{calls: &atomic.Int32{}, listed: []cloverhound.Contact{{ID: 1, Email: "b@example.com"}, {ID: 2, Email: "c@example.com"}}}
		d := New(mapping.CloverhoundContacts(), b, Options{Clock: time.Now, Keys: 3, Has: func(crm.Key) bool { return true }})
		g := d.Together(func(*Query[cloverhound.Contact]) bool { return true })
		read := func(queries ...*Query[cloverhound.Contact]) error { return d.Again(context.Background(), queries...) }
		query := func(email string) *Query[cloverhound.Contact] {
			return &Query[cloverhound.Contact]{Keys: []crm.Key{{Email: email}}, Looked: true}
		}
		again := func(ctx context.Context, q *Query[cloverhound.Contact]) error { return g.Again(ctx, q, read) }
		zero, first, asked, waits := query("z@example.com"), query("a@example.com"), query("b@example.com"), query("c@example.com")
		var reading sync.WaitGroup
		reading.Go(func() { _ = again(t.Context(), zero) }) // so that the next ones are asked for meanwhile
		time.Sleep(time.Millisecond)
		g.Wait(waits)
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond) // in the middle of the second read
		defer cancel()
		reading.Go(func() { _ = again(t.Context(), first) })
		time.Sleep(time.Millisecond)
		start := time.Now()
		for _, wait := range []func() error{func() error { return again(ctx, asked) }, func() error {
			time.Sleep(1100 * time.Millisecond)
			return g.Begin(ctx, waits)
		}} {
			reading.Go(func() {
				if err := wait(); err == nil || time.Since(start) > 1500*time.Millisecond {
					t.Errorf("%v after %v", err, time.Since(start))
				}
			})
		}
		reading.Wait()
		if n := b.calls.Load(); n != 2 || len(asked.Found)+len(waits.Found) != 0 {
			t.Errorf("%d calls, found %v and %v", n, asked.Found, waits.Found)
		}
	})
}
