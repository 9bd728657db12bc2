package mapping

import (
	"cmp"
	"time"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// yesNo is a field of "yes" or "no".
func yesNo[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *rowReader, s *source, v string) (string, bool) {
		yes, notes := cells.ReadYesNo(v)
		return cells.ShowYesNo(&yes), r.Note(&s.Source, notes)
	}
	f := single(name, label, "yes/no", headers.None, at, parse, itself, func(a, b string) bool { return (a == "yes") == (b == "yes") })
	f.cell = func(c *C) cell.Cell { return cell.NewYesNo(*at(c)) }
	asIs := f.asIs
	f.asIs = func(v string, c *C) bool {
		_, isAnswer := cells.YesNoOf(v)
		return !isAnswer && asIs(v, c)
	}
	return f.as(cell.Bool).limited("yes or no")
}

// boolean is a field of true or false; nil is not known.
func boolean[C any](name, label string, at func(*C) **bool) Field[C] {
	parse := func(r *rowReader, s *source, v string) (*bool, bool) {
		yes, notes := cells.ReadYesNo(v)
		return &yes, r.Note(&s.Source, notes)
	}
	f := single(name, label, "yes/no", headers.None, at, parse, cells.ShowYesNo, samePointer[bool])
	f.cell = func(c *C) cell.Cell { return cell.NewYesNo(cells.ShowYesNo(*at(c))) }
	return f.as(cell.Bool).limited("yes or no")
}

func samePointer[V comparable](a, b *V) bool { return a == b || a != nil && b != nil && *a == *b }

// number is a field of a number that may have decimals; nil is empty.
func number[C any](name, label string, main headers.Concept, at func(*C) **float64, check func(float64) string) Field[C] {
	parse := func(r *rowReader, s *source, v string) (*float64, bool) {
		n, notes := cells.ReadNumber(v, r.decimal(s))
		if !r.Note(&s.Source, notes) {
			return nil, false
		}
		if wrong := check(n); wrong != "" {
			r.Fail(cells.CodeBadNumber, &s.Source, "%s %s", cells.Quote(v), wrong)
			return nil, false
		}
		return &n, true
	}
	show := func(v *float64) string {
		if v == nil {
			return ""
		}
		return cell.Decimal(*v)
	}
	f := single(name, label, "number", main, at, parse, show, samePointer[float64])
	f.cell = func(c *C) cell.Cell { return cell.NewNumber(*at(c)) }
	f.asIs, f.recheck = asIsNumber(at), func(r *rowReader, s *source, _, want *C) bool {
		n := *at(want)
		if n == nil || check(*n) == "" {
			return true
		}
		r.Fail(cells.CodeBadNumber, &s.Source, "%s %s", cells.Quote(show(n)), check(*n))
		return false
	}
	return f.as(cell.Number)
}

// date is a field of a day or an instant.
func date[C any](name, label string, main headers.Concept, at func(*C) *time.Time) Field[C] {
	parse := func(r *rowReader, s *source, v string) (time.Time, bool) {
		t, notes := cells.ReadDate(v, cmp.Or(r.o.DateOrder, s.Seen.Order), s.Seen.Serials)
		return t, r.Note(&s.Source, notes) && !t.IsZero()
	}
	f := single(name, label, "date", main, at, parse, cells.ShowDate, cells.SameSecond)
	f.cell = func(c *C) cell.Cell { return cell.NewTime(*at(c)) }
	return f.as(cell.DateTime)
}
