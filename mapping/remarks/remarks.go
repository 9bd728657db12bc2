// Package remarks takes down what there is to say of the cells of a row, each thing once.
package remarks

import (
	"fmt"
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/sources"
)

// Problem is a rule that a row breaks, or a header that cannot be used.
type Problem struct {
	Code    string // stable: required, too_long, bad_email, bad_phone ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" if the row has none for the field
	Message string // for people; names the column and quotes the cell
	Value   string // the cell, if the field takes certain values only and this is none of them
	Advice  string // what to do about it, where what is said of its code does not help; "" for most
	Local   string // a phone number that is readable once its country is known
	Splits  bool   // a text that is too long, and makes several records where that is wanted
}

// Remark is what was repaired in a cell, or looks wrong in one that was taken as it stands.
type Remark struct {
	Code    string // of the kind, stable: float_tail, several_values ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" for a value of Set
	Before  string // the cell
	After   string // what it was read as: a suspicion left it as it was; "" for an empty cell
	Message string // for people; quotes the cell
}

// Book holds what is said of one row.
type Book struct {
	Field    string // that is being read
	Words    hint.Words
	Problems []Problem
	Remarks  []Remark
}

// Fail takes down what is wrong with a cell.
func (b *Book) Fail(code string, s *sources.Source, format string, args ...any) {
	b.addFault(s, cells.Fault{Code: code, Text: fmt.Sprintf(format, args...)})
}

// Note takes down what a parser says of a cell, and reports whether the cell has no fault.
func (b *Book) Note(s *sources.Source, n cells.Notes) bool {
	if n.Remarks == nil && n.Faults == nil {
		return true // as of nearly all cells
	}
	for _, m := range n.Remarks {
		if !b.has(m.Code, s, m.Before) {
			b.add(m.Code, s, m.Before, m.After, b.message(s, m.Text, m.Hint))
		}
	}
	for _, fault := range n.Faults {
		b.addFault(s, fault)
	}
	return len(n.Faults) == 0
}

// Repair takes down that a cell was changed.
func (b *Book) Repair(code string, s *sources.Source, before, after, format string, args ...any) {
	if b.has(code, s, before) {
		return
	}
	var room [usualText]byte // so that only the whole message takes memory
	b.add(code, s, before, after, string(fmt.Appendf(b.appendWhere(room[:0], s), format, args...)))
}

// Advise says what to do about the last problem, where what is said of its code does not help.
func (b *Book) Advise(advice string) { b.Problems[len(b.Problems)-1].Advice = advice }

// addFault takes down a fault: damage only once, even if several fields are read from the cell.
func (b *Book) addFault(s *sources.Source, f cells.Fault) {
	if f.Code == cells.CodeDamaged && slices.ContainsFunc(b.Problems, func(p Problem) bool { return p.Code == f.Code && p.Column == s.Ref }) {
		return
	}
	b.Problems = append(b.Problems, Problem{Code: f.Code, Field: b.Field, Column: s.Ref, Message: b.message(s, f.Text, f.Hint), Value: f.Value, Local: f.Local})
}

const (
	usual     = 4   // for how many remarks room is made with the first: who has one has a few
	usualText = 256 // how long messages are that are put together without further memory
)

// has reports whether that is said of the column: once is enough, even if several fields are read from it.
func (b *Book) has(code string, s *sources.Source, before string) bool {
	return slices.ContainsFunc(b.Remarks, func(m Remark) bool { return m.Code == code && m.Column == s.Ref && m.Before == before })
}

func (b *Book) add(code string, s *sources.Source, before, after, message string) {
	if b.Remarks == nil {
		b.Remarks = make([]Remark, 0, usual)
	}
	b.Remarks = append(b.Remarks, Remark{Code: code, Field: b.Field, Column: s.Ref, Before: before, After: after, Message: message})
}

// message says something about a cell, and what else there is to say.
func (b *Book) message(s *sources.Source, text string, more hint.Code) string {
	var room [usualText]byte
	return string(append(append(b.appendWhere(room[:0], s), text...), b.Words.Say(more)...))
}

// appendWhere starts a message about a cell.
func (b *Book) appendWhere(text []byte, s *sources.Source) []byte {
	if s.Index < 0 {
		return append(append(append(append(text, s.Ref...), ' '), b.Field...), ": "...)
	}
	return append(append(text, s.InWords()...), ": "...)
}
