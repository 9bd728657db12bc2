package importer_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// TestOrderOfReport: whenever rows finish, the report has them in the order of the file, each once, and no more
// requests are in flight than there are workers.
func TestOrderOfReport(t *testing.T) {
	for round := range 10 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rnd, f := random(t), newFake()
				f.seed(50)
				f.delay = func() time.Duration { return rand.N(10 * time.Second) }
				lines := people(0, 300)
				lines = append(lines, known(50, func(i int) bool { return i%2 == 0 })[1:]...)
				lines = append(lines, "No Address,nobody", "", "New 1,new.1@example.com", "Other 1,new.1@example.com")
				rnd.Shuffle(len(lines)-1, func(i, j int) { lines[1+i], lines[1+j] = lines[1+j], lines[1+i] })
				workers := 1 + rnd.IntN(30)
				got := importInto(t, t.Context(), f, writeFile(t, lines...), importer.Options{Workers: workers})
				if got.err != nil {
					t.Fatal(got.err)
				}
				var rows []int
				for _, r := range got.results {
					rows = append(rows, r.Row)
				}
				if len(rows) != 353 || !slices.IsSorted(rows) || len(slices.Compact(rows)) != 353 {
					t.Errorf("%d rows in the report, sorted: %v", len(got.results), slices.IsSorted(rows))
				}
				if f.mostBusy > workers || got.summary.Reached() != 353 {
					t.Errorf("%d writes in flight of %d workers; %d rows counted", f.mostBusy, workers, got.summary.Reached())
				}
				if last := got.left[len(got.left)-1]; last != 0 {
					t.Errorf("%d requests are left at the end", last)
				}
				f.noneTwice(t)
			})
		})
	}
}

func failing(class crm.Class, status int, message string) *crm.Error {
	return &crm.Error{Op: "test", Class: class, Code: crm.CodeServer, Message: message, Meta: crm.Meta{Status: status}}
}

// TestRepetitions: what is sent again, how often, and what becomes of the row in the end.
func TestRepetitions(t *testing.T) {
	tests := []struct {
		title      string
		op         string
		err        *crm.Error
		times      int // that it fails
		idempotent bool
		calls      int
		outcome    outcome.Outcome
		code       string
	}{
		{"update fails for a while", "update", failing(crm.Transient, 502, "bad gateway"), 7, false, 8, outcome.Updated, ""},
		{"update fails", "update", failing(crm.Transient, 502, "bad gateway"), 99, false, 8, outcome.Unknown, crm.CodeUnverified},
		{"repeatable update lost", "update", failing(crm.Ambiguous, 0, "connection reset"), 99, false, 8, outcome.Unknown, crm.CodeUnverified},
		{"create lost", "create", failing(crm.Ambiguous, 0, doneAllTheSame), 99, false, 1, outcome.Created, ""},
		{"create cut by the server for a while", "create", failing(crm.Ambiguous, 500, "oops"), 3, false, 4, outcome.Created, ""},
		{"create cut by the server", "create", failing(crm.Ambiguous, 500, "oops"), 99, false, 8, outcome.Failed, crm.CodeServer},
		{"idempotent create lost", "create", failing(crm.Ambiguous, 0, doneAllTheSame), 3, true, 4, outcome.Created, ""},
		{"idempotent create lost for good", "create", failing(crm.Ambiguous, 0, doneAllTheSame), 99, true, 8, outcome.Created, ""},
		{"idempotent create cut by the server", "create", failing(crm.Ambiguous, 500, "oops"), 99, true, 8, outcome.Failed, crm.CodeServer},
		{"create refused by the limit", "create", failing(crm.RateLimited, 429, "slow down"), 12, false, 13, outcome.Created, ""},
		{"update refused by the limit", "update", failing(crm.RateLimited, 429, "slow down"), 12, false, 13, outcome.Updated, ""},
		{"create refused", "create", failing(crm.Permanent, 422, "no"), 99, false, 1, outcome.Failed, crm.CodeServer},
		{"look-up fails for a while", "find", failing(crm.Transient, 503, "busy"), 2, false, 3, outcome.Created, ""},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.seed(1)
				f.traits.Idempotent = tt.idempotent
				f.fail = func(op string, n int) error {
					if op == tt.op && n <= tt.times {
						return tt.err
					}
					return nil
				}
				lines := people(0, 1)
				if tt.op == "update" {
					lines = known(1, func(int) bool { return true })
				}
				got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, lines...), importer.Options{})
				if got.err != nil {
					t.Fatal(got.err)
				}
				if r := got.results[0]; r.Outcome != tt.outcome || r.Codes() != tt.code || f.calls[tt.op] != tt.calls {
					t.Errorf("%s, %q after %d calls; want %s, %q after %d", r.Outcome, r.Codes(), f.calls[tt.op], tt.outcome, tt.code, tt.calls)
				}
				f.noneTwice(t)
			})
		})
	}
}

