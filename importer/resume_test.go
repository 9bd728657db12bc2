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
	"crmferry/importer/faults"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/state"
)

// session is one run, or one more session of it, with a journal.
func session(t *testing.T, ctx context.Context, vendor crm.Creator[cloverhound.Contact], path, journalPath string, o importer.Options) *faked {
	t.Helper()
	j, err := journal.Open(journalPath)
	if err != nil {
		t.Fatal(err)
	}
	o.Journal, o.Keep = j, journalPath+".rows"
	got := importInto(t, ctx, vendor, path, o)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestResume: a run that is stopped again and again, while answers are lost and requests fail, ends with every contact
// once and every row created, and its journal says the same as its report.
func TestResume(t *testing.T) {
	seeds := uint64(8)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		for _, idempotent := range []bool{false, true} {
			t.Run(fmt.Sprint(seed, idempotent), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { resumes(t, rand.New(rand.NewPCG(seed, 7)), idempotent) })
			})
		}
	}
}

func resumes(t *testing.T, rnd *rand.Rand, idempotent bool) {
	f := newFake()
	f.traits.Idempotent = idempotent
	f.delay = func() time.Duration { return time.Second }
	chance := rnd.IntN(50)
	f.fail = func(op string, _ int) error {
		if rnd.IntN(100) >= chance {
			return nil
		}
		switch rnd.IntN(5) {
		case 4:
			return failing(crm.WrongServer, 302, map[bool]string{true: doneAllTheSame, false: "a web page"}[op == "create"])
		case 0:
			if op == "create" {
				return failing(crm.Ambiguous, 502, doneAllTheSame)
			}
			return failing(crm.Transient, 502, "bad gateway")
		case 1:
			if op == "create" {
				return failing(crm.Ambiguous, 500, "not done")
			}
			return failing(crm.Transient, 500, "oops")
		case 2:
			return failing(crm.RateLimited, 429, "slow down")
		}
		return failing(crm.NothingSent, 0, "connection refused")
	}
	path, journalPath := writeFile(t, people(0, 60)...), filepath.Join(t.TempDir(), "journal.jsonl")
	var got *faked
	for n := 0; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		if n < 5 {
			time.AfterFunc(time.Duration(1+rnd.IntN(20))*time.Second, cancel)
		} else {
			f.fail = nil
		}
		got = session(t, ctx, finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 4})
		cancel()
		if got.err == nil {
			break
		}
		if n == 6 {
			t.Fatal(got.err)
		}
	}
	if diff := cmp.Diff(map[outcome.Outcome]int{outcome.Created: 60}, got.summary.Counts); diff != "" || len(f.contacts) != 60 {
		t.Errorf("%d contacts\n%s", len(f.contacts), diff)
	}
	f.noneTwice(t)
	var again results
	summary, damage, err := journal.Replay(journalPath, f.traits, &again)
	if err != nil || damage != (state.Damage{}) || summary.Rows != 60 {
		t.Fatal(summary, damage, err)
	}
	for i := range got.results { // the journal holds milliseconds
		got.results[i].Finished = got.results[i].Finished.Truncate(time.Millisecond)
		got.results[i].Duration = got.results[i].Duration.Truncate(time.Millisecond)
		again[i].Finished = again[i].Finished.In(got.results[i].Finished.Location())
	}
	if diff := cmp.Diff(got.results.short(), again.short()); diff != "" {
		t.Error(diff)
	}
}

// TestResumeInDoubt: what was about to be sent when a run without look-ups broke off is unknown, never sent again; what
// was not is sent.
func TestResumeInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Minute } // longer than a row that has begun is waited for
		path, journalPath := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(_ string, n int) error {
			if n == 4 {
				cancel()
				return failing(crm.Ambiguous, 0, doneAllTheSame)
			}
			return nil
		}
		first := session(t, ctx, creates{f: f}, path, journalPath, importer.Options{Workers: 1})
		var stop *faults.Stop
		if !errors.As(first.err, &stop) || !stop.Sent {
			t.Fatal(first.err)
		}
		got := session(t, t.Context(), creates{f: f}, path, journalPath, importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Created] != 9 || got.summary.Counts[outcome.Unknown] != 1 || len(f.contacts) != 10 {
			t.Errorf("%d contacts, %v, %v", len(f.contacts), got.summary.Counts, got.err)
		}
		f.noneTwice(t)
	})
}

// TestInvalidNow: a resume by which most rows are invalid, as by a later version, knows all contacts that were written.
func TestInvalidNow(t *testing.T) {
	f := newFake()
	path, journalPath := writeFile(t, people(0, 6)...), filepath.Join(t.TempDir(), "journal.jsonl")
	session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{})
	invalid := writeFile(t, slices.Concat([]string{"full_name,email"}, slices.Repeat([]string{"Bad,broken@"}, 6))...)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	got := session(t, ctx, finds{creates: creates{f: f}}, invalid, journalPath, importer.Options{})
	if got.err != nil || got.summary.Counts[outcome.Created] != 6 {
		t.Errorf("%v, %v", got.summary.Counts, got.err)
	}
}
