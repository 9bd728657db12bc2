package runname

import (
	"strconv"
	"strings"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/history"
)

// FindRun finds the run whose id is name, or the only one whose id name is a part of.
func FindRun(list []*history.Past, name string) (*history.Past, error) {
	var found []*history.Past
	for _, p := range list {
		if p.ID == name {
			return p, nil
		}
		if name != "" && strings.Contains(p.ID, name) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return nil, failure.Usage("crmferry runs lists them", "there is no run %q", name)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, p := range found[:min(5, len(found))] {
		ids = append(ids, p.ID)
	}
	return nil, failure.Usage("write more of the name, such as its last six characters: "+strings.Join(ids, ", "),
		"%d runs have %q in their names", len(found), name)
}

// ShortNames are the last parts of the runs' ids where no other id has them, else the whole ids.
func ShortNames(list []*history.Past) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.ID[strings.LastIndexByte(p.ID, '-')+1:]
		if _, err := FindRun(list, names[i]); err != nil {
			names[i] = p.ID
		}
	}
	return names
}

// ParseAge reads the age that a flag or a variable gives: 90d, 12h, 30m. more are other words that it takes.
func ParseAge(name, s string, more ...string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 36500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return d, nil
	}
	return 0, failure.Usage("give "+strings.Join(append([]string{"a time such as 90d or 12h"}, more...), ", or "), "%s %q is not an age", name, s)
}

// Rows are rows of a report that somebody chose.
type Rows struct{ spans []*span }

type span struct {
	written  string
	from, to int
	met      bool
}

// ReadRows reads numbers of rows: "5,9-12". It returns nil for "".
func ReadRows(asked string) (*Rows, error) {
	if asked == "" {
		return nil, nil
	}
	var rows Rows
	for part := range strings.SplitSeq(asked, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		from, errFrom := strconv.Atoi(strings.TrimSpace(first))
		to, errTo := strconv.Atoi(strings.TrimSpace(last))
		if errFrom != nil || errTo != nil || from < 1 || to < from {
			return nil, failure.Usage("give the numbers of the report: --rows 5,9-12", "--rows %q: %q is no row", asked, part)
		}
		rows.spans = append(rows.spans, &span{written: strings.TrimSpace(part), from: from, to: to})
	}
	return &rows, nil
}

// Take reports whether a row is one of them.
func (r *Rows) Take(row int) bool {
	taken := false
	for _, s := range r.spans {
		if s.from <= row && row <= s.to {
			s.met, taken = true, true
		}
	}
	return taken
}

// Unmet are those, as they were written, of which Take was asked about none.
func (r *Rows) Unmet() (unmet []string) {
	for _, s := range r.spans {
		if !s.met {
			unmet = append(unmet, s.written)
		}
	}
	return unmet
}
