package mapping

import (
	"sync"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
	"crmferry/mapping/settings"
)

// Matching says which columns of one sheet feed which fields. It is safe for concurrent use.
type Matching[C any] struct {
	Columns   []columns.Column // by index
	SourceRow int              // index of the column crmferry_row of a rejects file, -1 without
	Program   string           // that wrote the sheet, as far as the header tells: "a Google Contacts export"

	where    []sources.Condition // all of which a row has to meet
	fillers  []string            // cells that stand for nothing
	nulls    []cells.Nulls       // by column: the marks of programs that do; nil for most sheets
	coats    []markup.Coat       // by column: what its program put around cells; nil for most sheets
	consents []consent           // columns that say whether a person may be mailed or called
	records  []int               // columns that are empty in a row that continues the one above
	lists    []sources.Address   // that a row may have; nil for one

	table      *Table[C]
	plan       []feed[C]
	zip        *feed[C]                     // of plan: the postal codes of addresses that have a country, nil without
	set        settings.Constants[C]        // what every row gets
	defaults   settings.Constants[C]        // what the rows get that have nothing else
	unread     []feed[C]                    // what set leaves unread, to count what it replaces
	named      []feed[C]                    // fields with the id of a thing, and the column that names it
	nameCells  [names.PartCount]nameCell[C] // of plan: the columns that hold the parts of names
	titles     *schema.Field[C]             // of table: takes the titles of full names, nil without
	origin     sources.Source               // the column of the ids that new records keep, with originWord
	originWord string                       // "": they keep none
	required   bool
	own        bool // the sheet is an export of this resource
	foreign    bool // and its ids may be those of another account
	options    ConvertOptions
	plans      plan.Plans
	used       sync.Pool // of *schema.Reader
	fields     schema.SharedFields
}

// feed is a field and the columns that it is read from.
type feed[C any] struct {
	field  *schema.Field[C]
	from   []schema.Source
	spare  []schema.Source   // see match.Feed
	values map[string]string // other values for its cells, by lower case; nil for most fields

	addresses [][]schema.Source // see match.Feed
}

// at are the columns that a row is read from, by the address that it has.
func (p *feed[C]) at(r *schema.Reader) []schema.Source {
	if p.addresses != nil {
		return p.addresses[r.Address]
	}
	return p.from
}

// consent is a column that says whether a person may be mailed or called.
type consent struct {
	schema.Source
	refusal bool // yes is a no
}

// Match finds the field of every column of a header. It returns a *match.Error for a header, or something that the user says
// of it, that cannot be used.
func (t *Table[C]) Match(header []string, o MatchOptions) (*Matching[C], error) {
	if other := refuseOther(header, &o); other != nil {
		return nil, other
	}
	t, wrong := t.withCustom(header, &o)
	if wrong != nil {
		return nil, wrong
	}
	m := &Matching[C]{table: t, required: o.NeedsRequired && !o.OnlyID, options: o.ConvertOptions}
	s := settings.Reader[C]{Fields: t.Fields, Base: schema.Reader{Book: remarks.Book{Words: o.Words}, Options: &m.options, Plans: &m.plans}}
	s.Spec = t.spec(o.Words, s.Accepts)
	r := match.Request{Header: header, Words: o.Words, Profile: o.Profile, Map: o.Map, MapFile: o.MapFile, Where: o.Where, NeedsRequired: o.NeedsRequired, MatchID: o.MatchID, OnlyID: o.OnlyID,
		MatchEmail: o.MatchEmail, Exports: o.Exports, Unconfirmed: o.Unconfirmed, DateOrder: o.DateOrder, Decimal: o.Decimal, Clear: o.Clear}
	said := &settings.Settings[C]{}
	if !o.OnlyID {
		said, r.Refused = s.Read(o.given())
		r.Set, r.Default, r.Replaced = said.Set.Fields, said.Defaults.Fields, said.Replaced
	}
	a, err := match.Match(s.Spec, r)
	if err != nil {
		return nil, err
	}
	m.set, m.defaults, m.nulls, m.coats = said.Set, said.Defaults, o.Profile.Nulls(), o.Profile.Coats()
	m.take(a, said.Values)
	m.foreign = m.own && o.MatchEmail
	if refused := m.readOrigin(&o); refused != nil {
		return nil, refused
	}
	return m, nil
}

// take makes a matching of an assignment.
func (m *Matching[C]) take(a *match.Assignment, values map[string]map[string]string) {
	m.Columns, m.SourceRow, m.Program, m.own = a.Columns, a.SourceRow, a.Program, a.Own
	m.fillers, m.records, m.where, m.lists = a.Fillers, a.Records, a.Where, a.Addresses
	m.plan, m.unread, m.named = m.feeds(a.Plan), m.feeds(a.Unread), m.feeds(a.Names)
	for i := range m.plan {
		f := m.plan[i].field
		m.plan[i].values = values[f.Name]
		if f.Main == headers.Zip && m.table.zip != nil {
			m.zip = &m.plan[i]
		}
	}
	m.findNameCells()
	for _, c := range a.Consents {
		m.consents = append(m.consents, consent{schema.NewSource(c.Source), c.Refusal})
	}
	if a.Titles != nil {
		m.titles = m.table.field(a.Titles.Name)
	}
}

func (m *Matching[C]) feeds(list []match.Feed) []feed[C] {
	feeds := make([]feed[C], len(list))
	for i, f := range list {
		feeds[i].field = m.table.field(f.Field.Name)
		feeds[i].from, feeds[i].spare = newSources(f.From), newSources(f.Spare)
		for _, list := range f.Addresses {
			feeds[i].addresses = append(feeds[i].addresses, newSources(list))
		}
	}
	return feeds
}

func newSources(list []sources.Source) (from []schema.Source) {
	for _, s := range list {
		from = append(from, schema.NewSource(s))
	}
	return from
}
