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
	for _, remark := range n.Remarks {
		b.addRemark(s, remark)
	}
	for _, fault := range n.Faults {
		b.addFault(s, fault)
	}
	return len(n.Faults) == 0
}

// Repair takes down that a cell was changed.
func (b *Book) Repair(code string, s *sources.Source, before, after, format string, args ...any) {
	b.addRemark(s, cells.Remark{Code: code, Before: before, After: after, Text: fmt.Sprintf(format, args...)})
}

// Advise says what to do about the last problem, where what is said of its code does not help.
func (b *Book) Advise(advice string) { b.Problems[len(b.Problems)-1].Advice = advice }

// addFault takes down a fault: damage only once, even if several fields are read from the cell.
func (b *Book) addFault(s *sources.Source, f cells.Fault) {
	if f.Code == cells.CodeDamaged && slices.ContainsFunc(b.Problems, func(p Problem) bool { return p.Code == f.Code && p.Column == s.Ref }) {
		return
	}
	b.Problems = append(b.Problems, Problem{Code: f.Code, Field: b.Field, Column: s.Ref, Message: b.where(s) + f.Text + b.Words.Say(f.Hint), Value: f.Value, Local: f.Local})
}

// usual is for how many remarks room is made with the first: who has one has a few.
const usual = 4

// addRemark takes down a remark, once even if several fields are read from the column.
func (b *Book) addRemark(s *sources.Source, m cells.Remark) {
	if slices.ContainsFunc(b.Remarks, func(f Remark) bool { return f.Code == m.Code && f.Column == s.Ref && f.Before == m.Before }) {
		return
	}
	if b.Remarks == nil {
		b.Remarks = make([]Remark, 0, usual)
	}
	b.Remarks = append(b.Remarks, Remark{Code: m.Code, Field: b.Field, Column: s.Ref, Before: m.Before, After: m.After, Message: b.where(s) + m.Text + b.Words.Say(m.Hint)})
}

// where starts a message about a cell.
func (b *Book) where(s *sources.Source) string {
	if s.Index < 0 {
		return fmt.Sprintf("%s %s: ", s.Ref, b.Field)
	}
	return s.InWords() + ": "
}
