package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// The flags whose values have no cell.
const (
	flagSet     = "--set"
	flagDefault = "--default"
)

// constants are values for all rows, converted.
type constants[C any] struct {
	contact C
	fields  crm.Fields
	links   []Link
}

// readSettings converts what the user gives beside the cells: values for rows, and other values for cells, by field. It
// returns the first of them that cannot be used.
func (m *Matching[C]) readSettings(spec *match.Spec, o *MatchOptions) (values map[string]map[string]string, err *match.Error) {
	badConstant := m.readConstants(spec, o)
	values, badValue := m.readValues(spec, o.Values)
	return values, cmp.Or(badConstant, badValue)
}

// readConstants converts the values of --set and of --default, once for all rows.
func (m *Matching[C]) readConstants(spec *match.Spec, o *MatchOptions) *match.Error {
	for _, arg := range o.Set {
		if err := m.readConstant(spec, flagSet, arg, &m.set); err != nil {
			return err
		}
	}
	for _, arg := range o.Default {
		if err := m.onlyDefault(spec, arg); err != nil {
			return err
		}
		if err := m.readConstant(spec, flagDefault, arg, &m.defaults); err != nil {
			return err
		}
	}
	return nil
}

// onlyDefault refuses a --default that would never be used. What is no field is refused where it is read.
func (m *Matching[C]) onlyDefault(spec *match.Spec, arg string) *match.Error {
	name, _, _ := strings.Cut(arg, "=")
	i, err := spec.Find(headers.Clean(name), flagDefault)
	if err != nil {
		return nil
	}
	switch f := &m.table.Fields[i]; {
	case m.set.fields.Has(f.Name):
		return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("--default %s: --set gives every row the same %s", f.Name, f.Name), Hint: "leave one of them out"}
	case !f.List && m.defaults.fields.Has(f.Name):
		return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("--default names %s twice", f.Name), Hint: "keep one of them"}
	}
	return nil
}

// readConstant converts one value of a flag.
func (m *Matching[C]) readConstant(spec *match.Spec, flag, arg string, into *constants[C]) *match.Error {
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		return &match.Error{Message: fmt.Sprintf("%s %q has no =", flag, arg), Hint: fmt.Sprintf("write it as %s field=value", flag)}
	}
	i, err := spec.Find(headers.Clean(name), flag)
	if err != nil {
		return err
	}
	f := &m.table.Fields[i]
	switch value = headers.Clean(value); {
	case !f.Writable:
		return &match.Error{Message: fmt.Sprintf("%s: %s cannot be written", flag, f.Name), Hint: spec.Listing()}
	case value == "":
		return &match.Error{Message: fmt.Sprintf("%s %s has no value", flag, f.Name), Hint: "an empty value leaves the CRM's value alone: leave the flag out"}
	}
	return m.convertConstant(flag, f, value, into)
}

func (m *Matching[C]) convertConstant(flag string, f *Field[C], value string, into *constants[C]) *match.Error {
	r := reading{o: &m.options, phones: &m.phones, name: f.Name, rules: &f.rules}
	var said C
	if f.read(&r, []source{newConstant(flag, value, f.main)}, &said) {
		f.merge(&into.contact, &said, false) // a list that is named again gets both
		if !into.fields.Has(f.Name) {
			into.fields = append(into.fields, f.Name)
		}
		into.links = append(into.links, r.links...)
		return nil
	}
	message := fmt.Sprintf("%s %s: %s cannot be used", flag, f.Name, cells.Quote(value))
	code := ""
	if len(r.problems) > 0 {
		message, code = r.problems[0].Message, r.problems[0].Code
	}
	return &match.Error{Fields: []string{f.Name}, Message: message, Hint: flagAdvice(code)}
}

// Defaults are the fields that --default fills where a row has nothing for them.
func (m *Matching[C]) Defaults() crm.Fields { return m.defaults.fields }

// addConstants gives the row what --set says.
func (m *Matching[C]) addConstants(r *reading, c *C) {
	for _, name := range m.set.fields {
		m.table.field(name).merge(c, &m.set.contact, false)
		if !r.fields.Has(name) {
			r.fields = append(r.fields, name)
		}
	}
	for _, l := range m.set.links {
		if !slices.Contains(r.links, l) {
			r.links = append(r.links, l)
		}
	}
	for i := range m.unread {
		if p := &m.unread[i]; m.replaces(r, p) {
			r.overridden = append(r.overridden, p.field.Name)
		}
	}
}

// replaces says whether the cells of a field that --set gives its value say something else.
func (m *Matching[C]) replaces(r *reading, p *feed[C]) bool {
	if r.joinedAs(p.from, r.plain) == "" {
		return false
	}
	var said C
	apart := reading{o: r.o, phones: r.phones, cells: r.cells, points: r.points, name: p.field.Name, rules: &p.field.rules}
	if p.field.read(&apart, p.from, &said) {
		return !p.field.equal(&said, &m.set.contact)
	}
	return len(apart.problems) > 0
}

// addDefaults gives the row what --default says of fields for which it has nothing.
func (m *Matching[C]) addDefaults(r *reading, c *C) {
	for _, name := range m.defaults.fields {
		if r.fields.Has(name) {
			continue
		}
		m.table.field(name).merge(c, &m.defaults.contact, false)
		r.fields, r.defaulted = append(r.fields, name), append(r.defaulted, name)
		for _, l := range m.defaults.links {
			if l.Field == name {
				r.links = append(r.links, l)
			}
		}
	}
}

// Unfilled are those of fields that a contact found has nothing in, as far as its vendor lets that be seen: a default
// never takes the place of what the CRM has.
func (t *Table[C]) Unfilled(found C, fields crm.Fields) crm.Fields {
	var unfilled crm.Fields
	for _, name := range fields {
		if f := t.field(name); f != nil && !f.WriteOnly && f.text(&found) == "" {
			unfilled = append(unfilled, name)
		}
	}
	return unfilled
}
