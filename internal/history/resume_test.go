package history

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

func TestSameFile(t *testing.T) {
	mine := &Record{Resource: "growcrm", Place: "p", SHA256: "new", Path: "/a.csv"}
	rec := func(id, sum, path, state string) *Record {
		r := &Record{Resource: "growcrm", Place: "p", SHA256: sum, Path: path, State: state}
		r.Run.ID = id
		return r
	}
	elsewhere := rec("elsewhere", "new", "/a.csv", Stopped)
	elsewhere.Place = "q"
	for _, tt := range []struct {
		name    string
		begun   []*Record
		want    string
		changed bool
	}{
		{"none", nil, "", false},
		{"of another account", []*Record{elsewhere}, "", false},
		{"given up", []*Record{rec("1", "new", "/a.csv", Abandoned)}, "", false},
		{"finished", []*Record{rec("2", "new", "/b.csv", Finished), rec("1", "new", "/a.csv", Finished)}, "2", false},
		{"unfinished before a finished one", []*Record{rec("2", "new", "/a.csv", Finished), rec("1", "new", "/a.csv", Running)}, "1", false},
		{"changed since", []*Record{rec("2", "old", "/b.csv", Stopped), rec("1", "old", "/a.csv", Stopped)}, "1", true},
		{"changed, and imported since", []*Record{rec("2", "old", "/a.csv", Stopped), rec("1", "new", "/a.csv", Finished)}, "1", false},
		{"changed after a finished one", []*Record{rec("1", "old", "/a.csv", Finished)}, "", false},
	} {
		past, changed := SameFile(tt.begun, mine)
		got := ""
		if past != nil {
			got = past.Run.ID
		}
		if got != tt.want || changed != tt.changed {
			t.Errorf("%s: %q, changed %v, want %q, %v", tt.name, got, changed, tt.want, tt.changed)
		}
	}
}

func TestNamed(t *testing.T) {
	var begun []*Record
	for _, id := range []string{"20260702T091500Z-import-growcrm-4f1a9c", "20260702T101500Z-import-growcrm-0f1a9c"} {
		begun = append(begun, &Record{Run: state.Run{ID: id}})
	}
	for name, want := range map[string]int{"4f1a9c": 1, "f1a9c": 2, "growcrm": 0} {
		if got := len(Named(begun, name)); got != want {
			t.Errorf("%q names %d runs, want %d", name, got, want)
		}
	}
}

func TestDifferences(t *testing.T) {
	var got []string
	text := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	for _, d := range Differences(map[string]string{"b": "1", "a": "1", "same": "x"}, map[string]string{"b": "2", "c": "", "same": "x"}) {
		got = append(got, fmt.Sprintf("%s:%s>%s", d.Option, text(d.Was), text(d.Is)))
	}
	if want := "a:1>- b:1>2 c:->"; strings.Join(got, " ") != want {
		t.Errorf("Differences = %q, want %q", got, want)
	}
}

func TestKeep(t *testing.T) {
	now := began.Add(time.Hour)
	created := &Record{State: Finished, Counts: map[outcome.Outcome]int{outcome.Created: 1}}
	for _, tt := range []struct {
		name      string
		past      Past
		named     bool
		canLookUp bool
		want      KeepReason
	}{
		{"finished", Past{State: Finished, Record: created}, false, true, Removable},
		{"no look-up", Past{State: Finished, Record: created}, false, false, KeepAgainstTwice},
		{"no look-up, named", Past{State: Finished, Record: created}, true, false, Removable},
		{"no look-up, an export", Past{State: Finished, Kind: Export, Record: created}, false, false, Removable},
		{"living, named", Past{State: Running}, true, true, KeepRunning},
		{"young, named", Past{State: NotBegun, Since: now.Add(-23 * time.Hour)}, true, true, KeepBeginning},
		{"left over", Past{State: NotBegun, Since: now.Add(-25 * time.Hour)}, false, true, Removable},
		{"resumable", Past{State: Resumable}, false, true, KeepResumable},
		{"another goes on with it", Past{State: Finished, NeededBy: "x"}, false, true, KeepNeeded},
		{"another goes on with it, named", Past{State: Finished, NeededBy: "x"}, true, true, Removable},
		{"damaged", Past{State: Unreadable}, false, true, KeepUnreadable},
		{"damaged, named", Past{State: Unreadable}, true, true, Removable},
	} {
		if got := tt.past.Keep(tt.named, tt.canLookUp, now); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
