package export

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crmferry/internal/history"
)

// series takes contacts, as an export of a series does, and returns the ids of those that count as changed, and of those that are gone.
func series(t *testing.T, root string, rec *history.Record, began time.Time, contacts map[string]time.Time) (c *changes, fresh, gone []string) {
	t.Helper()
	c, err := openChanges(root, rec, began, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	for id, changed := range contacts {
		if c.take(id, changed) {
			fresh = append(fresh, id)
		}
	}
	if err := c.gone(func(id string) error { gone = append(gone, id); return nil }); err != nil && !c.last.here.IsZero() {
		t.Fatal(err)
	}
	slices.Sort(fresh)
	slices.Sort(gone)
	return c, fresh, gone
}

func TestChanges(t *testing.T) {
	root, began := t.TempDir(), time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
	rec := &history.Record{Account: "a", Resource: "growcrm", Output: "changes.csv"}
	old := began.Add(-time.Hour)
	first := map[string]time.Time{"1": old, "2,\n\"two\"": old, "3": old, "4": began.Add(-time.Minute), "5": {}}

	c, fresh, _ := series(t, root, rec, began, first)
	if len(fresh) != 5 || !c.last.here.IsZero() {
		t.Errorf("the first export of a series takes %q", fresh)
	}
	if err := c.commit(t.Context()); err != nil {
		t.Fatal(err)
	}

	// 1 is as it was, 2 was changed, 3 is gone, 4 was changed so shortly before that a further change may bear the same second, 5 has no
	// date, 6 is new.
	second := map[string]time.Time{"1": old, "2,\n\"two\"": began.Add(time.Minute), "4": began.Add(-time.Minute), "5": {}, "6": old}
	want := []string{"2,\n\"two\"", "4", "5", "6"}
	for range 2 { // what was not committed does not count
		c, fresh, gone := series(t, root, rec, began.Add(time.Hour), second)
		if !slices.Equal(fresh, want) || !slices.Equal(gone, []string{"3"}) || !c.last.here.Equal(began) {
			t.Errorf("takes %q, want %q; gone %q; the last began %v", fresh, want, gone, c.last.here)
		}
		c.abort()
	}

	for _, other := range []history.Record{{Account: "b", Resource: "growcrm", Output: "changes.csv"}, {Account: "a", Resource: "growcrm", Output: "other.csv"},
		{Account: "a", Resource: "growcrm", Output: "changes.csv", Columns: []string{"email"}}, {Account: "a", Resource: "growcrm", Output: "changes.csv", Filters: []string{"x=y"}}} {
		if c, fresh, _ := series(t, root, &other, began, second); len(fresh) != len(second) {
			t.Errorf("%+v is of the same series", other)
		} else {
			c.abort()
		}
	}

	whole, err := os.ReadFile(c.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{"", "id,1\n", string(whole[:len(whole)-2]), string(whole[:len(whole)/2]), strings.Replace(string(whole), "\n0,5,", "\n0,4,", 1), string(whole[:40]) + "\"" + string(whole[40:]), strings.Replace(string(whole), "1773", "1774", 1), strings.Replace(string(whole), "2026-03-15", "2026-03-16", 1)} {
		if err := os.WriteFile(c.path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		c, fresh, _ := series(t, root, rec, began, second)
		if len(fresh) != len(second) || c.why == "" {
			t.Errorf("%q is believed: %q", damaged, fresh)
		}
		c.abort()
	}
}

// TestChangesByTheirClock: a contact that was changed again in the second in which it was read is taken once more, however far the
// vendor's clock is from ours.
func TestChangesByTheirClock(t *testing.T) {
	began := time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
	for _, ahead := range []time.Duration{-10 * time.Minute, 0, 10 * time.Minute} {
		t.Run(ahead.String(), func(t *testing.T) {
			root, rec := t.TempDir(), &history.Record{Account: "a", Resource: "growcrm", Output: "changes.csv"}
			known := time.Duration(0) // before the first answer
			c, err := openChanges(root, rec, began, func() time.Duration { return known })
			if err != nil {
				t.Fatal(err)
			}
			known = ahead
			justNow, before := began.Add(ahead), began.Add(ahead-time.Hour)
			c.take("1", justNow)
			c.take("2", before)
			if err := c.commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, fresh, _ := series(t, root, rec, began.Add(time.Hour), map[string]time.Time{"1": justNow, "2": before})
			if !slices.Equal(fresh, []string{"1"}) {
				t.Errorf("takes %q", fresh)
			}
		})
	}
}

// TestChangesOfOlder: the file of a version that wrote down its own time alone is believed.
func TestChangesOfOlder(t *testing.T) {
	root, rec := t.TempDir(), &history.Record{Account: "a", Resource: "growcrm", Output: "changes.csv"}
	began := time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
	c, _, _ := series(t, root, rec, began, nil)
	c.abort()
	old := strconv.FormatInt(began.Add(-time.Hour).UnixNano(), 10)
	text := fmt.Sprintf("%s,%s\n1,%s\n0,1,%x\n", changesForm, began.Format(time.RFC3339Nano), old, sumOfChange(0, "1", old))
	if err := os.WriteFile(c.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, fresh, gone := series(t, root, rec, began.Add(time.Hour), map[string]time.Time{"2": began})
	if !slices.Equal(fresh, []string{"2"}) || !slices.Equal(gone, []string{"1"}) || c.why != "" || !c.last.here.Equal(began) {
		t.Errorf("takes %q, gone %q, %q", fresh, gone, c.why)
	}
}
