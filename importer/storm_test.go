package importer_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// TestStorm: whatever a vendor can do, a run of new, known, repeated and bad rows, stopped and damaged again and again,
// ends with one outcome a row and no contact twice, and what is not there is not said to be.
func TestStorm(t *testing.T) {
	seeds := uint64(6)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		for _, show := range []string{"all", "finds", "lists", "creates", "token"} {
			t.Run(fmt.Sprint(show, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { storm(t, rand.New(rand.NewPCG(seed, 11)), show) })
			})
		}
	}
}

func storm(t *testing.T, rnd *rand.Rand, show string) {
	f := newFake()
	f.total, f.traits.FindBatch = rnd.IntN(2) == 0, 1+rnd.IntN(12)
	unit := []time.Duration{time.Second, 50 * time.Microsecond}[rnd.IntN(2)] // intents are written early where rows leave fast
	f.delay = func() time.Duration { return unit }
	views := map[string]crm.Creator[cloverhound.Contact]{"all": f, "finds": finds{creates: creates{f: f}}, "lists": lists{creates: creates{f: f}}, "creates": creates{f: f}, "token": creates{f: f}}
	lines := people(0, 40)
	if show == "token" {
		f.traits.Idempotent, f.traits.CreateUpserts = true, true
	} else if show != "creates" {
		f.seed(20)
		lines = append(lines, known(20, func(i int) bool { return i%2 == 0 })[1:]...)
	}
	lines = append(lines, "Bad,not an address", "New 3,new.3@example.com", "Other,new.4@example.com", "Nobody,")
	valid := len(lines) - 4
	chance := max(rnd.IntN(60)-20, 0)
	f.fail = func(op string, _ int) error {
		if rnd.IntN(100) >= chance {
			return nil
		}
		if op == "create" {
			return failing(crm.Ambiguous, 502, []string{doneAllTheSame, "not done"}[rnd.IntN(2)])
		}
		return []error{failing(crm.Transient, 502, "bad gateway"), failing(crm.RateLimited, 429, "slow down"), failing(crm.NothingSent, 0, "refused"),
			&crm.Error{Op: "test", Class: crm.Unauthorized, Meta: crm.Meta{Status: 401}}, failing(crm.Permanent, 400, "no")}[rnd.IntN(5)]
	}
	path, journal := writeFile(t, lines...), filepath.Join(t.TempDir(), "journal.jsonl")
	var got *faked
	for n := 0; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		if n < 6 {
			time.AfterFunc(time.Duration(1+rnd.IntN(25))*unit, cancel)
		} else {
			f.fail = nil
		}
		got = session(t, ctx, views[show], path, journal, importer.Options{Workers: 1 + rnd.IntN(6)})
		cancel()
		if got.err == nil {
			break
		}
		if n > 8 {
			t.Fatal(got.err)
		}
		if raw, err := os.ReadFile(journal); err == nil && rnd.IntN(6) == 0 {
			if at := bytes.IndexByte(raw, '\n'); at > 0 {
				raw[at+rnd.IntN(len(raw)-at)] ^= 4
			}
			if err := os.WriteFile(journal, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	f.noneTwice(t)
	there := map[string]bool{}
	for _, c := range f.contacts {
		there[c.Email] = true
	}
	if len(got.results) != len(lines)-1 || got.summary.Rows != len(lines)-1 {
		t.Errorf("%d rows of %d", len(got.results), len(lines)-1)
	}
	for i, res := range got.results[:valid-1] {
		switch o := res.Outcome; {
		case o == outcome.Unknown:
		case o == outcome.Failed && there[res.Key] && i < 40, o != outcome.Failed && !there[res.Key]:
			t.Errorf("%s: %s, but there: %v", res.Key, o, there[res.Key])
		}
	}
	for _, res := range got.results[valid-1:] {
		if res.Key == "" && res.Outcome != outcome.Rejected {
			continue
		}
		if res.Outcome != outcome.Rejected && res.Outcome != outcome.Skipped {
			t.Errorf("row %d: %s", res.Row, res.Outcome)
		}
	}
}
