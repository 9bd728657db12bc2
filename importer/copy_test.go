package importer_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/copied"
	"crmferry/importer/faults"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
)

// shelf holds the copies of all sessions of a run.
type shelf struct {
	f       *fake
	ids     []string // of contacts in copies that were committed
	files   int
	early   bool // a delete left before a copy was whole
	refuses error
}

// paper is a copy that is being written.
type paper struct {
	s   *shelf
	ids []string
}

func (s *shelf) start() (copied.Copies, error) {
	if s.refuses != nil {
		return nil, s.refuses
	}
	return &paper{s: s}, nil
}

func (p *paper) Write(cells []cell.Cell) error {
	if len(cells) < 5 {
		return fmt.Errorf("only %d cells", len(cells))
	}
	p.ids = append(p.ids, cells[0].String())
	return nil
}

func (p *paper) Commit() error {
	p.s.ids = append(p.s.ids, p.ids...)
	p.s.files++
	p.ids = nil
	return nil
}

func (p *paper) Abort() { p.ids = nil }

// watch fails a delete of what no copy holds.
func (s *shelf) watch(fail func(op string, n int) error) {
	s.f.fail = func(op string, n int) error {
		if op == "delete" && s.files == 0 {
			s.early = true
		}
		if fail == nil {
			return nil
		}
		return fail(op, n)
	}
}

// TestCopyFirst: every contact that goes is copied before the first of them goes, and nobody else is. Within two minutes it is
// not read again.
func TestCopyFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(600)
		s := &shelf{f: f}
		s.watch(nil)
		lines := []string{"row,outcome,key,id,action"}
		for i := range 600 {
			outcome, key := "created", fmt.Sprintf("known.%d@example.com", i)
			switch i % 100 {
			case 7:
				outcome = "updated"
			case 8:
				key = "stranger@example.com"
			}
			lines = append(lines, fmt.Sprintf("%d,%s,%s,%d,create", i+2, outcome, key, i+1))
		}
		lines = append(lines, "700,created,gone@example.com,9999,create")
		got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, lines...), importer.Options{Mode: modes.DeleteOnly, Copies: s.start})
		want := map[outcome.Outcome]int{outcome.Deleted: 588, outcome.Skipped: 6, outcome.Rejected: 6, outcome.Unchanged: 1}
		if diff := cmp.Diff(want, got.summary.Counts); got.err != nil || diff != "" {
			t.Fatalf("%v\n%s", got.err, diff)
		}
		if s.early || s.files != 1 || len(s.ids) != 588 || len(f.contacts) != 12 {
			t.Errorf("%d copied into %d files, early: %v; %d contacts are left", len(s.ids), s.files, s.early, len(f.contacts))
		}
		if finds := f.calls["find"]; finds > 601+1+6 { // all of them, the first, and those that are somebody else's once more
			t.Errorf("%d look-ups", finds)
		}
	})
}

// TestCopyOfWhatChanges: what was copied long ago is read again, and goes only if it is as it was copied.
func TestCopyOfWhatChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(5)
		s := &shelf{f: f}
		s.watch(func(op string, n int) error {
			if op == "delete" && n == 1 {
				f.contacts = f.contacts[:4] // somebody else deletes the fifth,
				f.contacts[2].FullName = "Renamed"
				time.Sleep(3 * time.Minute)
			}
			return nil
		})
		got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, ids(5)...), importer.Options{Mode: modes.DeleteOnly, Workers: 1, Copies: s.start})
		want := []string{"2 deleted", "3 deleted", "4 rejected not_copied", "5 deleted", "6 skipped not_found"}
		if diff := cmp.Diff(want, outcomesOf(got.results)); got.err != nil || diff != "" {
			t.Errorf("%v\n%s", got.err, diff)
		}
		if len(f.contacts) != 1 || len(s.ids) != 5 {
			t.Errorf("%d contacts are left, %d were copied", len(f.contacts), len(s.ids))
		}
	})
}

