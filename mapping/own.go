package mapping

import (
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
)

// What a vendor holds need not obey the rules for what is sent to it: phones as people once typed them, too many tags,
// half an address. An export of it must read back as unchanged all the same. So in a sheet that is an export of this very
// resource, the cells of a row with an id are kept as they stand, and read by the rules only where the contact found says
// something else.

// cutMark ends a text that a workbook has no room for.
const cutMark = " [cut: too long for a cell]"

// keep takes a cell of an own export as it stands; false if it is to be read like any other.
func (m *Matching[C]) keep(r *reading, p *feed[C], c *C) bool {
	if !m.own || p.field.keep == nil {
		return false
	}
	if r.known = r.known || m.table.id(c) != ""; !r.known {
		return false
	}
	v := r.joinedAs(p.from, r.plain)
	return v != "" && p.field.keep(v, c)
}

// Merge overlays found with what a row of this sheet wants, as Table.Merge does. In an own export, what differs from found
// is held against the rules first.
func (m *Matching[C]) Merge(found, want C, set, replace crm.Fields) Merged[C] {
	if !m.own || m.table.id(&want) == "" {
		return m.table.Merge(found, want, set, replace)
	}
	r := reading{o: &m.options, phones: &m.phones}
	var cut crm.Fields
	for i := range m.plan {
		f, s := m.plan[i].field, &m.plan[i].from[0]
		if f.keep == nil || !f.Writable || !set.Has(f.Name) || f.equal(&found, &want) || f.text(&want) == "" {
			continue
		}
		r.name, r.rules = f.Name, &f.rules
		if begin, ok := strings.CutSuffix(f.text(&want), cutMark); !ok {
			f.tidy(&r, s, &found, &want)
		} else if cut = append(cut, f.Name); !strings.HasPrefix(cells.PlainText(f.text(&found)), cells.PlainText(begin)) {
			r.fail(cells.CodeBadValue, s, "the text was cut when it was exported, and the CRM's is another now; a CSV export has it whole")
		}
	}
	if len(r.problems) > 0 {
		return Merged[C]{Contact: found, Bad: r.problems}
	}
	if len(cut) > 0 { // the CRM's are whole
		set = slices.DeleteFunc(slices.Clone(set), cut.Has)
	}
	return m.table.Merge(found, want, set, replace)
}

// keepSingle keeps texts, and ids of fields that take nothing else; nil for other values, which an export writes in a form
// that reads back.
func keepSingle[C, V any](at func(*C) *V) func(string, *C) bool {
	switch at := any(at).(type) {
	case func(*C) *string:
		return func(v string, c *C) bool {
			*at(c) = v
			return true
		}
	case func(*C) *crm.Ref:
		return func(v string, c *C) bool {
			*at(c) = crm.Ref{ID: v}
			return true
		}
	}
	return nil
}

func tidySingle[C, V any](at func(*C) *V, parse func(*reading, *source, string) (V, bool), show func(V) string) func(*reading, *source, *C, *C) bool {
	return func(r *reading, s *source, _, want *C) bool {
		v, ok := parse(r, s, show(*at(want)))
		if ok {
			*at(want) = v
		}
		return ok
	}
}

// keepNumber keeps numbers as exports write them, whatever --decimal says.
func keepNumber[C any](at func(*C) **float64) func(string, *C) bool {
	return func(v string, c *C) bool {
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || cell.Decimal(n) != v && cells.Plainly(n) != v {
			return false
		}
		*at(c) = &n
		return true
	}
}

// keepList keeps the items of a list.
func keepList[C, V any](at func(*C) *[]V, wrap func(string) V) func(string, *C) bool {
	return func(v string, c *C) bool {
		var values []V
		for _, item := range cells.SplitTags(nil, v) {
			values = append(values, wrap(item))
		}
		*at(c) = values
		return len(values) > 0
	}
}

// tidyList reads the items that the contact found does not have.
func tidyList[C, V any](at func(*C) *[]V, parse func(*reading, *source, string, []V) ([]V, bool), show func(V) string,
	same func(a, b V) bool) func(*reading, *source, *C, *C) bool {
	return func(r *reading, s *source, found, want *C) bool {
		var values []V
		good, added := true, false
		for _, w := range *at(want) {
			if slices.ContainsFunc(*at(found), func(h V) bool { return same(h, w) }) {
				values = append(values, w)
				continue
			}
			more, ok := parse(r, s, show(w), values)
			values, good, added = more, good && ok, true
		}
		values = cells.Unique(values, same)
		if n := r.rules.items; added && n > 0 && len(values) > n {
			r.fail(CodeTooMany, s, "%d values, at most %d are taken", len(values), n)
			good = false
		}
		*at(want) = values
		return good
	}
}
