package exporter_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
)

// orders are some that a vendor may list in without saying so; salt changes the last one.
func orders(salt *int64) map[string]func(a, b int64) int {
	return map[string]func(a, b int64) int{
		"created": func(a, b int64) int { return int(a - b) },
		"newest":  func(a, b int64) int { return int(b - a) },
		"name":    func(a, b int64) int { return int(a*7919%1009 - b*7919%1009) },
		"renamed": func(a, b int64) int { return int((a*7919+*salt*a)%1009 - (b*7919+*salt*b)%1009) },
	}
}

// TestUnorderedChurn: in whatever order a list comes, who was there throughout is written once, or the export says that
// this is not proven.
func TestUnorderedChurn(t *testing.T) {
	for name, most := range map[string]uint64{"created": 10, "newest": 250, "name": 250, "renamed": 250} {
		t.Run(name, func(t *testing.T) {
			const runs = 500
			_, failed := churn(t, runs, 13, 100, func(rng *rand.Rand, seed uint64, l *list) (func(), crm.Query) {
				salt := int64(rng.IntN(1000))
				l.traits.Unordered, l.sortBy = true, orders(&salt)[name]
				if seed%3 > 0 {
					l.lie = uncounted(l.size)
				}
				rename := func() {
					if rng.IntN(3) == 0 {
						salt++
					}
				}
				return rename, crm.Query{}
			})
			if failed > most {
				t.Errorf("%d of %d exports are not proven, want at most %d", failed, runs, most)
			}
		})
	}
}

// TestUnorderedQuiet: a list that nobody changes is read twice, whatever its order.
func TestUnorderedQuiet(t *testing.T) {
	for name, order := range orders(new(int64)) {
		for _, n := range []int{0, 1, 9, 10, 11, 95, 100} {
			t.Run(fmt.Sprint(name, n), func(t *testing.T) {
				l := newList(n, 10)
				l.traits.Unordered, l.sortBy, l.lie = true, order, uncounted(10)
				r := export(t, l, exporter.Options{})
				if r.err != nil || r.missing(l.ids) != nil || r.twice() != nil || r.Rereads != 0 {
					t.Fatalf("error %v, missing %v, twice %v, %+v", r.err, r.missing(l.ids), r.twice(), *r.Summary)
				}
				if most := 2*n/10 + 13; l.requests > most {
					t.Errorf("%d requests, want at most %d", l.requests, most)
				}
			})
		}
	}
}

// TestUnproven: what cannot be proven is an error, or is written and said, as is asked for.
func TestUnproven(t *testing.T) {
	shuffled := func() *list {
		l := newList(100, 10)
		rng := rand.New(rand.NewPCG(1, 1))
		l.traits.Unordered, l.lie = true, uncounted(10)
		l.at = func(l *list, _ int) {
			l.ids = slices.Clone(l.ids)
			rng.Shuffle(len(l.ids), func(i, j int) { l.ids[i], l.ids[j] = l.ids[j], l.ids[i] })
		}
		return l
	}
	miscounted := func() *list {
		l := newList(95, 10)
		l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total++; return nil }
		return l
	}
	for name, make := range map[string]func() *list{"shuffled": shuffled, "miscounted": miscounted} {
		if e := export(t, make(), exporter.Options{}).incomplete(t); !e.Unproven {
			t.Errorf("%s: %v is not said to be a matter of proof", name, e)
		}
		r := export(t, make(), exporter.Options{AllowUnproven: true})
		if r.err != nil || len(r.Unproven) != 1 || !strings.Contains(r.Unproven[0], "could not be shown to be complete") || r.twice() != nil {
			t.Errorf("%s: error %v, %+v", name, r.err, *r.Summary)
		}
	}
	if e := export(t, repeating(), exporter.Options{AllowUnproven: true}).incomplete(t); e.Unproven {
		t.Errorf("a list that goes round is taken as it is: %v", e)
	}
}

// repeating is a list whose pages are all the first one.
func repeating() *list {
	l := newList(100, 10)
	l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Items = newPage(1, 10); return nil }
	return l
}

// TestSandboxListOrders: the same with Cloverhound in the sandbox, whose documentation tells of no order.
func TestSandboxListOrders(t *testing.T) {
	for _, order := range sandbox.ListOrders() {
		for _, every := range []int{2, 200} {
			t.Run(fmt.Sprint(order, every), func(t *testing.T) {
				t.Parallel()
				o := sandbox.Options{Contacts: 900, Churn: every, ListOrder: order, Seed: rand.Int64()}
				t.Logf("seed %d", o.Seed)
				a := newAccount(t, "cloverhound", o)
				before := a.sandbox.IDs("cloverhound")
				got := a.export(t, exporter.Options{})
				if unproven := got.err != nil; unproven != (order != "created" && every == 2) {
					t.Errorf("error %v", got.err)
				}
				a.wantAll(t, before, got)
			})
		}
	}
}
