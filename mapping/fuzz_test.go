package mapping

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// FuzzSheet takes a header and a row, tab-separated, through all that a table does.
func FuzzSheet(f *testing.F) {
	for _, s := range sheets {
		line := strings.Join(header(s.header), "\t")
		f.Add(line, line)
	}
	f.Add("Name\tEmail\tPhone\tTags", "Berg, Jan van der\tjan@example.com\t06 12345678\ta, \"b, c\"")
	f.Add("firstName\temail\tprice\tstate\tzipCode\tstage", "Jane\tjane@example.com\t$450k\tTexas\t78701\tstage4567")
	f.Add("familyName\tarchivedAt\tisTracked\towner\taddress.country\tphoneNumbers", "Doe\t31-01-2026\tja\tu1\tNederland\t+31612345678;+31201234567")
	f.Fuzz(func(t *testing.T, head, row string) {
		header, cells := strings.Split(head, "\t"), strings.Split(row, "\t")
		throughTable(t, ClientCommanderContacts(), header, cells)
		throughTable(t, GrowContacts(), header, cells)
		throughTable(t, RogerRogerPeople(), header, cells)
		throughTable(t, CloverhoundContacts(), header, cells)
	})
}

func throughTable[C any](t *testing.T, table *Table[C], header, cells []string) {
	m, err := table.Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL", DateOrder: "dmy"}}))
	if err != nil {
		return
	}
	for _, c := range m.Columns {
		if c.State == 0 || c.State == columns.Mapped && c.How == "" || c.State != columns.Mapped && c.Reason == "" {
			t.Errorf("%s: column %+v", table.Vendor, c)
		}
	}
	r := m.Convert(cells)
	if len(r.Problems) > 0 {
		return
	}
	shown := record{}
	for _, name := range r.Fields {
		if shown[name] = table.Text(r.Contact, name); shown[name] == "" {
			t.Errorf("%s: %s is set and shown as nothing", table.Vendor, name)
		}
	}
	again := convert(t, table, MatchOptions{}, shown)
	if differ := table.Same(r.Contact, again.Contact, r.Fields); len(differ)+len(again.Problems) > 0 {
		t.Errorf("%s: %v of %q do not read back: %v", table.Vendor, differ, shown, again.Problems)
	}
	var none C
	once := table.Merge(none, r.Contact, r.Fields, nil)
	for _, name := range table.Merge(once.Contact, r.Contact, r.Fields, nil).Changed {
		if !table.field(name).WriteOnly {
			t.Errorf("%s: merging %q twice changes %s", table.Vendor, shown[name], name)
		}
	}
}

// FuzzMatch: any header above any cells is matched or refused, every column gets a state and a reason, and a map file
// made of it changes nothing.
func FuzzMatch(f *testing.F) {
	f.Add("First name|Last name|Email|Email||#C", "Jan|Berg|jan@example.com|||x")
	f.Add("Name|Contact|Client|State|Stage|Status|Title", "Acme B.V.|Jan Berg|Ann Ek|TX|Hot|Lead|Dr")
	f.Add("Person - Name|Person - Email|Organization - Name|External ID", "a|b@example.com|c|d")
	f.Add("Titre|Titre|Nom|Nombre|Voorletters|Naam", "M.|Chef|Ek|Bo|J.|de Vries")
	f.Fuzz(func(t *testing.T, header, row string) {
		columns, values := strings.Split(header, "|"), strings.Split(row, "|")
		if len(columns) > 40 {
			return
		}
		p := cells.NewProfile(columns)
		for range 3 {
			p.Add(values)
		}
		matchAny(t, ClientCommanderContacts(), columns, values, p)
		matchAny(t, RogerRogerPeople(), columns, values, p)
		matchAny(t, CloverhoundContacts(), columns, values, p)
	})
}

func matchAny[C any](t *testing.T, table *Table[C], header, cells []string, p *cells.Profile) {
	m, err := table.Match(header, worded(MatchOptions{Profile: p}))
	var refused *match.Error
	if err != nil {
		if !errors.As(err, &refused) || len(refused.Columns) != len(header) || refused.Hint == "" {
			t.Fatalf("%q: %v", header, err)
		}
		explained(t, header, refused.Columns)
		return
	}
	explained(t, header, m.Columns)
	m.Convert(cells)
	keepsMapping(t, "fuzz", table, header, [][]string{cells}, p)
}

