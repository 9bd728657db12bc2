package outcome

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
	"crmferry/mapping/cells"
)

// Summary is what became of a run.
type Summary struct {
	Counts  map[Outcome]int // rows by outcome
	Actions map[Action]int  // of a dry run: rows by what would be done
	Known   int             // rows that were matched by the id of a contact
	Merged  int             // rows that the vendor took for the contact of an earlier row
	Partly  int             // rows with a field that the vendor cannot change
	Left    int             // rows of an undo of which something was left to people, and that were not skipped
	Names   map[Name]int    // rows whose id of a thing is not that of the name beside it
	Lacking crm.Fields      // custom fields that the vendor wanted and rows did not give, or that updates would empty
	Refused crm.Fields      // custom fields that the vendor refused
	Errors  []CodeCount     // the most frequent first
	Rows    int             // rows of the file, up to the limit
	Open    int             // of the unknown rows, those that resuming the run verifies
	Elapsed time.Duration

	codes   map[string]int
	start   time.Time
	deletes bool // the run deletes contacts
}

// Name is the column of names beside a field of ids.
type Name struct{ Column, Field string }

// Outcomes lists those that a row of the run can have, in the order of all Outcomes.
func (s *Summary) Outcomes() []Outcome {
	return slices.DeleteFunc(Outcomes(), func(o Outcome) bool {
		writes := o == Created || o == Updated
		return s.deletes && writes && s.Counts[o] == 0 || !s.deletes && o == Deleted
	})
}

// Planned lists what a row of a dry run can be planned for.
func (s *Summary) Planned() []Action {
	return slices.DeleteFunc([]Action{ActionCreate, ActionUpdate, ActionDelete}, func(a Action) bool {
		return s.Actions[a] == 0 && s.deletes != (a == ActionDelete)
	})
}

// Sends is how many rows of a dry run are planned to be sent.
func (s *Summary) Sends() int {
	n := 0
	for _, a := range s.Planned() {
		n += s.Actions[a]
	}
	return n
}

// NewSummary returns a summary of no results yet, of a file with so many rows.
func NewSummary(rows int) *Summary {
	return &Summary{Counts: map[Outcome]int{}, Actions: map[Action]int{}, Rows: rows, codes: map[string]int{}}
}

// Begin takes down when the run began, and whether it deletes contacts.
func (s *Summary) Begin(now time.Time, deletes bool) { s.start, s.deletes = now, deletes }

// Reached is the number of rows that have an outcome (in a dry run: a decision).
func (s *Summary) Reached() int {
	n := 0
	for _, c := range s.Counts {
		n += c
	}
	return n
}

// Sent is the number of rows that were written, or that the vendor refused or may have written.
func (s *Summary) Sent() int {
	return s.Counts[Created] + s.Counts[Updated] + s.Counts[Deleted] + s.Counts[Failed] + s.Counts[Unknown]
}

// Clean reports whether every row that was reached is what the file wants it to be, or what it was before the run that is taken back.
func (s *Summary) Clean() bool {
	return s.Counts[Rejected]+s.Counts[Failed]+s.Counts[Unknown]+s.Merged+s.codes[CodeEditedSince]+s.codes[CodeCannotUndo]+s.codes[CodeChangedSincePlan]+s.codes[CodeDiffers] == 0
}

func (s *Summary) add(r *Result) {
	s.Counts[r.Outcome]++
	s.deletes = s.deletes || r.Action == ActionDelete
	if r.Action != "" {
		s.Actions[r.Action]++
	}
	if r.ID != "" && r.Key == r.ID {
		s.Known++
	}
	if len(r.Problems) == 0 {
		return
	}
	seen := ""
	left := func(p mapping.Problem) bool { return p.Code == CodeEditedSince || p.Code == CodeCannotUndo }
	if r.Outcome != Skipped && slices.ContainsFunc(r.Problems, left) {
		s.Left++
	}
	for _, p := range r.Problems {
		s.addCustom(p)
		if strings.Contains(seen, p.Code+";") {
			continue
		}
		seen += p.Code + ";"
		s.codes[p.Code]++
		switch p.Code {
		case CodeMerged:
			s.Merged++
		case CodeMismatch:
			if p.Field != "" {
				if s.Names == nil {
					s.Names = map[Name]int{}
				}
				s.Names[Name{p.Column, p.Field}]++
			}
		case cells.CodeNotUpdatable:
			s.Partly++
		}
	}
}

// addCustom takes down custom fields that rows lack, or that were refused.
func (s *Summary) addCustom(p mapping.Problem) {
	into := &s.Lacking
	switch {
	case p.Code == crm.CodeInvalid && strings.HasPrefix(p.Field, crm.CustomPrefix):
		into = &s.Refused
	case p.Code != CodeLacksCustom && p.Code != CodeEmptyCustom:
		return
	}
	for field := range strings.SplitSeq(p.Field, ",") {
		if !into.Has(field) {
			*into = append(*into, field)
		}
	}
}

// Count is how many rows have a code.
func (s *Summary) Count(code string) int { return s.codes[code] }

// Finish completes what is not counted row by row, at the end of the run.
func (s *Summary) Finish(now time.Time) {
	if !s.start.IsZero() {
		s.Elapsed = now.Sub(s.start)
	}
	s.Errors = CountCodes(s.codes)
}

// CodeCount is how often a code occurs.
type CodeCount struct {
	Code string
	Rows int
}

// CountCodes lists codes with the number of their rows, the most frequent first.
func CountCodes(codes map[string]int) []CodeCount {
	var list []CodeCount
	for code, n := range codes {
		list = append(list, CodeCount{code, n})
	}
	slices.SortFunc(list, func(a, b CodeCount) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Code, b.Code))
	})
	return list
}
