package exporter_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
)

func TestQuietLists(t *testing.T) {
	for _, size := range []int{1, 2, 10} {
		for _, n := range []int{0, 1, 2, 3, 9, 10, 11, 19, 20, 21, 95, 100, 101} {
			for _, counted := range []bool{true, false} {
				t.Run(fmt.Sprint(size, n, counted), func(t *testing.T) {
					l := newList(n, size)
					if !counted {
						l.lie = uncounted(size)
					}
					r := export(t, l, exporter.Options{})
					if r.err != nil || r.missing(l.ids) != nil || r.twice() != nil {
						t.Fatalf("error %v, missing %v, twice %v", r.err, r.missing(l.ids), r.twice())
					}
					want := make([]string, n)
					for i := range want {
						want[i] = fmt.Sprint(i + 1)
					}
					if !slices.Equal(r.ids, want) && n > 0 {
						t.Errorf("written %v, want the order of the list", r.ids)
					}
					if r.Contacts != n || r.Met != n || r.Repeats > size || r.Rereads+r.Appeared+r.Vanished > 0 || r.Pages != l.requests {
						t.Errorf("%+v of %d requests", *r.Summary, l.requests)
					}
					if most := n/size + 5; counted && l.requests > most {
						t.Errorf("%d requests, want at most %d", l.requests, most)
					}
				})
			}
		}
	}
}

// uncounted makes a list one that the vendor does not count.
func uncounted(size int) func(int, *crm.NumberedPage[growcrm.Contact]) error {
	return func(n int, p *crm.NumberedPage[growcrm.Contact]) error {
		p.Total, p.Last = -1, n
		if len(p.Items) == size {
			p.Last = n + 1
		}
		return nil
	}
}

// lists is how many lists churn is tried with: fewer under -short, which is for races.
func lists(n uint64) uint64 {
	if testing.Short() {
		return n / 10
	}
	return n
}

// churn exports lists of many sizes that change at random between requests: who was there throughout is written once,
// unless the export says that it is incomplete. vary makes a list special, says what else changes in it, and queries it.
func churn(t *testing.T, runs, stream uint64, calm int, vary func(rng *rand.Rand, seed uint64, l *list) (change func(), q crm.Query)) (again, failed uint64) {
	t.Helper()
	for seed := range runs {
		rng := rand.New(rand.NewPCG(seed, stream))
		size := 1 + rng.IntN(10)
		l := newList(rng.IntN(8*size), size)
		next, often := int64(100000), 1+rng.IntN(calm)
		change, q := vary(rng, seed, l)
		throughout := slices.Clone(l.ids)
		l.at = func(l *list, _ int) {
			if rng.IntN(often) > 0 {
				return
			}
			if rng.IntN(2) == 0 && len(l.ids) > 0 {
				id := l.ids[rng.IntN(len(l.ids))]
				l.remove(id)
				throughout = slices.DeleteFunc(throughout, func(other int64) bool { return other == id })
			}
			if rng.IntN(2) == 0 {
				next++
				l.add(next)
			}
			change()
		}
		r := export(t, l, exporter.Options{Workers: 1 + rng.IntN(8), Query: q})
		if r.twice() != nil {
			t.Fatalf("seed %d: twice %v", seed, r.twice())
		}
		again += uint64(min(r.Rereads, 1))
		if r.err != nil {
			r.incomplete(t)
			failed++
			continue
		}
		if missing := r.missing(throughout); missing != nil {
			t.Fatalf("seed %d: missing %v, %+v", seed, missing, *r.Summary)
		}
	}
	t.Logf("%d of %d lists were read again, %d could not be shown to be complete", again, runs, failed)
	return again, failed
}

func TestChurnInMemory(t *testing.T) {
	runs := lists(3000)
	again, failed := churn(t, runs, 7, 12, func(_ *rand.Rand, seed uint64, l *list) (func(), crm.Query) {
		if seed%5 == 0 {
			l.lie = uncounted(l.size)
		}
		return func() {}, crm.Query{}
	})
	if failed > runs/20 || again < runs/10 {
		t.Error("too many exports are incomplete, or too few lists were read again to tell")
	}
}

