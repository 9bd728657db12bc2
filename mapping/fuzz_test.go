package mapping

import (
	"errors"
	"strings"
	"testing"
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
	m, err := table.Match(header, MatchOptions{ConvertOptions: ConvertOptions{Region: "NL", DateOrder: "dmy"}})
	if err != nil {
		return
	}
	for _, c := range m.Columns {
		if c.State == 0 || c.State == Mapped && c.How == "" || c.State != Mapped && c.Reason == "" {
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
		columns, cells := strings.Split(header, "|"), strings.Split(row, "|")
		if len(columns) > 40 {
			return
		}
		p := NewProfile(columns)
		for range 3 {
			p.Add(cells)
		}
		matchAny(t, ClientCommanderContacts(), columns, cells, p)
		matchAny(t, RogerRogerPeople(), columns, cells, p)
		matchAny(t, CloverhoundContacts(), columns, cells, p)
	})
}

func matchAny[C any](t *testing.T, table *Table[C], header, cells []string, p *Profile) {
	m, err := table.Match(header, MatchOptions{Profile: p})
	var refused *MatchError
	if err != nil {
		if !errors.As(err, &refused) || len(refused.Columns) != len(header) || refused.Hint == "" {
			t.Fatalf("%q: %v", header, err)
		}
		return
	}
	for _, c := range m.Columns {
		if c.State == 0 || c.State != Mapped && c.Reason == "" || c.State == Mapped && (c.Field == "" || c.How == "") {
			t.Fatalf("%q: column %+v", header, c)
		}
	}
	m.Convert(cells)
	keepsMapping(t, "fuzz", table, header, [][]string{cells}, p)
}
