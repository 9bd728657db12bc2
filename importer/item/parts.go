package item

import (
	"fmt"
	"slices"
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
	if p.stays != "" || now.Sub(p.asked) < while {
		return p.stays, nil
	}
	for i, says := range p.rows {
		if p.first+i == but {
			continue
		}
		res, err := decide(p.first+i, says)
		if err != nil {
			return "", err
		}
		if res.Outcome == outcome.Skipped {
			p.stays = fmt.Sprintf("part %d of the row (%s) stays, and its parts are taken back together: %s", says.Part, res.ID, whyStays(res))
			return p.stays, nil
		}
	}
	p.asked = now
	return "", nil
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
