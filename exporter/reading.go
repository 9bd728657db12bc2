package exporter

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"

	"crmferry/internal/cell"
	"crmferry/mapping"
)

// errLimit ends a reading that has written as many contacts as were asked for.
var errLimit = errors.New("the limit is reached")

// reading is the state of one export.
type reading[C any] struct {
	table    *mapping.Table[C]
	columns  []int
	o        Options
	sink     Sink
	progress Progress
	sum      *Summary
	seen     idSet
	cells    []cell.Cell

	total    int   // of all sections, -1 if it is not known
	section  tally // of all passes over the section that is being read
	phase    tally // of the passes that prove the section complete
	compared tally // of the passes that sorted.go and unordered.go compare with

	evidence *evidence // of a section without a documented order, else nil
}

// tally counts the different ids met in some passes.
type tally struct {
	from, to int32 // passes
	met      int
}

// has reports whether an id that was last met in that pass belongs to the tally.
func (t *tally) has(pass int32) bool { return t.from <= pass && pass <= t.to }

// beginSection starts a section.
func (r *reading[C]) beginSection() {
	r.sum.Sections++
	r.section = tally{from: r.seen.pass + 1, to: math.MaxInt32}
	r.phase, r.compared, r.evidence = r.section, tally{from: 1}, nil
}

// count counts an id in the tallies that have not met it: before is what was known of it.
func (r *reading[C]) count(before mark) {
	if !r.section.has(before.pass()) {
		r.section.met++
	}
	if !r.phase.has(before.pass()) {
		r.phase.met++
	}
	if r.compared.has(before.pass()) {
		r.compared.met++
	}
}

// takePage counts the contacts of a page and, unless countOnly, writes those that were not written before.
func (r *reading[C]) takePage(items []C, countOnly bool, list string, page int) error {
	for i := range items {
		id := r.table.ID(items[i])
		if id == "" {
			return &IncompleteError{List: list, Tries: 1,
				Reason: fmt.Sprintf("number %d of page %d has no id", i+1, page)}
		}
		again, err := r.take(&items[i], id, countOnly)
		if err == nil && again {
			err = r.checkTwins(items[:i+1], list, page)
		}
		if err != nil {
			return err
		}
	}
	r.progress.Contacts(r.sum.Met, r.total)
	return nil
}

// checkTwins refuses the last of the items of a page if another one has its id and is not the same: one of the two would not be
// written, and nothing moves within an answer.
func (r *reading[C]) checkTwins(items []C, list string, page int) error {
	last := len(items) - 1
	id := r.table.ID(items[last])
	if !slices.ContainsFunc(items[:last], func(c C) bool { return r.table.ID(c) == id && !reflect.DeepEqual(c, items[last]) }) {
		return nil
	}
	err := &IncompleteError{List: list, Tries: 1, Unproven: true,
		Reason: fmt.Sprintf("page %d holds two %s with the id %q, and they differ", page, r.o.Noun, id)}
	if !r.o.AllowUnproven {
		return err
	}
	if len(r.sum.Unproven) == 0 { // one tells
		r.sum.Unproven = append(r.sum.Unproven, err.Error())
	}
	return nil
}

// take counts one contact and, unless countOnly, writes it if it was not written before. again says that this pass has met its id.
func (r *reading[C]) take(c *C, id string, countOnly bool) (again bool, err error) {
	before := r.seen.add(id, !countOnly)
	again = before.pass() == r.seen.pass
	r.count(before)
	if r.evidence != nil && before.pass() < r.compared.from {
		created, _ := r.table.Dates(c)
		r.evidence.add(created)
	}
	if countOnly {
		return again, nil
	}
	if before.written() {
		if r.evidence == nil || again { // else it was read again on purpose
			r.sum.Repeats++
		}
		return again, nil
	}
	r.sum.Met++
	if !r.wanted(c, id) {
		return false, nil
	}
	if r.o.Limit > 0 && r.sum.Contacts == r.o.Limit {
		return false, errLimit
	}
	r.cells = r.table.Cells(c, r.columns, r.cells[:0])
	if err := r.sink.Write(r.cells); err != nil {
		return false, err
	}
	r.sum.Contacts++
	return again, nil
}

// wanted reports whether a contact was created or changed since the time asked for, or is asked for by Options.Fresh. One
// without dates may have been.
func (r *reading[C]) wanted(c *C, id string) bool {
	if r.o.Since.IsZero() && r.o.Fresh == nil {
		return true
	}
	created, changed := r.table.Dates(c)
	if r.o.Fresh != nil {
		if created.After(changed) {
			changed = created
		}
		return r.o.Fresh(id, changed)
	}
	since := r.o.Since
	if r.o.Ahead != nil { // a clock that is ahead makes contacts younger, and none is missed
		since = since.Add(min(0, r.o.Ahead()))
	}
	return created.IsZero() && changed.IsZero() || !created.Before(since) || !changed.Before(since)
}
