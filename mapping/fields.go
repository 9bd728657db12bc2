package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// single makes a field of one value. The functions say how a cell is read, how a value is shown, and when two are the
// same.
func single[C, V any](name, label, typ string, main headers.Concept, at func(*C) *V,
	parse func(*reading, *source, string) (V, bool), show func(V) string, same func(a, b V) bool) Field[C] {
	f := Field[C]{Info: Info{Name: name, Label: label, Type: typ, Writable: true}, main: main, takes: []headers.Concept{main}}
	f.read = func(r *reading, from []source, c *C) bool {
		for i := range from {
			v, before := r.cell(&from[i]), len(r.problems)
			if v == "" {
				continue
			}
			parsed, ok := parse(r, &from[i], v)
			if ok {
				*at(c) = parsed
			}
			if ok || len(r.problems) > before {
				return ok
			}
		}
		return false
	}
	f.text = func(c *C) string { return show(*at(c)) }
	f.keep, f.tidy = keepSingle(at), tidySingle(at, parse, show)
	f.equal = func(a, b *C) bool { return same(*at(a), *at(b)) }
	f.merge = func(into, want *C, _ bool) {
		if !same(*at(into), *at(want)) {
			*at(into) = *at(want)
		}
	}
	return f
}

func itself(v string) string { return v }

// text is a field of free text.
func text[C any](name, label string, main headers.Concept, at func(*C) *string) Field[C] {
	f := single(name, label, "text", main, at, parseText, itself, cells.SameText)
	if f.rules.nature = cells.Words; main == headers.Note {
		f.rules.nature = cells.Prose
	}
	return f
}

// composed is a field of text that several columns make up, joined by spaces.
func composed[C any](name, label string, main headers.Concept, at func(*C) *string, parts ...headers.Concept) Field[C] {
	f := text(name, label, main, at)
	f.takes, f.compose = parts, true
	f.rules.nature = cells.Words
	isName := headers.IsNamePart(main)
	f.read = func(r *reading, from []source, c *C) bool {
		v := r.joined(from)
		if isName && strings.IndexByte(v, ',') > 0 {
			v = r.joinedAs(from, r.lastInOrder)
		}
		if v == "" || !r.fits(&from[0], v) {
			return false
		}
		if isName {
			r.note(&from[0], cells.CheckName(v))
		}
		*at(c) = v
		return true
	}
	return f
}

// lastInOrder is the cell of a part of a name, of which a last name may have its particles behind a comma.
func (r *reading) lastInOrder(s *source) string {
	if s.Part == headers.LastName {
		return cells.InOrder(r.cell(s))
	}
	return r.cell(s)
}

// joined is what several columns say together.
func (r *reading) joined(from []source) string { return r.joinedAs(from, r.cell) }

func (r *reading) joinedAs(from []source, cell func(*source) string) string {
	v := ""
	for i := range from {
		if part := cell(&from[i]); v == "" {
			v = part
		} else if part != "" {
			v += " " + part
		}
	}
	return v
}

// firstName and lastName are the two parts of a name. Where the sheet has a full name only, it is split; strict says
// that the vendor requires both parts, so that a name that cannot be split is a problem, else it is all last name.
func firstName[C any](name string, strict bool, at func(*C) *string) Field[C] {
	f := composed(name, "First name", headers.FirstName, at, headers.FirstName, headers.FullName)
	return splitting(f, at, func(r *reading, s *source, v string) string {
		first, _, ok := cells.SplitName(v, s.Spanish)
		if !ok && strict {
			r.fail(CodeRequired, s, "%s does not fall into a first and a last name, and both are required", cells.Quote(v))
			r.advise("Write a first and a last name into the cell.")
		}
		return first
	})
}

func lastName[C any](name, label string, strict bool, at func(*C) *string) Field[C] {
	f := composed(name, label, headers.LastName, at, headers.Infix, headers.LastName, headers.FullName)
	return splitting(f, at, func(r *reading, s *source, v string) string {
		first, last, ok := cells.SplitName(v, s.Spanish)
		if !ok && !strict {
			return v
		}
		r.note(s, cells.CheckSplit(v, first, last, s.Spanish))
		return last
	})
}

// splitting reads a column of full names by split, other columns as before.
func splitting[C any](f Field[C], at func(*C) *string, split func(*reading, *source, string) string) Field[C] {
	join := f.read
	f.read = func(r *reading, from []source, c *C) bool {
		if len(from) != 1 || from[0].Part != headers.FullName {
			return join(r, from, c)
		}
		v := r.cell(&from[0])
		if v == "" {
			return false
		}
		bare, off := cells.BareName(v)
		part := split(r, &from[0], bare)
		r.note(&from[0], cells.CheckName(bare))
		if part == "" || !r.fits(&from[0], part) {
			return false
		}
		if off != "" {
			r.repair(cells.RemarkComment, &from[0], v, bare, "%s was read without %s", cells.Quote(v), cells.Quote(off))
		}
		if word, rest := cells.CutTitle(bare); word != "" && part != bare && r.title.from == nil {
			r.title = title{&from[0], r.name, bare, word, rest}
		}
		*at(c) = part
		return true
	}
	return f
}

