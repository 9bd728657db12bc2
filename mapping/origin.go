package mapping

import (
	"fmt"
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/schema"
)

// Origin is where a row comes from.
type Origin = schema.Origin

// KeepOrigin puts the origin of a row into a new record, and returns the fields that it sets then.
func (t *Table[C]) KeepOrigin(c *C, fields crm.Fields, o Origin) crm.Fields {
	return t.origin.Keep(c, fields, o)
}

// readOrigin finds out what rows come from, if that is to be kept.
func (m *Matching[C]) readOrigin(o *MatchOptions) *match.Error {
	if o.KeepOrigin == "" || o.OnlyID {
		return nil
	}
	fail := func(what string, code hint.Code) *match.Error {
		return &match.Error{Message: fmt.Sprintf("%s: %s", o.Words.Name(hint.KeepOrigin), what), Hint: o.Words.Say(code), Columns: m.Columns, Program: m.Program}
	}
	at := slices.IndexFunc(m.Columns, func(c columns.Column) bool { return c.OldID })
	if at < 0 {
		return fail("no column holds the ids of another program", hint.NoOrigin)
	}
	m.origin = sources.Source{Index: at, Ref: m.Columns[at].Ref(m.Columns)}
	m.Columns[at].KeepIn(m.table.origin.IDField)
	m.originWord = o.KeepOrigin
	if o.KeepOrigin == OriginOfFile {
		if m.originWord = m.vendorOf(o.Exports); m.originWord == "" {
			return fail("the file does not say which program it is from", hint.NameOrigin)
		}
	}
	return nil
}

// vendorOf is the vendor whose export the sheet is, "" for none.
func (m *Matching[C]) vendorOf(exports []*resource.Spec) string {
	var list []string
	for _, c := range m.Columns {
		if c.State != columns.Ignored {
			list = append(list, headers.Clean(c.Header))
		}
	}
	for _, s := range exports {
		if s.IsExport(list) {
			return s.Vendor
		}
	}
	return ""
}

// OriginOfFile asks for the word for the program that the file tells by itself, as the export of another vendor.
const OriginOfFile = "auto"
