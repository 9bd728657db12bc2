package links

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// Use is how a name is used in the file and what it resolved to.
type Use[C any] struct {
	Kind, Name string // as the first row has it
	Rows       int
	last       int // the row that names it last
	First      C   // the contact of the first row that names it, or of the one that it was made along with
	Others     []C // contacts of further rows, one of which it is made along with if the vendor has the first already
	Refs       []crm.Ref
	Made       *C // the contact that the vendor made along with it
	// MadeAt is when it was about to be created, where the answer that would have told the contact was lost.
	MadeAt  time.Time
	Wanted  bool  // a row that is to be sent needs it
	NoNeed  bool  // of a reference: it may be created, and is not yet
	Refused error // why it could not be created
}

// Links turns the names of related things into ids.
type Links[C any] struct {
	Claims *Claims // ids that stand beside names

	uses      map[crm.LinkKey]*Use[C]
	before    []*Use[C]      // those of the row before, which the next one often names again
	resolved  bool           // names without a reference are unknown
	kinds     []crm.LinkKind // that the vendor has
	creatable []string       // kinds that the vendor lets be created
}

// New returns Links without names.
func New[C any]() *Links[C] {
	return &Links[C]{uses: map[crm.LinkKey]*Use[C]{}, Claims: newClaims()}
}

// Use is how a name is used; nil if no row has it.
func (l *Links[C]) Use(kind, name string) *Use[C] { return l.uses[crm.NewLinkKey(kind, name)] }

// Note counts the names of a row.
func (l *Links[C]) Note(row *mapping.Row[C], number int) {
	for i, link := range row.Links {
		if i == len(l.before) {
			l.before = append(l.before, nil)
		}
		u := l.before[i]
		if u == nil || u.Name != link.Name || u.Kind != link.Kind {
			k := crm.NewLinkKey(link.Kind, link.Name)
			if u = l.uses[k]; u == nil {
				u = &Use[C]{Kind: link.Kind, Name: link.Name, First: row.Contact, last: -1}
				l.uses[k] = u
			}
			l.before[i] = u
		}
		if u.last != number { // a row in parts names things once
			u.Rows, u.last = u.Rows+1, number
		}
	}
}

// Filled is what came of the names in a contact.
type Filled[C any] struct {
	Problems []mapping.Problem // names without an id, or with several
	Lacks    []mapping.Link    // names of things that nobody has made so far
	Made     *C                // the contact was made along with one of the things
	MadeAt   time.Time         // when a contact may have been made along with one of them
}

// Fill puts ids in place of the names in a contact. Before Resolve it does nothing.
func (l *Links[C]) Fill(t *mapping.Table[C], contact *C, names []mapping.Link) (f Filled[C]) {
	if !l.resolved {
		return f
	}
	set := map[string]map[string]crm.Ref{} // by field
	for _, link := range names {
		u, column, where := l.uses[crm.NewLinkKey(link.Kind, link.Name)], link.Column, link.Field
		if column != "" {
			where = columns.ColumnWords(column)
		}
		switch len(u.Refs) {
		case 1:
			if set[link.Field] == nil {
				set[link.Field] = map[string]crm.Ref{}
			}
			set[link.Field][crm.Fold(link.Name)] = u.Refs[0]
			switch {
			case !u.MadeAt.IsZero():
				f.MadeAt = u.MadeAt // which of its rows came along with it is not known: an earlier session may have made it
			case u.Made != nil && isFirst(t, u, *contact):
				f.Made = u.Made
			}
		case 0:
			if u.NoNeed {
				f.Lacks = append(f.Lacks, link)
				continue
			}
			f.Problems = append(f.Problems, mapping.Problem{Code: outcome.CodeUnknownName, Field: link.Field, Column: column,
				Message: fmt.Sprintf("%s: no %s is called %q%s", where, l.One(link.Kind), link.Name, cmp.Or(u.whyNot(), behind(l.unfound(link.Kind)), digits(link)))})
		default:
			f.Problems = append(f.Problems, mapping.Problem{Code: outcome.CodeAmbiguousName, Field: link.Field, Column: column,
				Message: fmt.Sprintf("%s: several %s are called %q: %s", where, link.Kind, link.Name, refIDs(u.Refs))})
		}
	}
	for field, refs := range set { // all names at once: a cell can hold thousands
		t.SetLinks(contact, field, refs)
	}
	return f
}

