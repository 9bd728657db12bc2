package history

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// SameFile is the run that an import goes on with, or that has imported its file before: the unfinished run of the same
// content into the same account, else the newest finished one, else an unfinished one of the same path whose content has
// changed since. It is nil if there is none.
func SameFile(begun []*Record, mine *Record) (past *Record, changed bool) {
	var done, edited *Record
	for _, past := range begun {
		same := past.Resource == mine.Resource && past.Place == mine.Place && past.State != Abandoned
		switch {
		case same && past.SHA256 == mine.SHA256 && past.Unfinished():
			return past, false // whatever has finished after it by a clock that was set
		case same && past.SHA256 == mine.SHA256 && done == nil:
			done = past
		case same && past.Path == mine.Path && past.Unfinished() && edited == nil:
			edited = past
		}
	}
	if done != nil {
		return done, false
	}
	return edited, edited != nil
}

// Named are the runs whose ids end in a name.
func Named(begun []*Record, name string) []*Record {
	var found []*Record
	for _, past := range begun {
		if strings.HasSuffix(past.Run.ID, name) {
			found = append(found, past)
		}
	}
	return found
}

// Difference is an option that a run was started with and another one is not.
type Difference struct {
	Option  string
	Was, Is *string // nil where it is not given
}

// Differences lists the options that differ: first those that there were, by name, then those that are new.
func Differences(was, is map[string]string) []Difference {
	var list []Difference
	for _, name := range slices.Sorted(maps.Keys(was)) {
		before := was[name]
		if now, ok := is[name]; !ok {
			list = append(list, Difference{Option: name, Was: &before})
		} else if now != before {
			list = append(list, Difference{Option: name, Was: &before, Is: &now})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if _, ok := was[name]; !ok {
			now := is[name]
			list = append(list, Difference{Option: name, Is: &now})
		}
	}
	return list
}

// ColumnsThatDiffer says which columns of a run are put into other fields than they were.
func ColumnsThatDiffer(was, is []string) []string {
	var differ []string
	for i := range max(len(was), len(is)) {
		a, b := at(was, i), at(is, i)
		if a != b {
			differ = append(differ, fmt.Sprintf("%q is now %q", a, b))
		}
	}
	return differ
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
