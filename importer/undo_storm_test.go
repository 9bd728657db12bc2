package importer_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

var undoSeeds = flag.Uint64("undo.seeds", 3, "how many imports TestUndoStorm takes back")

// TestUndoStorm: an import of any mode is stopped and resumed while answers are lost, people change contacts, and it is taken
// back, stopped and resumed, too. The CRM is as it was then, but for what people changed, and the report names exactly that.
func TestUndoStorm(t *testing.T) {
	for seed := range *undoSeeds {
		for _, mode := range []modes.Mode{modes.Upsert, modes.CreateOnly, modes.UpdateOnly, modes.DeleteOnly} {
			t.Run(fmt.Sprint(seed, mode), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { undoStorm(t, rand.New(rand.NewPCG(seed, 77)), mode) })
			})
		}
	}
}

// lossy loses answers, refuses for a while, and is out of reach.
func (f *fake) lossy(rnd *rand.Rand, percent int) {
	f.fail = func(op string, _ int) error {
		if rnd.IntN(100) >= percent {
			return nil
		}
		switch rnd.IntN(4) {
		case 0:
			return failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "not done"}[op == "create" || op == "delete"])
		case 1:
			return failing(crm.RateLimited, 429, "slow down")
		}
		return failing(crm.NothingSent, 0, "connection refused")
	}
}

// broken runs sessions, the first of which are stopped, until one comes to its end.
func broken(t *testing.T, f *fake, rnd *rand.Rand, run func(ctx context.Context) *faked) *faked {
	t.Helper()
	for n := 0; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		if n < 3 {
			f.lossy(rnd, 20)
			time.AfterFunc(time.Duration(1+rnd.IntN(15))*time.Second, cancel)
		} else {
			f.fail = nil
		}
		got := run(ctx)
		cancel()
		if got.err == nil {
			return got
		}
		if n == 4 {
			t.Fatal(got.err)
		}
	}
}

func undoStorm(t *testing.T, rnd *rand.Rand, mode modes.Mode) {
	const known, fresh = 20, 15
	f, dir := newFake(), t.TempDir()
	f.seed(known)
	f.delay = func() time.Duration { return time.Second }
	before := byEmail(f)
	vendor := deletes{finds{creates{f}}}
	lines := []string{"Full name,Email"}
	switch mode {
	case modes.DeleteOnly:
		lines = []string{"id"}
		for i := range known / 2 {
			lines = append(lines, fmt.Sprint(2*i+1))
		}
	default:
		for i := range known {
			lines = append(lines, fmt.Sprintf("%s %d,known.%d@example.com", []string{"Known", "Changed"}[rnd.IntN(2)], i, i))
		}
		lines = append(lines, people(0, fresh)[1:]...)
	}
	file, past, path := writeFile(t, lines...), filepath.Join(dir, "import"), filepath.Join(dir, "undo")
	imported := broken(t, f, rnd, func(ctx context.Context) *faked {
		return session(t, ctx, vendor, file, past, importer.Options{Mode: mode, Workers: 4, Copies: (&shelf{}).start})
	})

	edited := map[string]bool{} // by address
	for i := range f.contacts {
		if rnd.IntN(4) == 0 {
			f.contacts[i].FullName = fmt.Sprint("Edited ", i)
			edited[f.contacts[i].Email] = true
		}
	}
	after := byEmail(f)
	if _, err := undo.Write(t.Context(), mapping.CloverhoundContacts(), undo.Source{Journal: past, Rows: past + ".rows"}, path+".rows"); err != nil {
		if imported.summary.Sent() == 0 {
			return
		}
		t.Fatal(err)
	}
	got := broken(t, f, rnd, func(ctx context.Context) *faked {
		return session(t, ctx, vendor, "", path, importer.Options{From: modes.FromRun, Workers: 4, Run: "undo"})
	})

	now := byEmail(f)
	f.noneTwice(t)
	wrote := map[string]bool{}
	for _, r := range imported.results {
		wrote[r.Key] = r.Outcome == outcome.Created || r.Outcome == outcome.Updated
	}
	for email, c := range now {
		want, was := before[email]
		if edited[email] {
			want, was = after[email], true
		}
		if !was || c.FullName != want.FullName || c.Description != want.Description {
			t.Errorf("%s is %+v, want %+v", email, c, want)
		}
	}
	for email := range before {
		if _, is := now[email]; !is {
			t.Errorf("%s is gone", email)
		}
	}
	for _, r := range got.results {
		named := slices.ContainsFunc(r.Problems, func(p mapping.Problem) bool { return p.Code == outcome.CodeEditedSince })
		if r.Outcome == outcome.Failed || r.Outcome == outcome.Unknown || named != (edited[r.Key] && wrote[r.Key]) {
			t.Errorf("row %d, %s: %s %s; edited %v, written %v", r.Row, r.Key, r.Outcome, r.Message(), edited[r.Key], wrote[r.Key])
		}
	}
}

// byEmail is what the vendor has.
func byEmail(f *fake) map[string]cloverhound.Contact {
	all := map[string]cloverhound.Contact{}
	for _, c := range f.contacts {
		all[c.Email] = c
	}
	return all
}