// ColumnOf is the Ref of the first column that is put into a field, "" if the value is not from a column.
func ColumnOf(sheet []columns.Column, field string) string {
	for _, c := range sheet {
		if c.State == columns.Mapped && c.Field == field {
			return c.Ref(sheet)
		}
	}
	return ""
}

// isFirst reports whether the contact that was made along with a thing is the one of this row.
func isFirst[C any](t *mapping.Table[C], u *Use[C], contact C) bool {
	first := t.RowKeys(u.First)
	return slices.ContainsFunc(t.RowKeys(contact), func(k crm.Key) bool { return slices.Contains(first, k) })
}

// refIDs lists the ids of references.
func refIDs(refs []crm.Ref) string {
	ids := make([]string, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return strings.Join(ids, ", ")
}

// One is what one thing of a kind is called; the kind itself where the vendor does not know it.
func (l *Links[C]) One(kind string) string {
	for _, k := range l.kinds {
		if k.Name == kind {
			return k.One
		}
	}
	return kind
}

// unfound says why a name of a kind may not be found although there is such a thing, "" where that cannot be.
func (l *Links[C]) unfound(kind string) string {
	for _, k := range l.kinds {
		if k.Name == kind {
			return k.Unfound
		}
	}
	return ""
}

// digits says of a name that could be an id where those stand.
func digits(link mapping.Link) string {
	if strings.Trim(link.Name, "0123456789") != "" {
		return ""
	}
	return "; an id stands in a column of ids, such as " + link.Field
}

// behind is what follows another text, with the sign that parts the two.
func behind(text string) string {
	if text == "" {
		return ""
	}
	return "; " + text
}

// Unfound says of kinds of which a thing was not found why there may be one all the same, each once.
func Unfound(names []Count) (why []string) {
	for _, d := range names {
		if d.Matches == 0 && d.Unfound != "" && !slices.Contains(why, d.Unfound) {
			why = append(why, d.Unfound)
		}
	}
	return why
}

// Stays says of a thing that a run has created that it is left to people.
func (l *Links[C]) Stays(link mapping.Link) string {
	one, more := l.One(link.Kind), ""
	if l.CreatedWithContact(link.Kind) {
		more = " and has nothing else that you want to keep, which would go with it"
	}
	return fmt.Sprintf("the %s %q, which the run has created, or may have, stays: delete it in the CRM if nobody belongs to it%s", one, link.Name, more)
}

// Count is a name of a related thing and in how many rows it stands.
type Count struct {
	Kind, Name string
	One        string // what one thing of the kind is called
	Rows       int
	Matches    int    // things that bear the name
	Creatable  bool   // the vendor documents a way to create such a thing
	Unfound    string // why there may be one all the same: see crm.LinkKind
	IDs        string // of the things that bear the name: see refIDs
}

// Resolve asks the vendor for all names. What an earlier session was about to create at a time may be there now.
func (l *Links[C]) Resolve(ctx context.Context, vendor any, intended func(kind, name string) time.Time) error {
	l.resolved, l.creatable = true, creatable[C](vendor)
	linker, ok := vendor.(crm.Linker[C])
	if ok {
		l.kinds = linker.LinkKinds()
	}
	for _, kind := range l.Kinds() {
		if !slices.ContainsFunc(l.kinds, func(k crm.LinkKind) bool { return k.Name == kind }) {
			return fmt.Errorf("resolve %s: the vendor documents no way to look them up; put ids into the cells", kind)
		}
		found, err := linker.Resolve(ctx, kind, l.names(kind))
		if err != nil {
			return err
		}
		for _, u := range l.uses {
			if u.Kind == kind {
				u.Refs = nil // of an earlier answer
			}
		}
		for name, refs := range found {
			if u := l.uses[crm.NewLinkKey(kind, name)]; u != nil {
				u.Refs, u.MadeAt = refs, l.MadeAt(kind, intended(kind, name))
			}
		}
	}
	if ok {
		l.kinds = linker.LinkKinds() // which say more by now
	}
	return nil
}

// Kinds are the kinds of things that rows name.
func (l *Links[C]) Kinds() []string {
	var kinds []string
	for k := range l.uses {
		if !slices.Contains(kinds, k.Kind) {
			kinds = append(kinds, k.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

func (l *Links[C]) names(kind string) []string {
	var names []string
	for _, u := range l.uses {
		if u.Kind == kind {
			names = append(names, u.Name)
		}
	}
	slices.Sort(names)
	return names
}

// Doubtful lists the names that are borne by none or by several things, the most used first.
func (l *Links[C]) Doubtful() []Count {
	var list []Count
	for _, u := range l.uses {
		if len(u.Refs) != 1 {
			list = append(list, Count{u.Kind, u.Name, l.One(u.Kind), u.Rows, len(u.Refs), slices.Contains(l.creatable, u.Kind), l.unfound(u.Kind), refIDs(u.Refs)})
		}
	}
	Sort(list)
	return list
}

// Sort puts the names of each kind together, the most used first.
func Sort(list []Count) {
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Name, b.Name))
	})
}

// Uncreated is the problem of a row that needs a thing which was not created, because no row seemed to need it.
func (l *Links[C]) Uncreated(link mapping.Link) mapping.Problem {
	return mapping.Problem{Code: outcome.CodeUnknownName, Field: link.Field, Column: link.Column, Message: fmt.Sprintf(
		"%s: no %s is called %q, and none was created: before the first row was sent, no row needed it; import this row again", link.Field, l.One(link.Kind), link.Name)}
}

// Doubted are the fields of those names that are among the doubtful ones.
func Doubted(names []mapping.Link, doubtful []Count) (fields []string) {
	for _, l := range names {
		if slices.ContainsFunc(doubtful, func(d Count) bool { return crm.NewLinkKey(d.Kind, d.Name) == crm.NewLinkKey(l.Kind, l.Name) }) {
			fields = append(fields, l.Field)
		}
	}
	return fields
}

// Lacking are the kinds of which something is missing that could be created.
func Lacking(names []Count) (kinds []string) {
	for _, d := range names {
		if d.Matches == 0 && d.Creatable && !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}

// Unlisted are the names of things that may be there and were not found.
func Unlisted(names []Count) []Count {
	return slices.DeleteFunc(slices.Clone(names), func(d Count) bool { return d.Matches > 0 || d.Unfound == "" })
}

// whyNot says why the missing thing was not created, "" if nobody tried.
func (u *Use[C]) whyNot() string {
	if u.Refused == nil {
		return ""
	}
	return ", and it could not be created: " + u.Refused.Error()
}

// Unmade is a kind of things of which the vendor made none, because they lack fields.
type Unmade struct {
	Kind   string
	Fields crm.Fields // as the vendor calls them
}

// Unmade lists the kinds of things that were to be created and were refused for fields.
func (l *Links[C]) Unmade() (list []Unmade) {
	for _, kind := range l.Kinds() {
		var fields crm.Fields
		for _, u := range l.uses {
			var e *crm.Error
			if u.Kind != kind || !errors.As(u.Refused, &e) {
				continue
			}
			for _, p := range e.Problems {
				if p.Field != "" && !fields.Has(p.Field) {
					fields = append(fields, p.Field)
				}
			}
		}
		if slices.Sort(fields); fields != nil {
			list = append(list, Unmade{kind, fields})
		}
	}
	return list
}

// MadeAt is when a contact may have been made along with a thing; zero for kinds that come without one.
func (l *Links[C]) MadeAt(kind string, made time.Time) time.Time {
	if l.CreatedWithContact(kind) {
		return made
	}
	return time.Time{}
}

// CreatedWithContact reports whether the vendor makes a contact along with a thing of the kind.
func (l *Links[C]) CreatedWithContact(kind string) bool {
	return slices.ContainsFunc(l.kinds, func(k crm.LinkKind) bool { return k.Name == kind && k.WithContact })
}