func parseText(r *reading, s *source, v string) (string, bool) { return v, r.fits(s, v) }

// code is a field of text that may look like a number.
func code[C any](name, label string, main headers.Concept, at func(*C) *string) Field[C] {
	parse := func(r *reading, s *source, v string) (string, bool) {
		code, notes := cells.ReadCode(v, s.Seen.Floats, r.rules.max)
		return code, r.note(s, notes) && code != ""
	}
	f := single(name, label, "text", main, at, parse, itself, cells.SameText)
	f.rules.nature = cells.Codes
	return f.as(cell.Identifier)
}

// email is a field of one address.
func email[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *reading, s *source, v string) (string, bool) {
		address, notes := cells.ReadEmail(v, r.name, r.rules.max)
		return address, r.note(s, notes) && address != ""
	}
	return single(name, label, "email", headers.Email, at, parse, itself, cells.SameEmail).falling()
}

// phone is a field of one number.
func phone[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *reading, s *source, v string) (string, bool) {
		if r.phones.IsPlain(v) {
			return v, true
		}
		number, notes := r.phoneReader(s).Read(v)
		return number, r.note(s, notes) && number != ""
	}
	return single(name, label, "phone", headers.Phone, at, parse, itself, cells.SamePhone).as(cell.Identifier).falling()
}

// phoneReader reads the phones of a row.
func (r *reading) phoneReader(s *source) *cells.PhoneReader {
	return &cells.PhoneReader{Book: r.phones, Region: r.o.Region, Place: r.place(s), Field: r.name}
}

// yesNo is a field of "yes" or "no".
func yesNo[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *reading, s *source, v string) (string, bool) {
		yes, notes := cells.ReadYesNo(v)
		return showBool(&yes), r.note(s, notes)
	}
	f := single(name, label, "yes/no", headers.None, at, parse, itself, func(a, b string) bool { return (a == "yes") == (b == "yes") })
	f.cell = func(c *C) cell.Cell { return yesNoCell(*at(c)) }
	keep := f.keep
	f.keep = func(v string, c *C) bool {
		_, known := cells.YesNoOf(v)
		return !known && keep(v, c)
	}
	return f.as(cell.Bool).limited("yes or no")
}

// boolean is a field of true or false; nil is not known.
func boolean[C any](name, label string, at func(*C) **bool) Field[C] {
	parse := func(r *reading, s *source, v string) (*bool, bool) {
		yes, notes := cells.ReadYesNo(v)
		return &yes, r.note(s, notes)
	}
	f := single(name, label, "yes/no", headers.None, at, parse, showBool, samePointer[bool])
	f.cell = func(c *C) cell.Cell { return yesNoCell(showBool(*at(c))) }
	return f.as(cell.Bool).limited("yes or no")
}

func showBool(v *bool) string {
	switch {
	case v == nil:
		return ""
	case *v:
		return "yes"
	}
	return "no"
}

func samePointer[V comparable](a, b *V) bool { return a == b || a != nil && b != nil && *a == *b }

// decimal is what starts the decimals of a source's numbers, "" if nothing says so.
func (r *reading) decimal(s *source) string {
	if slices.Contains(r.points, s.Index) {
		return "point"
	}
	return cmp.Or(r.o.Decimal, s.Seen.Decimal)
}

