package mapping

import (
	"fmt"

	"crmferry/internal/cell"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

func (f Field[C]) as(k cell.Kind) Field[C] { f.kind = k; return f }

func (f Field[C]) required() Field[C] { f.Required, f.rules.needed = true, true; return f }

func (f Field[C]) writeOnly() Field[C] { f.WriteOnly = true; return f }

func (f Field[C]) createOnly() Field[C] { f.CreateOnly = true; return f }

func (f Field[C]) readFirstFilled() Field[C] { f.firstFilled = true; return f }

func (f Field[C]) never() Field[C] { f.Never = true; return f }

func (f Field[C]) notClearable() Field[C] { f.NotClearable = true; return f }

func (f Field[C]) closed() Field[C] { f.rules.closed = true; return f }

func (f Field[C]) note(s string) Field[C] { f.Note = s; return f }

func (f Field[C]) hinting(h hint.Code) Field[C] { f.Hint = h; return f }
func (f Field[C]) announce(s string) Field[C]   { f.Announce = s; return f }

func (f Field[C]) limited(s string) Field[C] { f.Limits = s; return f }

func (f Field[C]) named(c ...headers.Concept) Field[C] { f.takes = c; return f }

func (f Field[C]) nameIn(beside string) Field[C] { f.beside = beside; return f }

func (f Field[C]) also(names ...string) Field[C] { f.extra = names; return f }

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
