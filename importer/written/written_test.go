package written

import (
	"slices"
	"testing"
	"testing/synctest"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
)

// undoing is a row that creates a contact again, which is a text here: its id.
func undoing(id, email string) *item.Row[string] {
	it := &item.Row[string]{Did: &survey.Earlier{Result: outcome.Result{Action: outcome.ActionDelete}}}
	it.Res.ID, it.Keys = id, []crm.Key{{Email: email}}
	return it
}

func contacts(o Options[string]) *Contacts[string] {
	o.ID, o.Most = func(id string) string { return id }, 4
	return New(workers.NewPool(2), o)
}

// TestHas: a contact counts as written once a row has written it, and where nobody looks contacts up nothing is kept.
func TestHas(t *testing.T) {
	it := &item.Row[string]{}
	it.Res.ID = "7"
	for _, looksUp := range []bool{true, false} {
		c := contacts(Options[string]{LooksUp: looksUp})
		if c.Has("7") {
			t.Error("written before any row")
		}
		c.Add(it)
		if c.Has("7") != looksUp || c.Has("8") {
			t.Errorf("with look-ups %v: 7 %v, 8 %v", looksUp, c.Has("7"), c.Has("8"))
		}
		if first, second := c.Plan("9"), c.Plan("9"); first || second != looksUp {
			t.Errorf("with look-ups %v: planned %v, then %v", looksUp, first, second)
		}
	}
}

// TestAgain: what another row of an undo has created again is not taken for what is there, and where the vendor would take both for
// one the second is not sent.
func TestAgain(t *testing.T) {
	for _, upserts := range []bool{false, true} {
		c := contacts(Options[string]{LooksUp: true, Undoes: true, Upserts: upserts})
		c.Add(undoing("21", "ann@example.com"))
		other := undoing("2", "ann@example.com")
		other.Found = []string{"21", "5"}
		c.DropOthers(other)
		if kept := slices.Contains(other.Found, "21"); kept != upserts || !slices.Contains(other.Found, "5") {
			t.Errorf("upserts %v: left %v", upserts, other.Found)
		}
		if c.WouldMerge(other) != upserts || c.WouldMerge(undoing("3", "bob@example.com")) {
			t.Errorf("upserts %v: merges %v", upserts, c.WouldMerge(other))
		}
	}
}

// TestTakeKeys: rows with a key in common go one at a time.
func TestTakeKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := contacts(Options[string]{LooksUp: true, Undoes: true})
		release, err := c.TakeKeys(t.Context(), undoing("1", "ann@example.com"))
		if err != nil {
			t.Fatal(err)
		}
		came := false
		go func() {
			let, err := c.TakeKeys(t.Context(), undoing("2", "ann@example.com"))
			if err != nil {
				t.Error(err)
				return
			}
			came = true
			let()
		}()
		synctest.Wait()
		if came {
			t.Error("two rows have one key")
		}
		release()
		synctest.Wait()
		if !came {
			t.Error("the second row waits for nobody")
		}
	})
}