// TestOutage: a vendor that cannot be reached in the middle of a run is waited for, up to 15 minutes; no row is lost.
func TestOutage(t *testing.T) {
	for _, outage := range []time.Duration{5 * time.Minute, 40 * time.Minute} {
		t.Run(outage.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, start := newFake(), time.Now()
				f.delay = func() time.Duration { return time.Second }
				f.fail = func(string, int) error {
					if since := time.Since(start); since > 10*time.Second && since < 10*time.Second+outage {
						return failing(crm.NothingSent, 0, "connection refused")
					}
					return nil
				}
				got := importInto(t, t.Context(), creates{f: f}, writeFile(t, people(0, 200)...), importer.Options{})
				f.noneTwice(t)
				if len(f.contacts) != got.summary.Counts[outcome.Created] {
					t.Errorf("%d contacts, %d reported", len(f.contacts), got.summary.Counts[outcome.Created])
				}
				var stop *faults.Stop
				switch {
				case outage < 15*time.Minute && (got.err != nil || len(f.contacts) != 200):
					t.Errorf("%d contacts, %v", len(f.contacts), got.err)
				case outage > 15*time.Minute && (!errors.As(got.err, &stop) || !stop.Sent || got.summary.Reached() != got.summary.Counts[outcome.Created]):
					t.Errorf("%v, %v", got.err, got.summary.Counts)
				case outage > 15*time.Minute && (time.Since(start) < 15*time.Minute || time.Since(start) > 17*time.Minute):
					t.Errorf("given up after %v", time.Since(start))
				}
			})
		})
	}
}

// TestStopped: whenever a run is told to stop, what was sent is in its report, and nothing else is.
func TestStopped(t *testing.T) {
	for _, after := range []time.Duration{0, time.Second, 7 * time.Second, 30 * time.Second, time.Hour} {
		for _, workers := range []int{1, 7} {
			t.Run(fmt.Sprint(after, workers), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					f := newFake()
					f.delay = func() time.Duration { return rand.N(time.Second) }
					ctx, cancel := context.WithCancelCause(t.Context())
					stopped := errors.New("told to stop")
					path := writeFile(t, people(0, 200)...)
					if after == 0 {
						after = time.Nanosecond // after the file was read
					}
					time.AfterFunc(after, func() { cancel(stopped) })
					got := importInto(t, ctx, creates{f: f}, path, importer.Options{Workers: workers})
					if got.summary == nil {
						if len(f.contacts) > 0 {
							t.Errorf("%d contacts and no summary: %v", len(f.contacts), got.err)
						}
						return
					}
					var reported []string
					for _, r := range got.results {
						if r.Outcome != outcome.Created {
							t.Errorf("row %d: %s %s", r.Row, r.Outcome, r.Message())
						}
						reported = append(reported, r.Key)
					}
					var made []string
					for _, c := range f.contacts {
						made = append(made, c.Email)
					}
					slices.Sort(made)
					slices.Sort(reported)
					if diff := cmp.Diff(made, reported); diff != "" {
						t.Errorf("made (-), reported (+):\n%s", diff)
					}
					if len(made) < 200 && !errors.Is(got.err, stopped) || len(made) == 200 && got.err != nil {
						t.Errorf("%d contacts, error %v", len(made), got.err)
					}
				})
			})
		}
	}
}

// TestFewestRequests: looking up costs no more requests than the better way plus one page, where the vendor tells how
// many contacts it has; where it does not, no more than half as many again as looking all up.
func TestFewestRequests(t *testing.T) {
	for round := range 60 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rnd := rand.New(rand.NewPCG(uint64(round), 3))
				f := newFake()
				f.total = rnd.IntN(2) == 0
				f.traits.PageSize, f.traits.FindBatch = 1+rnd.IntN(50), 1+rnd.IntN(30)
				f.seed(rnd.IntN(600))
				rows := 1 + rnd.IntN(400)
				lines := known(min(rows, len(f.contacts)), nil)
				lines = append(lines, people(0, rows)[len(lines):]...)
				got := importInto(t, t.Context(), f, writeFile(t, lines...), importer.Options{DryRun: true})
				if got.err != nil {
					t.Fatal(got.err)
				}
				pages := max((len(f.contacts)+f.traits.PageSize-1)/f.traits.PageSize, 1)
				finds := (rows + f.traits.FindBatch - 1) / f.traits.FindBatch
				most := min(pages, finds) + 1
				if !f.total {
					most = pages + 1
					if len(f.contacts)/f.traits.PageSize >= finds/2 {
						most = finds + finds/2 + 2
					}
				}
				if n := f.calls["find"] + f.calls["list"]; n > most {
					t.Errorf("%d requests (%v), want at most %d: %d pages or %d look-ups, total told: %v", n, f.calls, most, pages, finds, f.total)
				}
				if f.calls["create"]+f.calls["update"] > 0 || got.summary.Actions[outcome.ActionCreate] != rows-min(rows, len(f.contacts)) {
					t.Errorf("calls %v, actions %v", f.calls, got.summary.Actions)
				}
			})
		})
	}
}

