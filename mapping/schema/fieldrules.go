package schema

import (
	"fmt"

	"crmferry/internal/cell"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

// As sets the kind of its cells in an export.
func (f Field[C]) As(k cell.Kind) Field[C] { f.Kind = k; return f }

// Require says that the vendor takes no new record without it.
func (f Field[C]) Require() Field[C] { f.Required, f.Rules.needed = true, true; return f }

// RequireThisOr says that the vendor takes no new record without it or another field.
func (f Field[C]) RequireThisOr(other string) Field[C] { f.Or = other; return f.Require() }

// NoRead says that it cannot be read back.
func (f Field[C]) NoRead() Field[C] { f.WriteOnly = true; return f }

// NoUpdate says that it cannot be changed afterwards.
func (f Field[C]) NoUpdate() Field[C] { f.CreateOnly = true; return f }

func (f Field[C]) readFirstFilled() Field[C] { f.firstFilled = true; return f }

// NoHeader says that no header is taken for it: only the user names it.
func (f Field[C]) NoHeader() Field[C] { f.Never = true; return f }

// NoClear says that the vendor documents nothing by which it could be emptied.
func (f Field[C]) NoClear() Field[C] { f.NotClearable = true; return f }

// Closed says that it takes values of a list, or of one form.
func (f Field[C]) Closed() Field[C] { f.Rules.Closed = true; return f }

// InUSA says that it is part of an address in the USA: the others have no place.
func (f Field[C]) InUSA() Field[C] { f.Rules.inUSA = true; return f }

// Noting sets what a user should know of it.
func (f Field[C]) Noting(s string) Field[C] { f.Note = s; return f }

// Hinting sets what a front end says behind the note.
func (f Field[C]) Hinting(h hint.Code) Field[C] { f.Hint = h; return f }

// Announcing sets what is said before a start if rows say yes to it.
func (f Field[C]) Announcing(s string) Field[C] { f.Announce = s; return f }

// AnnouncingOf sets what is said before a start of rows that have a value in it.
func (f Field[C]) AnnouncingOf(value, s string) Field[C] {
	f.AnnounceOn, f.Announce = value, s
	return f
}

// Means says what a field that can only be read means elsewhere.
func (f Field[C]) Means(c headers.Concept) Field[C] { f.Main = c; return f }

// OfPeople says that the values of a list are people, who may be named by their addresses.
func (f Field[C]) OfPeople() Field[C] { f.Rules.people = true; return f }

// Limited sets the words of its limits.
func (f Field[C]) Limited(s string) Field[C] { f.Limits = s; return f }

// Named sets the headers it is recognised by, best first.
func (f Field[C]) Named(c ...headers.Concept) Field[C] { f.takes = c; return f }

// OfItself says that the record is what the field names: a company.
func (f Field[C]) OfItself() Field[C] { f.ofItself = true; return f }

// NameIn sets the field that can only be read and names the thing linked to.
func (f Field[C]) NameIn(beside string) Field[C] { f.Beside = beside; return f }

// Late sets names that may mean the field where no other header does and every row has something.
func (f Field[C]) Late(names ...string) Field[C] { f.late = names; return f }

// Also sets further names of the vendor, and headers of no concept.
func (f Field[C]) Also(names ...string) Field[C] { f.extra = names; return f }

// Length sets the documented length of a text or of each value of a list.
func (f Field[C]) Length(minimum, maximum int) Field[C] {
	f.Rules.max = maximum
	f.Limits = fmt.Sprintf("at most %d characters", maximum)
	if minimum > 0 {
		f.Limits = fmt.Sprintf("%d to %d characters", minimum, maximum)
	}
	if f.List {
		f.Limits += " each"
	}
	return f
}

// Splits says that a text which is longer can be split into several records.
func (f Field[C]) Splits() Field[C] { f.CanSplit, f.Rules.splits = true, true; return f }

// AtMost sets the documented number of values of a list; it follows Length.
func (f Field[C]) AtMost(items int) Field[C] {
	f.Rules.items = items
	f.Limits = fmt.Sprintf("at most %d values, %s", items, f.Limits)
	return f
}