// explained fails unless every column has a state, and what it takes to understand it.
func explained(t *testing.T, header []string, sheet []columns.Column) {
	for _, c := range sheet {
		if c.State == 0 || c.State != columns.Mapped && c.Reason == "" || c.State == columns.Mapped && (c.Field == "" || c.How == "") {
			t.Fatalf("%q: column %+v", header, c)
		}
	}
}

// FuzzCell puts any text into every field that can be written, in the light of any other cell of its column: it becomes a
// value, a problem or nothing, and a value reads back from how it is shown as the same, without a further repair.
func FuzzCell(f *testing.F) {
	fields := slices.Concat(throughFields(ClientCommanderContacts()), throughFields(GrowContacts()), throughFields(RogerRogerPeople()),
		throughFields(RogerRogerNotes()), throughFields(CloverhoundContacts()))
	for _, tt := range [][2]string{{"2134", "78701"}, {"45373", ""}, {"03/04/26", "15/01/2025"}, {"1.250", "12,5"}, {"1.234", "12.5"}, {"#REF!", "-"}, {"'1", "1.0"}, {"12.0", "13.0"},
		{"Jan <jan@gmial.com>; a@b.nl", ""}, {"06-12345678 (werk) x12 / +1-800-FLOWERS", ""}, {"JosÃ©\u00a0\u200b", ""}, {"Dr. Berg, Jan van der", ""},
		{"1-Mar", "n/a"}, {"0/0/00", "="}, {"NL", "#CLEAR"}, {"7.21E+15", "12E5"}, {"1. März 2024", ""}, {`="0"`, "`"}} {
		for n := range fields {
			f.Add(tt[0], tt[1], uint8(n))
		}
	}
	f.Fuzz(func(t *testing.T, cell, other string, field uint8) {
		fields[int(field)%len(fields)](t, cell, other)
	})
}

// throughFields are functions that take a cell through one field each.
func throughFields[C any](table *Table[C]) (through []func(t *testing.T, cell, other string)) {
	for _, info := range table.Info() {
		if info.Writable && !info.Never {
			through = append(through, func(t *testing.T, cell, other string) { throughField(t, table, info, cell, other) })
		}
	}
	return through
}

func throughField[C any](t *testing.T, table *Table[C], info Info, cell, other string) {
	header := []string{info.Name}
	p := cells.NewProfile(header)
	p.Add([]string{cell})
	p.Add([]string{other})
	o := MatchOptions{Profile: p, ConvertOptions: ConvertOptions{Region: "NL", Clear: "#CLEAR"}}
	m, err := table.Match(header, worded(o))
	if err != nil {
		return // a column that can be read in two ways, or that its cells contradict
	}
	row := m.Convert([]string{cell})
	shown := table.Text(row.Contact, info.Name)
	if set := row.Fields.Has(info.Name) && !row.Cleared.Has(info.Name); len(row.Problems) > 0 || !set {
		return
	}
	again := convert(t, table, MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}, record{info.Name: shown})
	if differ := table.Same(row.Contact, again.Contact, crm.Fields{info.Name}); len(differ)+len(again.Problems) > 0 {
		t.Errorf("%s.%s: %q is shown as %q, which reads back as %q (%v)", table.Vendor, info.Name, cell, shown, table.Text(again.Contact, info.Name), again.Problems)
	}
	for _, f := range again.Remarks {
		if f.After != f.Before && !cells.IsScientific(shown) {
			t.Errorf("%s.%s: %q is shown as %q, which is repaired again: %+v", table.Vendor, info.Name, cell, shown, f)
		}
	}
}

// FuzzEvidence: no cells make a column's evidence fail, and what it decides agrees with its doubts.
func FuzzEvidence(f *testing.F) {
	for _, s := range []string{"03/04/2025|15/01/2025", "1.250|2.500", "26-01-31|x", "45373", "78701|2134|02139-1234", "$1|€", "1.|.1|,", "0.0|00000.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, column string) {
		var e cells.Evidence
		for cell := range strings.SplitSeq(column, "|") {
			if cell = headers.Clean(cell); cell != "" {
				e.Add(cell)
			}
		}
		v := e.Conclude()
		if (v.Order == "") != (len(e.Dates.Undecided()) > 0) || v.Decimal != "" && len(e.UndecidedNumbers()) > 0 || e.Grouped() != "" && v.Decimal == "" {
			t.Errorf("%q: %+v, dates in doubt %q, numbers in doubt %q", column, v, e.Dates.Undecided(), e.UndecidedNumbers())
		}
	})
}
