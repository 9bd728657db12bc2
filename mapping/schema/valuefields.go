package schema

import (
	"cmp"
	"time"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// YesNo is a field of "yes" or "no".
func YesNo[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (string, bool) {
		yes, notes := cells.ReadYesNo(v)
		return cells.ShowYesNo(&yes), r.Note(&s.Source, notes)
	}
	f := Single(name, label, "yes/no", headers.None, at, parse, Itself, func(a, b string) bool { return (a == "yes") == (b == "yes") })
	f.Cell = func(c *C) cell.Cell { return cell.NewYesNo(*at(c)) }
	asIs := f.AsIs
	f.AsIs = func(v string, c *C) bool {
		_, isAnswer := cells.YesNoOf(v)
		return !isAnswer && asIs(v, c)
	}
	return f.As(cell.Bool).Limited("yes or no").Closed()
}

// Boolean is a field of true or false; nil is not known. Its cells say yes or no, or what read knows under a header;
// why is what is wrong with one that it does not know.
func Boolean[C any](name, label string, at func(*C) **bool, read ...func(header, v string) (yes bool, why string)) Field[C] {
	parse := func(r *Reader, s *Source, v string) (*bool, bool) {
		if len(read) > 0 {
			yes, why := read[0](s.Ref, v)
			if why != "" {
				r.Fail(cells.CodeBadValue, &s.Source, "%s", why)
			}
			return &yes, why == ""
		}
		yes, notes := cells.ReadYesNo(v)
		return &yes, r.Note(&s.Source, notes)
	}
	f := Single(name, label, "yes/no", headers.None, at, parse, cells.ShowYesNo, samePointer[bool])
	f.Cell = func(c *C) cell.Cell { return cell.NewYesNo(cells.ShowYesNo(*at(c))) }
	return f.As(cell.Bool).Limited("yes or no").Closed()
}

func samePointer[V comparable](a, b *V) bool { return a == b || a != nil && b != nil && *a == *b }

// Number is a field of a number that may have decimals; nil is empty.
func Number[C any](name, label string, main headers.Concept, at func(*C) **float64, check func(float64) string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (*float64, bool) {
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
	f := Single(name, label, "number", main, at, parse, show, samePointer[float64])
	f.Cell = func(c *C) cell.Cell { return cell.NewNumber(*at(c)) }
	f.AsIs, f.Recheck = asIsNumber(at), func(r *Reader, s *Source, _, want *C) bool {
		n := *at(want)
		if n == nil || check(*n) == "" {
			return true
		}
		r.Fail(cells.CodeBadNumber, &s.Source, "%s %s", cells.Quote(show(n)), check(*n))
		return false
	}
	return f.As(cell.Number)
}

// Date is a field of a day or an instant.
func Date[C any](name, label string, main headers.Concept, at func(*C) *time.Time) Field[C] {
	parse := func(r *Reader, s *Source, v string) (time.Time, bool) {
		t, notes := cells.ReadDate(v, cmp.Or(r.Options.DateOrder, s.Seen.Order), s.Seen.Serials)
		return t, r.Note(&s.Source, notes) && !t.IsZero()
	}
	f := Single(name, label, "date", main, at, parse, cells.ShowDate, cells.SameSecond)
	f.Cell = func(c *C) cell.Cell { return cell.NewTime(*at(c)) }
	return f.As(cell.DateTime)
}