// TestSortedChurn does the same with an order in which contacts are made and renamed in the middle.
func TestSortedChurn(t *testing.T) {
	runs := lists(2000)
	again, failed := churn(t, runs, 11, 40, func(rng *rand.Rand, _ uint64, l *list) (func(), crm.Query) {
		salt := int64(rng.IntN(1000))
		name := func(id int64) int64 { return (id*7919 + salt*id) % 1009 }
		l.sortBy = func(a, b int64) int { return int(name(a) - name(b)) }
		rename := func() {
			if rng.IntN(3) == 0 {
				salt++
			}
		}
		return rename, crm.Query{Filters: []crm.Filter{{Name: "sort", Values: []string{"name"}}}}
	})
	if failed > runs/4 || again < runs/10 {
		t.Error("too many exports are incomplete, or too few lists were read again to tell")
	}
}

func TestSortedQuiet(t *testing.T) {
	l := newList(95, 10)
	l.sortBy = func(a, b int64) int { return int(b - a) }
	r := export(t, l, exporter.Options{Query: crm.Query{Filters: []crm.Filter{{Name: "sort", Values: []string{"name"}}}}})
	if r.err != nil || len(r.ids) != 95 || r.ids[0] != "95" || r.ids[94] != "1" || r.Contacts != 95 {
		t.Errorf("error %v, %+v, written %v", r.err, *r.Summary, r.ids)
	}
}

func TestDeletedMeanwhile(t *testing.T) {
	l := newList(100, 10)
	l.lie = func(n int, _ *crm.NumberedPage[growcrm.Contact]) error {
		if n == 8 {
			l.remove(1) // page 1 has been read by then
		}
		return nil
	}
	r := export(t, l, exporter.Options{Workers: 1})
	if r.err != nil || r.missing(l.ids) != nil {
		t.Fatalf("error %v, missing %v", r.err, r.missing(l.ids))
	}
	if r.Rereads != 1 || r.Vanished != 1 || r.Appeared != 0 || r.Contacts != 100 || len(r.watch.again) != 1 {
		t.Errorf("%+v, again %q", *r.Summary, r.watch.again)
	}
}

func TestMadeMeanwhile(t *testing.T) {
	l := newList(100, 10)
	l.at = func(l *list, request int) {
		if request == 6 {
			l.add(1000)
		}
	}
	r := export(t, l, exporter.Options{Workers: 1})
	if r.err != nil || r.Rereads != 0 || r.Appeared != 1 || r.Vanished != 0 || r.Contacts != 101 {
		t.Errorf("error %v, %+v", r.err, *r.Summary)
	}
}

// TestLies: what the vendor counts and what it lists do not fit together.
func TestLies(t *testing.T) {
	tests := []struct {
		name string
		n    int
		lie  func(n int, p *crm.NumberedPage[growcrm.Contact]) error
		want string
	}{
		{"counts one more", 95, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total++; return nil },
			"95 different contacts found, the vendor counts 96"},
		{"counts one more than full pages", 100, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total++; p.Last = 11; return nil },
			"100 different contacts found, the vendor counts 101"},
		{"counts far more", 100, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total, p.Last = 100000, 10000; return nil },
			"100 different contacts found, the vendor counts 100000"},
		{"counts one less", 95, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total--; return nil }, "95 different contacts found, the vendor counts 94"},
		{"counts full pages only", 95, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total, p.Last = 30, 3; return nil },
			"95 different contacts found, the vendor counts 30"},
		{"a short list counts more", 5, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total = 7; return nil },
			"5 different contacts found, the vendor counts 7"},
		{"an empty list counts some", 0, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total = 7; return nil },
			"0 different contacts found, the vendor counts 7"},
		{"the first page for ever", 100, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error {
			p.Items = newPage(1, 10)
			return nil
		}, "hold the same contacts"},
		{"a later page for ever", 100, func(n int, p *crm.NumberedPage[growcrm.Contact]) error {
			p.Items = newPage(min(n, 4), 10)
			return nil
		}, "hold the same contacts"},
		{"the first page for ever, not counted", 100, func(n int, p *crm.NumberedPage[growcrm.Contact]) error {
			p.Items, p.Total, p.Last = newPage(1, 10), -1, n+1
			return nil
		}, "hold the same contacts"},
		{"no ids", 5, func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Items[3].ID = 0; return nil }, "number 4 of page 1 has no id"},
		{"a page lacks a contact", 95, func(n int, p *crm.NumberedPage[growcrm.Contact]) error {
			if n == 4 {
				p.Items = p.Items[1:]
			}
			return nil
		}, "94 different contacts found, the vendor counts 95"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := newList(test.n, 10)
			l.lie = test.lie
			r := export(t, l, exporter.Options{})
			if e := r.incomplete(t); !strings.Contains(e.Reason, test.want) {
				t.Errorf("reason %q, want %q", e.Reason, test.want)
			}
			if l.requests > 250 {
				t.Errorf("%d requests", l.requests)
			}
			t.Log(r.err, l.requests)
		})
	}
}