// TestForecast: the number of requests that are still to come is never negative, never above the plan, and is right
// within a tenth once a third of the rows is done.
func TestForecast(t *testing.T) {
	shares := []int{1, 2, 5, 1000} // every n-th row changes something
	if testing.Short() {
		shares = shares[1:2]
	}
	for _, share := range shares {
		t.Run(fmt.Sprint(share), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.seed(3000)
				f.delay = func() time.Duration { return time.Second }
				got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, known(900, func(i int) bool { return i%share == 0 })...), importer.Options{})
				if got.err != nil {
					t.Fatal(got.err)
				}
				total := f.calls["find"] + f.calls["update"]
				if got.plan.Requests() != 1800 {
					t.Errorf("planned %d requests, want 1800 at most", got.plan.Requests())
				}
				for i, left := range got.left {
					if left < 0 || left > got.plan.Requests() {
						t.Fatalf("after %d rows %d requests are left", i+1, left)
					}
					real := total * (900 - i - 1) / 900
					if i >= 300 && (left < real-total/10-20 || left > real+total/10+20) {
						t.Fatalf("after %d rows %d requests are left, really %d", i+1, left, real)
					}
				}
			})
		})
	}
}

// TestReadAgain: what was read more than two minutes ago is read again before it decides a write.
func TestReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(40)
		f.traits.PageSize, f.traits.FindBatch = 100, 1
		f.delay = func() time.Duration { return 10 * time.Second }
		changed := false
		f.fail = func(op string, _ int) error { // somebody else changes the last contact meanwhile
			if op == "update" && !changed {
				changed = true
				f.mu.Lock()
				f.contacts[39].FullName = "Changed 39"
				f.mu.Unlock()
			}
			return nil
		}
		got := importInto(t, t.Context(), f, writeFile(t, known(40, func(int) bool { return true })...), importer.Options{Workers: 1})
		if got.err != nil {
			t.Fatal(got.err)
		}
		if f.calls["find"] < 20 {
			t.Errorf("%d contacts were read again", f.calls["find"])
		}
		if r := got.results[39]; r.Outcome != outcome.Unchanged {
			t.Errorf("the contact that somebody else changed just so is %s", r.Outcome)
		}
	})
}

// TestDuplicatesByOracle compares what is said of repeated keys with the rule put as simply as it can be.
func TestDuplicatesByOracle(t *testing.T) {
	for round := range 30 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			rnd, f := rand.New(rand.NewPCG(uint64(round), 4)), newFake()
			lines, first, want := []string{"Full name,Email"}, map[string]string{}, []string{}
			for i := range 80 {
				name, email := fmt.Sprintf("Name %d", rnd.IntN(3)), fmt.Sprintf("p%d@example.com", rnd.IntN(30))
				shown := []string{email, strings.ToUpper(email), " " + email + " "}[rnd.IntN(3)]
				if rnd.IntN(10) == 0 {
					shown, email = "not an address", ""
				}
				lines = append(lines, name+","+shown)
				came := outcome.Created
				switch said, repeats := first[email]; {
				case email == "":
					came = outcome.Rejected
				case !repeats:
					first[email] = name
				case said == name:
					came = outcome.Skipped
				default:
					came = outcome.Rejected
				}
				want = append(want, fmt.Sprint(i+2, came))
			}
			got := importInto(t, t.Context(), creates{f: f}, writeFile(t, lines...), importer.Options{})
			var have []string
			for _, r := range got.results {
				have = append(have, fmt.Sprint(r.Row, r.Outcome))
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Error(diff)
			}
			f.noneTwice(t)
		})
	}
}

// TestDefault: a default fills what neither a row nor its contact has, and says nothing against an earlier row.
func TestDefault(t *testing.T) {
	f := newFake()
	f.seed(2)
	f.contacts[1].FullName = ""
	path := writeFile(t, "Full name,Email", ",known.0@example.com", ",known.1@example.com", ",new@example.com", "Noor Berg,new.too@example.com", ",new.too@example.com")
	got := importInto(t, t.Context(), f, path, importer.Options{Match: mapping.MatchOptions{Default: []string{"full_name=Nobody"}}})
	if got.err != nil {
		t.Fatal(got.err)
	}
	want := []string{"2 unchanged", "3 updated", "4 created", "5 created", "6 skipped duplicate_in_file"}
	if diff := cmp.Diff(want, outcomesOf(got.results)); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, c := range f.contacts {
		names = append(names, c.FullName)
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"Known 0", "Nobody", "Nobody", "Noor Berg"}, names); diff != "" {
		t.Error(diff)
	}
}
