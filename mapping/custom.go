package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/schema"
)

// Custom fields are those that the users of an account have defined. No vendor documents a list of them: the user names those
// that there are, in the sheet or beside it, and each is a field of the table from then on.

// customs says where the records of a table have custom fields, and which fields of theirs are called what no custom field can be,
// beside those of the table.
type customs[C any] struct {
	at    func(*C) *crm.Custom
	taken []string
}

// custom is the custom field of that name, prefix and all; nil where the table has none.
func (t *Table[C]) custom(name string) *schema.Field[C] {
	own, ok := strings.CutPrefix(name, crm.CustomPrefix)
	if !ok || t.customs == nil {
		return nil
	}
	f := schema.Custom(own, t.customs.at)
	return &f
}

// WriteOnly reports whether a field cannot be read back.
func (t *Table[C]) WriteOnly(name string) bool {
	f := t.field(name)
	return f != nil && f.WriteOnly
}

// Readable are those of fields that can be read back.
func (t *Table[C]) Readable(fields crm.Fields) crm.Fields {
	if !slices.ContainsFunc(fields, t.WriteOnly) {
		return fields
	}
	return slices.DeleteFunc(slices.Clone(fields), t.WriteOnly)
}

// NameCustom calls custom fields as the user does in what a vendor says of a record: those are what is none of the fields that are
// documented. One that the vendor refuses a record without gets the code lacks; sent are those that were sent.
func (t *Table[C]) NameCustom(problems []Problem, sent crm.Fields, lacks string) {
	spec := t.Spec()
	for i := range problems {
		p := &problems[i]
		own := p.Field
		list, _, _ := strings.Cut(strings.ReplaceAll(own, "[", "."), ".") // tags[0] is one of tags
		_, _, known := spec.Find(list)
		if known || t.customs == nil || schema.CustomFault(own) != "" || slices.Contains(t.customs.taken, own) {
			continue
		}
		if p.Field = crm.CustomPrefix + own; p.Code == crm.CodeInvalid && !sent.Has(p.Field) {
			p.Code = lacks
		}
	}
}

// withCustom is the table with the custom fields that a header and what is said beside it name. Where custom fields are not
// documented it is the table as it is, and their names are refused like any that it lacks.
func (t *Table[C]) withCustom(header []string, o *MatchOptions) (*Table[C], *match.Error) {
	if t.customs == nil {
		return t, nil
	}
	with := *t
	with.Fields, with.customs = slices.Clip(t.Fields), nil // by their names from now on
	add := func(how, name string) *match.Error {
		own, ok := resource.CustomOf(headers.Clean(name))
		if !ok {
			return nil
		}
		fault := schema.CustomFault(own)
		for i := range with.Fields {
			switch f := &with.Fields[i]; {
			case f.Name == crm.CustomPrefix+own:
				return nil
			case headers.FoldHeader(f.Name) == headers.FoldHeader(crm.CustomPrefix+own):
				fault = f.Name + " is written otherwise, and would not be told apart"
			case f.Name == own:
				fault = cells.Quote(own) + " is a field of its own: name it without " + crm.CustomPrefix
			}
		}
		if slices.Contains(t.customs.taken, own) {
			fault = cells.Quote(own) + " is no custom field: " + t.Vendor + " documents what it does"
		}
		if fault != "" {
			return &match.Error{Message: fmt.Sprintf("%s: %s%s cannot be a custom field: %s", how, crm.CustomPrefix, own, fault),
				Hint: o.Words.Say(hint.Fields, t.Spec().ID())}
		}
		with.Fields = append(with.Fields, schema.Custom(own, t.customs.at))
		return nil
	}
	for _, said := range customNames(o) {
		if err := add(said.how, said.name); err != nil {
			return nil, err
		}
	}
	for _, name := range header {
		_ = add("", name) // of another program, where it cannot be one
	}
	return &with, nil
}

// said is a name of a field, and where it is said.
type said struct{ how, name string }

// customNames are the names that the user gives columns and values, among which there may be those of custom fields.
func customNames(o *MatchOptions) (names []said) {
	for _, arg := range o.Map {
		for name := range strings.SplitSeq(arg[strings.LastIndexByte(arg, '=')+1:], ",") {
			names = append(names, said{o.Words.Name(hint.Map), name})
		}
	}
	for _, e := range o.MapFile {
		for name := range strings.SplitSeq(e.Field, ",") {
			names = append(names, said{"the map file", name})
		}
	}
	for _, n := range o.given().Names() {
		names = append(names, said{o.Words.Name(n.Setting), n.Name})
	}
	return names
}
