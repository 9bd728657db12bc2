package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
)

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
	f.cell = func(c *C) cell.Cell { return cell.NewTime(at(c)) }
	return f.as(cell.DateTime)
}

// count is a read-only whole number; nil is not known.
func count[C any](name, label string, at func(*C) *int64) Field[C] {
	f := shown(name, label, "number", func(c *C) string { return cells.ShowCount(at(c)) })
	f.cell = func(c *C) cell.Cell { return cell.NewCount(at(c)) }
	return f.as(cell.Number)
}

// web is a read-only text that usually is a web address.
func web[C any](name, label string, at func(*C) string) Field[C] {
	f := shown(name, label, "text", at)
	f.cell = func(c *C) cell.Cell { return cell.NewWeb(at(c)) }
	return f.as(cell.Link)
}