// number is a field of a number that may have decimals; nil is empty.
func number[C any](name, label string, main headers.Concept, at func(*C) **float64, check func(float64) string) Field[C] {
	parse := func(r *reading, s *source, v string) (*float64, bool) {
		n, notes := cells.ReadNumber(v, r.decimal(s))
		if !r.note(s, notes) {
			return nil, false
		}
		if wrong := check(n); wrong != "" {
			r.fail(cells.CodeBadNumber, s, "%s %s", cells.Quote(v), wrong)
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
	f.cell = func(c *C) cell.Cell { return numberCell(*at(c)) }
	f.keep, f.tidy = keepNumber(at), func(r *reading, s *source, _, want *C) bool {
		n := *at(want)
		if n == nil || check(*n) == "" {
			return true
		}
		r.fail(cells.CodeBadNumber, s, "%s %s", cells.Quote(show(n)), check(*n))
		return false
	}
	return f.as(cell.Number)
}

// date is a field of a day or an instant.
func date[C any](name, label string, main headers.Concept, at func(*C) *time.Time) Field[C] {
	parse := func(r *reading, s *source, v string) (time.Time, bool) {
		t, notes := cells.ReadDate(v, cmp.Or(r.o.DateOrder, s.Seen.Order), s.Seen.Serials)
		return t, r.note(s, notes) && !t.IsZero()
	}
	f := single(name, label, "date", main, at, parse, cells.ShowDate, sameSecond)
	f.cell = func(c *C) cell.Cell { return timeCell(*at(c)) }
	return f.as(cell.DateTime)
}

// sameSecond compares instants as exactly as a workbook holds them.
func sameSecond(a, b time.Time) bool {
	return a.IsZero() == b.IsZero() && a.Sub(b).Abs() < time.Second
}

// link is a field that refers to one thing of a kind. identify turns a cell that is an id into a ref and leaves ID
// empty for a name.
func link[C any](name, label, kind string, main headers.Concept, at func(*C) *crm.Ref, identify func(string) crm.Ref) Field[C] {
	parse := func(r *reading, s *source, v string) (crm.Ref, bool) {
		if whole := cells.TrimFraction(v); whole != v && identify(whole).ID != "" {
			var notes cells.Notes
			v, notes = cells.ReadWhole(v)
			r.note(s, notes)
		}
		ref := identify(v)
		r.link(kind, ref)
		return ref, r.fits(s, v)
	}
	f := single(name, label, "link to "+kind, main, at, parse, showRef, sameRef)
	f.Link, f.rules.nature = kind, cells.Codes
	f.keep = nil // names have to be resolved
	f.setLink = func(c *C, _ string, ref crm.Ref) { *at(c) = ref }
	f.ref = func(c *C) crm.Ref { return *at(c) }
	f.cell = func(c *C) cell.Cell {
		if ref := *at(c); ref.ID != "" && identify(ref.ID).ID != "" {
			return textCell(cell.Identifier, ref.ID)
		}
		return textCell(cell.Text, showRef(*at(c)))
	}
	return f.as(cell.Identifier)
}

// link notes a name that has to be resolved.
func (r *reading) link(kind string, ref crm.Ref) {
	if ref.ID == "" {
		if r.links == nil {
			r.links = make([]Link, 0, 4)
		}
		r.links = append(r.links, Link{Field: r.name, Kind: kind, Name: ref.Name})
	}
}

// showRef prefers the name: it is what people know a thing by.
func showRef(v crm.Ref) string {
	if v.Name != "" {
		return v.Name
	}
	return v.ID
}

// sameRef compares by id, or by name where one of them has no id.
func sameRef(a, b crm.Ref) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	if a == b {
		return true
	}
	return a.Name != "" && strings.EqualFold(strings.TrimSpace(a.Name), strings.TrimSpace(b.Name))
}

// shown is a read-only field.
func shown[C any](name, label, typ string, show func(*C) string) Field[C] {
	return Field[C]{
		Info:  Info{Name: name, Label: label, Type: typ, Note: "read-only"},
		text:  show,
		equal: func(a, b *C) bool { return show(a) == show(b) },
		merge: func(_, _ *C, _ bool) {},
	}
}

// moment is a read-only instant.
func moment[C any](name, label string, at func(*C) time.Time) Field[C] {
	f := shown(name, label, "date", func(c *C) string { return cells.ShowDate(at(c)) })
	f.cell = func(c *C) cell.Cell { return timeCell(at(c)) }
	return f.as(cell.DateTime)
}

// count is a read-only whole number; nil is not known.
func count[C any](name, label string, at func(*C) *int64) Field[C] {
	f := shown(name, label, "number", func(c *C) string { return showCount(at(c)) })
	f.cell = func(c *C) cell.Cell { return countCell(at(c)) }
	return f.as(cell.Number)
}

// web is a read-only text that usually is a web address.
func web[C any](name, label string, at func(*C) string) Field[C] {
	f := shown(name, label, "text", at)
	f.cell = func(c *C) cell.Cell { return webCell(at(c)) }
	return f.as(cell.Link)
}

func (f Field[C]) as(k cell.Kind) Field[C]             { f.kind = k; return f }
func (f Field[C]) required() Field[C]                  { f.Required, f.rules.needed = true, true; return f }
func (f Field[C]) writeOnly() Field[C]                 { f.WriteOnly = true; return f }
func (f Field[C]) createOnly() Field[C]                { f.CreateOnly = true; return f }
func (f Field[C]) falling() Field[C]                   { f.falls = true; return f }
func (f Field[C]) never() Field[C]                     { f.Never = true; return f }
func (f Field[C]) kept() Field[C]                      { f.Kept = true; return f }
func (f Field[C]) closed() Field[C]                    { f.rules.closed = true; return f }
func (f Field[C]) note(s string) Field[C]              { f.Note = s; return f }
func (f Field[C]) announce(s string) Field[C]          { f.Announce = s; return f }
func (f Field[C]) limited(s string) Field[C]           { f.Limits = s; return f }
func (f Field[C]) named(c ...headers.Concept) Field[C] { f.takes = c; return f }
func (f Field[C]) nameIn(beside string) Field[C]       { f.beside = beside; return f }
func (f Field[C]) also(names ...string) Field[C]       { f.extra = names; return f }

// length sets the documented length of a text or of each value of a list.
func (f Field[C]) length(minimum, maximum int) Field[C] {
	f.rules.max = maximum
	f.Limits = fmt.Sprintf("at most %d characters", maximum)
	if minimum > 0 {
		f.Limits = fmt.Sprintf("%d to %d characters", minimum, maximum)
	}
	if f.List {
		f.Limits += " each"
	}
	return f
}

// atMost sets the documented number of values of a list; it follows length.
func (f Field[C]) atMost(items int) Field[C] {
	f.rules.items = items
	f.Limits = fmt.Sprintf("at most %d values, %s", items, f.Limits)
	return f
}
