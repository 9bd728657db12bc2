package mapping

import (
	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

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
	f.read = func(r *rowReader, from []source, c *C) bool {
		v := r.joined(from)
		if v == "" {
			return false
		}
		if isName {
			style := from[0].Names
			style.Whole = len(from) == 1 && from[0].Part == headers.FullName
			name, notes := names.Turn(v, style)
			v = name
			r.Note(&from[0].Source, notes)
		}
		if !r.fits(&from[0], v) {
			return false
		}
		*at(c) = v
		return true
	}
	return f
}

func parseText(r *rowReader, s *source, v string) (string, bool) { return v, r.fits(s, v) }

// code is a field of text that may look like a number.
func code[C any](name, label string, main headers.Concept, at func(*C) *string) Field[C] {
	parse := func(r *rowReader, s *source, v string) (string, bool) {
		code, notes := cells.ReadCode(v, s.Seen.Floats, r.rules.max)
		return code, r.Note(&s.Source, notes) && code != ""
	}
	f := single(name, label, "text", main, at, parse, itself, cells.SameText)
	f.rules.nature = cells.Codes
	return f.as(cell.Identifier)
}

// email is a field of one address.
func email[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *rowReader, s *source, v string) (string, bool) {
		address, notes := cells.ReadEmail(v, r.Field, r.rules.max)
		return address, r.Note(&s.Source, notes) && address != ""
	}
	return single(name, label, "email", headers.Email, at, parse, itself, cells.SameEmail).readFirstFilled()
}

// phone is a field of one number.
func phone[C any](name, label string, at func(*C) *string) Field[C] {
	parse := func(r *rowReader, s *source, v string) (string, bool) {
		number, notes := r.phoneReader(s).Read(v)
		return number, r.Note(&s.Source, notes) && number != ""
	}
	return single(name, label, "phone", headers.Phone, at, parse, itself, cells.SamePhone).as(cell.Identifier).readFirstFilled()
}
