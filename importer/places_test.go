package importer_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// place is one request of a run, and what goes wrong there.
type place struct {
	op   string
	n    int // the n-th of its kind
	what string
}

// faultsAt are what may go wrong with one request, by what it is for.
func faultsAt(op string) []string {
	all := []string{"limit", "nothing sent", "refused", "forbidden", "wrong key", "a web page", "killed before"}
	if op == "create" || op == "update" {
		return append(all, "lost, not done", "lost, done", "killed after")
	}
	return append(all, "fails")
}

func (p place) err() error {
	switch p.what {
	case "limit":
		return failing(crm.RateLimited, 429, "slow down")
	case "nothing sent":
		return failing(crm.NothingSent, 0, "connection refused")
	case "refused":
		return failing(crm.Permanent, 422, "no")
	case "forbidden":
		return failing(crm.Forbidden, 403, "not you")
	case "wrong key":
		return failing(crm.Unauthorized, 401, "who is it")
	case "a web page":
		return failing(crm.WrongServer, 302, "a web page")
	case "fails":
		return failing(crm.Transient, 502, "bad gateway")
	case "lost, not done":
		return failing(crm.Ambiguous, 502, "bad gateway")
	case "lost, done", "killed after":
		return failing(crm.Ambiguous, 502, doneAllTheSame)
	}
	return context.Canceled
}

// TestEachPlace: whatever goes wrong with the first, the second or the last request of its kind, and wherever a run is killed,
// it ends (resumed, if it was stopped) with one outcome a row that is true of the vendor, no contact twice, and nothing unknown
// where look-ups tell.
func TestEachPlace(t *testing.T) {
	vendors := map[string]func(*fake) crm.Creator[cloverhound.Contact]{
		"by itself": func(f *fake) crm.Creator[cloverhound.Contact] { return finds{creates: creates{f: f}} },
		"in batches": func(f *fake) crm.Creator[cloverhound.Contact] {
			f.traits.FindBatch = 3
			return finds{creates: creates{f: f}}
		},
		"listed": func(f *fake) crm.Creator[cloverhound.Contact] { return lists{creates: creates{f: f}} },
		"by token": func(f *fake) crm.Creator[cloverhound.Contact] {
			f.traits.Idempotent, f.traits.CreateUpserts = true, true
			return creates{f: f}
		},
		"blind": func(f *fake) crm.Creator[cloverhound.Contact] { return creates{f: f} },
	}
	first := func(times int) []int { return slices.Compact([]int{1, min(2, times), times}) }
	if testing.Short() { // what goes on at a time is the same at the second and at the last
		first = func(int) []int { return []int{1} }
	}
	for title, show := range vendors {
		t.Run(title, func(t *testing.T) {
			var sound map[string]int
			synctest.Test(t, func(t *testing.T) { sound = eachPlace(t, show, place{}) })
			for op, times := range sound {
				for _, n := range first(times) {
					for _, what := range faultsAt(op) {
						p := place{op, n, what}
						t.Run(fmt.Sprint(op, n, what), func(t *testing.T) {
							t.Parallel() // they wait for the disk
							synctest.Test(t, func(t *testing.T) { eachPlace(t, show, p) })
						})
					}
				}
			}
		})
	}
}

// eachPlace runs an import in which one thing goes wrong, and returns how many requests of each kind it took.
func eachPlace(t *testing.T, show func(*fake) crm.Creator[cloverhound.Contact], p place) map[string]int {
	f := newFake()
	vendor := show(f)
	looksUp := len(f.contactsOf(vendor)) > 0
	if looksUp {
		f.seed(3)
	}
	f.delay = func() time.Duration { return time.Second }
	dir := t.TempDir()
	path, journal, killed := writeFile(t, placeRows(looksUp)...), filepath.Join(dir, "journal.jsonl"), filepath.Join(dir, "killed.jsonl")
	ctx, cancel := context.WithCancel(t.Context())
	dead := false
	f.fail = func(op string, n int) error {
		switch {
		case dead:
			return context.Canceled
		case op != p.op || n != p.n:
			return nil
		case p.what == "killed before", p.what == "killed after":
			copyFile(t, journal, killed)
			dead = true
			cancel()
		}
		return p.err()
	}
	o := importer.Options{Workers: 1}
	got := session(t, ctx, vendor, path, journal, o)
	if dead {
		f.fail, journal = nil, killed
	}
	calls := f.calls
	for try := 0; got.err != nil || dead; try++ {
		if try == 3 {
			t.Fatalf("%v: %v", p, got.err)
		}
		dead = false
		got = session(t, t.Context(), vendor, path, journal, o)
	}
	f.truthful(t, p, got, looksUp)
	return calls
}

// contactsOf says by which requests a vendor can be asked for contacts.
func (f *fake) contactsOf(vendor crm.Creator[cloverhound.Contact]) (by []string) {
	if _, ok := vendor.(crm.Finder[cloverhound.Contact]); ok {
		by = append(by, "find")
	}
	if _, ok := vendor.(crm.Lister[cloverhound.Contact]); ok {
		by = append(by, "list")
	}
	return by
}

// placeRows are newcomers, a row that breaks a rule, one that repeats another, and, if they can be looked up, people who are known.
func placeRows(known bool) []string {
	lines := append(people(0, 3), "Bad,not an address", "New 1,new.1@example.com")
	if known {
		lines = append(lines, "Changed 0,known.0@example.com", "Known 1,known.1@example.com", "Changed 2,known.2@example.com")
	}
	return lines
}

// truthful fails if a report says what is not so at the vendor.
func (f *fake) truthful(t *testing.T, p place, got *faked, looksUp bool) {
	t.Helper()
	f.noneTwice(t)
	names := map[string]string{}
	for _, c := range f.contacts {
		names[c.Email] = c.FullName
	}
	lines := placeRows(looksUp)[1:]
	if len(got.results) != len(lines) || got.summary.Open != 0 {
		t.Fatalf("%d rows of %d, %d are open", len(got.results), len(lines), got.summary.Open)
	}
	for i, res := range got.results {
		is := fmt.Sprintf("%s,%s", names[res.Key], res.Key) == lines[i]
		was := i == 6 // it is as the row says from the start
		switch o := res.Outcome; {
		case o == outcome.Rejected || o == outcome.Skipped:
			if i != 3 && i != 4 {
				t.Errorf("row %d: %s", res.Row, o)
			}
		case o == outcome.Unknown && (looksUp || f.traits.Idempotent):
			t.Errorf("row %d is unknown: %s", res.Row, res.Message())
		case o == outcome.Failed && (is && !was || p.what != "refused" && p.what != "forbidden"), o != outcome.Failed && o != outcome.Unknown && !is:
			t.Errorf("row %d: %s (%s), and the vendor has %q", res.Row, o, res.Message(), names[res.Key])
		}
	}
	if n := got.summary.Counts[outcome.Unknown] + got.summary.Counts[outcome.Failed]; n > 3 {
		t.Errorf("one fault costs %d rows", n)
	}
}
