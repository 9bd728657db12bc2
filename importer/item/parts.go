package item

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
)

// Parts are what an undo takes back of one row, such as the notes that a long text was split into: all of them are taken away, or
// none is.
type Parts[C any] struct {
	first int // the position of the first among the rows read
	rows  []*survey.Row[C]
	stays string    // why one of them stays, "" if none does
	asked time.Time // when that was found out
	left  []string  // the parts that were let go since
}

// InParts calls do for each of some rows in its order, with all that there are of the same row.
func InParts[C any](rows func(func(seq int, says *survey.Row[C]) error) error, do func(seq int, says *survey.Row[C], of *Parts[C]) error) error {
	of := &Parts[C]{}
	flush := func() error {
		for i, says := range of.rows {
			if err := do(of.first+i, says, of); err != nil {
				return err
			}
		}
		return nil
	}
	err := rows(func(seq int, says *survey.Row[C]) error {
		if len(of.rows) > 0 && (says.Part == 0 || says.Number != of.rows[0].Number) {
			if err := flush(); err != nil {
				return err
			}
			of = &Parts[C]{first: seq}
		}
		of.rows = append(of.rows, new(*says))
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// Several reports whether there is more than one.
func (p *Parts[C]) Several() bool { return p != nil && len(p.rows) > 1 }

// Stays says why a part other than one, which may be taken away, is not taken away; "" if all may be. decide says what is to be
// done with a part; what it has said counts for a while.
func (p *Parts[C]) Stays(but int, now time.Time, while time.Duration, decide func(seq int, says *survey.Row[C]) (*outcome.Result, error)) (string, error) {
	switch {
	case p.stays != "":
		return p.stays, nil
	case now.Sub(p.asked) < while:
		p.let(but)
		return "", nil
	}
	for i := range p.rows {
		if p.first+i == but {
			continue
		}
		res, err := decide(p.first+i, p.rows[i])
		if err != nil {
			return "", err
		}
		if res.Outcome == outcome.Skipped {
			p.keep(p.first+i, res)
			return p.stays, nil
		}
	}
	p.asked = now
	p.let(but)
	return "", nil
}

// let takes down that a part may be taken away.
func (p *Parts[C]) let(seq int) {
	if part := strconv.Itoa(p.rows[seq-p.first].Part); !slices.Contains(p.left, part) {
		p.left = append(p.left, part)
	}
}

// keep takes down that a part stays, so that all do.
func (p *Parts[C]) keep(seq int, res *outcome.Result) {
	p.stays = fmt.Sprintf("part %d of the row (%s) stays, and its parts are taken back together: %s", p.rows[seq-p.first].Part, res.ID, whyStays(res))
}

// Decided takes down what became of a part without its being taken away. One that stays keeps the others from now on, and says which
// may be gone already: somebody has changed it since it was looked at.
func (p *Parts[C]) Decided(seq int, res *outcome.Result) {
	if res.Outcome != outcome.Skipped {
		return
	}
	if p.stays == "" {
		p.keep(seq, res)
	}
	own := strconv.Itoa(p.rows[seq-p.first].Part) // it may have been let go itself, before it was looked at again
	p.left = slices.DeleteFunc(p.left, func(part string) bool { return part == own })
	said := fmt.Sprintf("what is left is not the whole of the row: part %s was deleted, or was about to be, when it was seen that this one stays", strings.Join(p.left, ", "))
	if len(p.left) > 0 && !slices.Contains(res.Notes, said) {
		res.Notes = append(res.Notes, said)
	}
}

// whyStays names the fields by which a part stays, whose texts may be long; else it says what there is to say.
func whyStays(res *outcome.Result) string {
	var fields []string
	for _, p := range res.Problems {
		if p.Field == "" || p.Code != outcome.CodeEditedSince {
			return res.Words()
		}
		if !slices.Contains(fields, p.Field) {
			fields = append(fields, p.Field)
		}
	}
	return "somebody has changed its " + strings.Join(fields, ", ")
}