func newPage(n, size int) []growcrm.Contact {
	items := make([]growcrm.Contact, size)
	for i := range items {
		items[i].ID = int64((n-1)*size + i + 1)
	}
	return items
}

// TestClampedPages: some servers answer a page behind the last one with the last one.
func TestClampedPages(t *testing.T) {
	for _, n := range []int{30, 35, 100} {
		l := newList(n, 10)
		l.lie = func(page int, p *crm.NumberedPage[growcrm.Contact]) error {
			if page > p.Last {
				p.Items = newPage(p.Last, n-10*(p.Last-1))
			}
			return nil
		}
		if r := export(t, l, exporter.Options{}); r.err != nil || r.Contacts != n {
			t.Errorf("%d contacts: error %v, %+v", n, r.err, *r.Summary)
		}
	}
}

// TestSmallerPages: the vendor gives fewer contacts on a page than were asked for.
func TestSmallerPages(t *testing.T) {
	l := newList(47, 5)
	if r := export(t, smaller{l}, exporter.Options{}); r.err != nil || r.Contacts != 47 {
		t.Errorf("error %v, %+v", r.err, *r.Summary)
	}
}

type smaller struct{ *list }

func (smaller) Traits() crm.Traits { return crm.Traits{PageSize: 10} }

func TestErrorsAreReturned(t *testing.T) {
	broken := &crm.Error{Op: "list contacts", Class: crm.Unauthorized, Code: "unauthorized", Message: "no"}
	l := newList(100, 10)
	l.lie = func(n int, _ *crm.NumberedPage[growcrm.Contact]) error {
		if n == 5 {
			return broken
		}
		return nil
	}
	r := export(t, l, exporter.Options{})
	if !errors.Is(r.err, broken) || !strings.Contains(r.err.Error(), "read page 5 of contacts: ") {
		t.Errorf("error %v", r.err)
	}
	full := errors.New("disk full")
	r = exportTo(t, newList(100, 10), exporter.Options{Workers: 4}, &result{sink: sink{fail: full}})
	if !errors.Is(r.err, full) {
		t.Errorf("error %v, want that of the sink", r.err)
	}
}

func TestLimit(t *testing.T) {
	tests := []struct {
		limit, written, requests int
		limited                  bool
	}{
		{1, 1, 1, true}, {10, 10, 2, true}, {15, 15, 2, true}, {95, 95, 14, false}, {200, 95, 14, false}, {94, 94, 10, true},
	}
	for _, test := range tests {
		l := newList(95, 10)
		r := export(t, l, exporter.Options{Limit: test.limit, Workers: 1})
		if r.err != nil || r.Contacts != test.written || r.Limited != test.limited || l.requests > test.requests {
			t.Errorf("limit %d: error %v, %+v, %d requests", test.limit, r.err, *r.Summary, l.requests)
		}
		if r.ids[0] != "1" || r.ids[len(r.ids)-1] != fmt.Sprint(test.written) {
			t.Errorf("limit %d: %s to %s", test.limit, r.ids[0], r.ids[len(r.ids)-1])
		}
	}
}

// TestShortListsAreReadMoreOften: where the count of the vendor agrees with nothing for a while, a list of few pages is read
// again until it does, and one of many is given up.
func TestShortListsAreReadMoreOften(t *testing.T) {
	for pages, whole := range map[int]bool{2: true, 20: false} {
		l := newList(10*pages, 10)
		l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error {
			if l.requests < 25*pages {
				p.Total++
			}
			return nil
		}
		r := export(t, l, exporter.Options{})
		if whole && (r.err != nil || len(r.ids) != 10*pages) || !whole && !errors.Is(r.err, exporter.ErrIncomplete) {
			t.Errorf("%d pages: %d contacts after %d requests, %v", pages, len(r.ids), l.requests, r.err)
		}
	}
}
