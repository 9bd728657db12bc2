package schema

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Custom is the custom field of a record that its vendor knows by a name: a text, as no vendor documents other types, that cannot
// be read back.
func Custom[C any](name string, at func(*C) *crm.Custom) Field[C] {
	cell := Text("", "", headers.None, func(s *string) *string { return s })
	f := Field[C]{Info: CustomInfo(name), takes: cell.takes, Rules: cell.Rules}
	f.Read = func(r *Reader, from []Source, c *C) bool {
		v := ""
		if !cell.Read(r, from, &v) {
			return false
		}
		*at(c) = at(c).With(name, v)
		return true
	}
	f.Text = func(c *C) string { return (*at(c))[name] }
	f.Equal = func(a, b *C) bool { return cells.SameText(f.Text(a), f.Text(b)) }
	f.Merge = func(into, want *C, replace bool) {
		if replace || !f.Equal(into, want) {
			*at(into) = at(into).With(name, f.Text(want))
		}
	}
	return f
}

// CustomInfo describes a custom field.
func CustomInfo(name string) Info {
	return Info{Name: crm.CustomPrefix + name, Label: "Custom field " + name, Type: "text", Writable: true, WriteOnly: true, NotClearable: true}
}

// CustomFault says why nothing can be a custom field of that name, "" if it can: fields are written by their names, and several
// of them apart by commas.
func CustomFault(name string) string {
	switch {
	case name == "":
		return "it has no name"
	case strings.ContainsAny(name, ",=[]") || slices.ContainsFunc([]rune(name), unicode.IsControl):
		return fmt.Sprintf("%s holds one of , = [ ]", cells.Quote(name))
	}
	return ""
}