// TestNoCopyNoDelete: nothing goes that cannot be copied first.
func TestNoCopyNoDelete(t *testing.T) {
	f := newFake()
	f.seed(3)
	full := errors.New("the disk is full")
	got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, ids(3)...), importer.Options{Mode: modes.DeleteOnly, Copies: (&shelf{refuses: full}).start})
	var stop *faults.Stop
	if !errors.As(got.err, &stop) || stop.Sent || !errors.Is(got.err, full) || f.calls["delete"] != 0 {
		t.Errorf("%v after %v", got.err, f.calls)
	}
}

// TestCopyNeverLost: whatever fails and however often the run is stopped, whoever is gone stands in a copy.
func TestCopyNeverLost(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { copiesOn(t, rand.New(rand.NewPCG(seed, 12))) })
		})
	}
}

func copiesOn(t *testing.T, rnd *rand.Rand) {
	f := newFake()
	f.seed(40)
	f.delay = func() time.Duration { return time.Second }
	chance := rnd.IntN(30)
	s := &shelf{f: f}
	s.watch(func(op string, _ int) error {
		if rnd.IntN(100) >= chance {
			return nil
		}
		return []error{failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "bad gateway"}[op == "delete"]),
			failing(crm.Transient, 500, "not done"), failing(crm.RateLimited, 429, "slow down"), failing(crm.NothingSent, 0, "refused")}[rnd.IntN(4)]
	})
	path, journal := writeFile(t, ids(40)...), filepath.Join(t.TempDir(), "journal.jsonl")
	o := importer.Options{Workers: 4, Mode: modes.DeleteOnly, Copies: s.start}
	var got *faked
	for n := 0; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		if n < 5 {
			time.AfterFunc(time.Duration(1+rnd.IntN(25))*time.Second, cancel)
		} else {
			s.watch(nil)
		}
		got = session(t, ctx, deletes{finds: finds{creates: creates{f: f}}}, path, journal, o)
		cancel()
		if got.err == nil {
			break
		}
		if n == 6 {
			t.Fatal(got.err)
		}
	}
	slices.Sort(s.ids)
	if all := slices.Compact(slices.Clone(s.ids)); len(all) != 40 || len(s.ids) != 40 || len(f.contacts) != 0 || s.early {
		t.Errorf("%d of 40 copied, %d times; %d contacts are left; a delete left early: %v", len(all), len(s.ids), len(f.contacts), s.early)
	}
	if diff := cmp.Diff(map[outcome.Outcome]int{outcome.Deleted: 40}, got.summary.Counts); diff != "" {
		t.Error(diff)
	}
}

// TestCopyAnew: where an earlier session's copy is gone, what is left is copied again; else it is not.
func TestCopyAnew(t *testing.T) {
	for _, anew := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.seed(6)
			s := &shelf{f: f}
			path, journal := writeFile(t, ids(6)...), filepath.Join(t.TempDir(), "journal.jsonl")
			ctx, cancel := context.WithCancel(t.Context())
			s.watch(func(op string, n int) error {
				if op == "delete" && n == 3 {
					cancel()
				}
				return nil
			})
			o := importer.Options{Workers: 1, Mode: modes.DeleteOnly, Copies: s.start}
			if first := session(t, ctx, deletes{finds: finds{creates: creates{f: f}}}, path, journal, o); first.err == nil || len(s.ids) != 6 {
				t.Fatal(first.err, s.ids)
			}
			f.contacts[0].FullName = "Renamed" // between the sessions: it is copied once more
			left := len(f.contacts)
			o.CopyAnew = anew
			got := session(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, path, journal, o)
			want := 6 + 1
			if anew {
				want = 6 + left
			}
			if got.err != nil || len(s.ids) != want || len(f.contacts) != 0 || got.summary.Counts[outcome.Deleted] != 6 {
				t.Errorf("anew %v: %v, %d copied, want %d; %v", anew, got.err, len(s.ids), want, got.summary.Counts)
			}
		})
	}
}
