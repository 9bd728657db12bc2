package schema

import (
	"strings"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// Itself shows a value that is a text.
func Itself(v string) string { return v }

// Text is a field of free text.
func Text[C any](name, label string, main headers.Concept, at func(*C) *string) Field[C] {
	f := Single(name, label, "text", main, at, parseText, Itself, cells.SameText)
	if f.Rules.nature = cells.Words; main == headers.Note {
		f.Rules.nature = cells.Prose
	}
	return f
}

// Composed is a field of text that several columns make up, joined by spaces.
func Composed[C any](name, label string, main headers.Concept, at func(*C) *string, parts ...headers.Concept) Field[C] {
	f := Text(name, label, main, at)
	f.takes, f.compose = parts, true
	f.Rules.nature = cells.Words
	isName := headers.IsNamePart(main)
	f.Read = func(r *Reader, from []Source, c *C) bool {
		v := ""
		if main == headers.Street {
			v = r.street(from)
		} else {
			v = r.joined(from)
			r.doubtLines(&from[0], v)
		}
		if v == "" {
			return false
		}
		if isName {
			style := from[0].Names
			style.Whole = len(from) == 1 && from[0].Part == headers.FullName
			if style.Whole {
				v = r.cutEmail(&from[0], v)
			}
			name, notes := names.Turn(v, style)
			v = name
			r.Note(&from[0].Source, notes)
		}
		if !r.Fits(&from[0], v) {
			return false
		}
		*at(c) = v
		return true
	}
	return f
}

// Salutation is a field of what people are addressed by.
func Salutation[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (string, bool) {
		read, notes := names.ReadSalutation(v)
		return read, r.Note(&s.Source, notes) && read != "" && r.Fits(s, read)
	}
	f := Single(name, label, "text", headers.Salutation, at, parse, Itself, cells.SameText)
	f.Rules.nature = cells.Words
	return f
}

func parseText(r *Reader, s *Source, v string) (string, bool) {
	r.doubtLines(s, v)
	if v != "" && v[len(v)-1] == '*' {
		r.doubtMark(s, v)
	}
	return v, r.Fits(s, v)
}

// doubtLines remarks on a text of several lines in a field of a few words.
func (r *Reader) doubtLines(s *Source, v string) {
	if r.Rules.nature == cells.Words && strings.IndexByte(v, '\n') >= 0 {
		r.Repair(cells.RemarkInvisible, &s.Source, v, v, "%s has several lines; it was taken as it stands", cells.Quote(v))
	}
}

// Code is a field of text that may look like a number.
func Code[C any](name, label string, main headers.Concept, at func(*C) *string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (string, bool) {
		code, notes := cells.ReadCode(v, s.Seen.Floats || main == headers.Zip, r.Rules.max)
		return code, r.Note(&s.Source, notes) && code != ""
	}
	f := Single(name, label, "text", main, at, parse, Itself, cells.SameText)
	f.Rules.nature = cells.Codes
	return f.As(cell.Identifier)
}

// Email is a field of one address.
func Email[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (string, bool) {
		address, notes := cells.ReadEmail(v, r.Field, r.Rules.max)
		return address, r.Note(&s.Source, notes) && address != ""
	}
	return Single(name, label, "email", headers.Email, at, parse, Itself, cells.SameEmail).readFirstFilled()
}

// Phone is a field of one number.
func Phone[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *Reader, s *Source, v string) (string, bool) {
		number, notes := r.phoneReader(s).Read(v)
		return number, r.Note(&s.Source, notes) && number != ""
	}
	return Single(name, label, "phone", headers.Phone, at, parse, Itself, cells.SamePhone).As(cell.Identifier).readFirstFilled()
}
