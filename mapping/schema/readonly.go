package schema

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
)

// Shown is a read-only field.
func Shown[C any](name, label, typ string, show func(*C) string) Field[C] {
	return Field[C]{
		Info:  Info{Name: name, Label: label, Type: typ, Note: "read-only"},
		Text:  show,
		Equal: func(a, b *C) bool { return show(a) == show(b) },
		Merge: func(_, _ *C, _ bool) {},
	}
}

// Moment is a read-only instant.
func Moment[C any](name, label string, at func(*C) time.Time) Field[C] {
	f := Shown(name, label, "date", func(c *C) string { return cells.ShowDate(at(c)) })
	f.Cell = func(c *C) cell.Cell { return cell.NewTime(at(c)) }
	return f.As(cell.DateTime)
}

// Count is a read-only whole number; nil is not known.
func Count[C any](name, label string, at func(*C) *int64) Field[C] {
	f := Shown(name, label, "number", func(c *C) string { return cells.ShowCount(at(c)) })
	f.Cell = func(c *C) cell.Cell { return cell.NewCount(at(c)) }
	return f.As(cell.Number)
}

// Web is a read-only text that usually is a web address.
func Web[C any](name, label string, at func(*C) string) Field[C] {
	f := Shown(name, label, "text", at)
	f.Cell = func(c *C) cell.Cell { return cell.NewWeb(at(c)) }
	return f.As(cell.Link)
}
