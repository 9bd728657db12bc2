package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// The flags whose values have no cell.
const (
	flagSet     = "--set"
	flagDefault = "--default"
)

// constants are the values of --set or of --default, converted.
type constants[C any] struct {
	contact C
	fields  crm.Fields
	links   []Link
}

// readConstants converts the values of --set and of --default, once for all rows. A column that would feed the same
// single-valued field as --set is not used; a list gets both.
func (w *matcher[C]) readConstants() *MatchError {
	for _, arg := range w.o.Set {
		f, err := w.readConstant(flagSet, arg, &w.m.constants)
		if err != nil {
			return err
		}
		if !f.List {
			w.unfeed(f)
		}
	}
	for _, arg := range w.o.Default {
		if err := w.onlyDefault(arg); err != nil {
			return err
		}
		if _, err := w.readConstant(flagDefault, arg, &w.m.defaults); err != nil {
			return err
		}
	}
	return nil
}

// onlyDefault refuses a --default that would never be used. What is no field is refused where it is read.
func (w *matcher[C]) onlyDefault(arg string) *MatchError {
	name, _, _ := strings.Cut(arg, "=")
	i, err := w.t.find(headers.Clean(name), flagDefault)
	if err != nil {
		return nil
	}
	switch f := &w.t.Fields[i]; {
	case w.m.constants.fields.Has(f.Name):
		return &MatchError{Fields: []string{f.Name}, Message: fmt.Sprintf("--default %s: --set gives every row the same %s", f.Name, f.Name), Hint: "leave one of them out"}
	case !f.List && w.m.defaults.fields.Has(f.Name):
		return &MatchError{Fields: []string{f.Name}, Message: fmt.Sprintf("--default names %s twice", f.Name), Hint: "keep one of them"}
	}
	return nil
}

// readConstant converts one value of a flag.
func (w *matcher[C]) readConstant(flag, arg string, into *constants[C]) (*Field[C], *MatchError) {
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		return nil, &MatchError{Message: fmt.Sprintf("%s %q has no =", flag, arg), Hint: fmt.Sprintf("write it as %s field=value", flag)}
	}
	i, err := w.t.find(headers.Clean(name), flag)
	if err != nil {
		return nil, err
	}
	f := &w.t.Fields[i]
	switch value = headers.Clean(value); {
	case !f.Writable:
		return nil, &MatchError{Message: fmt.Sprintf("%s: %s cannot be written", flag, f.Name), Hint: w.t.listing()}
	case value == "":
		return nil, &MatchError{Message: fmt.Sprintf("%s %s has no value", flag, f.Name), Hint: "an empty value leaves the CRM's value alone: leave the flag out"}
	}
	return f, w.convertConstant(flag, f, value, into)
}

func (w *matcher[C]) convertConstant(flag string, f *Field[C], value string, into *constants[C]) *MatchError {
	r := reading{o: &w.m.options, phones: &w.m.phones, name: f.Name, rules: &f.rules}
	from := []source{{index: -1, ref: flag, part: f.main, constant: value}}
	var said C
	if f.read(&r, from, &said) {
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
	return &MatchError{Fields: []string{f.Name}, Message: message, Hint: flagAdvice(code)}
}

// unfeed drops the columns of a field that --set gives its value.
func (w *matcher[C]) unfeed(f *Field[C]) {
	w.m.plan = slices.DeleteFunc(w.m.plan, func(p feed[C]) bool {
		if p.field != f {
			return false
		}
		for _, s := range p.from {
			w.won[s.index] = slices.DeleteFunc(w.won[s.index], func(name string) bool { return name == f.Name })
			c := &w.m.Columns[s.index]
			c.State, c.Field, c.Reason = Ignored, f.Name, "--set gives every row the same "+f.Name
		}
		w.m.replaced = append(w.m.replaced, p)
		return true
	})
}

// Defaults are the fields that --default fills where a row has nothing for them.
func (m *Matching[C]) Defaults() crm.Fields { return m.defaults.fields }

// addConstants gives the row what --set says.
func (m *Matching[C]) addConstants(r *reading, c *C) {
	for _, name := range m.constants.fields {
		m.table.field(name).merge(c, &m.constants.contact, false)
		if !r.fields.Has(name) {
			r.fields = append(r.fields, name)
		}
	}
	for _, l := range m.constants.links {
		if !slices.Contains(r.links, l) {
			r.links = append(r.links, l)
		}
	}
	for i := range m.replaced {
		if p := &m.replaced[i]; m.replaces(r, p) {
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
		return !p.field.equal(&said, &m.constants.contact)
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
