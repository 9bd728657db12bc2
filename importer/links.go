package importer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// linkUse is how a name is used in the file and what it resolved to.
type linkUse[C any] struct {
	kind, name string // as the first row has it
	rows       int
	first      C   // the contact of the first row that names it, or of the one that it was made along with
	others     []C // contacts of further rows, one of which it is made along with if the vendor has the first already
	refs       []crm.Ref
	made       *C // the contact that the vendor made along with it
	// madeAt is when it was about to be created, where the answer that would have told the contact was lost.
	madeAt   time.Time
	wanted   bool  // a row that is to be sent names it
	imagined bool  // needs no reference: a dry run takes it for created, or no row that is to be sent names it
	refused  error // why it could not be created
}

// links turns the names of related things into ids.
type links[C any] struct {
	uses      map[crm.LinkKey]*linkUse[C]
	resolved  bool     // names without a reference are unknown
	creatable []string // kinds that the vendor lets be created
	claims    *claims
	// withContact are the kinds that the vendor makes a contact along with.
	withContact []string
}

func newLinks[C any]() *links[C] {
	return &links[C]{uses: map[crm.LinkKey]*linkUse[C]{}, claims: newClaims()}
}

// note counts the names of a row.
func (l *links[C]) note(row mapping.Row[C]) {
	for _, link := range row.Links {
		k := crm.NewLinkKey(link.Kind, link.Name)
		u, ok := l.uses[k]
		if !ok {
			u = &linkUse[C]{kind: link.Kind, name: link.Name, first: row.Contact}
			l.uses[k] = u
		}
		u.rows++
	}
}

// fill puts ids in place of the names in it, and says which names have none. columns are those of the sheet.
func (l *links[C]) fill(t *mapping.Table[C], it *item[C], names []mapping.Link, columns []match.Column) []mapping.Problem {
	if !l.resolved {
		return nil
	}
	var problems []mapping.Problem
	for _, link := range names {
		u, column, where := l.uses[crm.NewLinkKey(link.Kind, link.Name)], columnOf(columns, link.Field), link.Field
		if column != "" {
			where = match.ColumnWords(column)
		}
		switch len(u.refs) {
		case 1:
			t.SetLink(&it.want, link.Field, link.Name, u.refs[0])
			switch {
			case !u.madeAt.IsZero():
				it.madeAt = u.madeAt // which of its rows came along with it is not known: an earlier session may have made it
			case u.made != nil && l.isFirst(t, u, it):
				it.made = u.made
			}
		case 0:
			if u.imagined {
				continue
			}
			problems = append(problems, mapping.Problem{Code: outcome.CodeUnknownName, Field: link.Field, Column: column,
				Message: fmt.Sprintf("%s: no %s is called %q%s", where, singular(link.Kind), link.Name, u.whyNot())})
		default:
			problems = append(problems, mapping.Problem{Code: outcome.CodeAmbiguousName, Field: link.Field, Column: column,
				Message: fmt.Sprintf("%s: several %s are called %q: %s", where, link.Kind, link.Name, refIDs(u.refs))})
		}
	}
	return problems
}

// columnOf is the Ref of the first column that is put into a field, "" if the value is not from a column.
func columnOf(columns []match.Column, field string) string {
	for _, c := range columns {
		if c.State == match.Mapped && c.Field == field {
			return c.Ref(columns)
		}
	}
	return ""
}

// isFirst says whether the contact that was made along with a link is this row's.
func (l *links[C]) isFirst(t *mapping.Table[C], u *linkUse[C], it *item[C]) bool {
	first := t.RowKeys(u.first)
	return slices.ContainsFunc(t.RowKeys(it.want), func(k crm.Key) bool { return slices.Contains(first, k) })
}

func refIDs(refs []crm.Ref) string {
	ids := make([]string, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return strings.Join(ids, ", ")
}

func singular(kind string) string {
	if kind == "people" {
		return "person"
	}
	return strings.TrimSuffix(kind, "s")
}

// LinkCount is a name of a related thing and in how many rows it stands.
type LinkCount struct {
	Kind, Name string
	Rows       int
	Matches    int  // things that bear the name
	Creatable  bool // the vendor documents a way to create such a thing
}

// resolve asks the vendor for all names. What an earlier session was about to create may be there now.
func (l *links[C]) resolve(ctx context.Context, vendor any, past *journal.Journal) error {
	l.resolved, l.creatable = true, creatable[C](vendor)
	if len(l.uses) == 0 {
		return nil
	}
	linker, _ := vendor.(crm.Linker[C])
	l.withContact = withContact(linker)
	for _, kind := range l.kinds() {
		if linker == nil || !slices.ContainsFunc(linker.LinkKinds(), func(k crm.LinkKind) bool { return k.Name == kind }) {
			return fmt.Errorf("resolve %s: the vendor documents no way to look them up; put ids into the cells", kind)
		}
		found, err := linker.Resolve(ctx, kind, l.names(kind))
		if err != nil {
			return err
		}
		for name, refs := range found {
			if u := l.uses[crm.NewLinkKey(kind, name)]; u != nil {
				u.refs, u.madeAt = refs, l.madeAt(kind, past.LinkAt(kind, name))
			}
		}
	}
	return nil
}

// withContact lists the kinds that the vendor makes a contact along with.
func withContact[C any](linker crm.Linker[C]) []string {
	if linker == nil {
		return nil
	}
	var kinds []string
	for _, k := range linker.LinkKinds() {
		if k.WithContact {
			kinds = append(kinds, k.Name)
		}
	}
	return kinds
}

// creatable lists the kinds that the vendor lets be created.
func creatable[C any](vendor any) []string {
	linker, ok := vendor.(crm.Linker[C])
	if !ok {
		return nil
	}
	var kinds []string
	for _, k := range linker.LinkKinds() {
		if k.CanCreate {
			kinds = append(kinds, k.Name)
		}
	}
	return kinds
}

// LinkKinds are the kinds of things that rows name and the vendor is asked for before the start: "tags".
func (im *Importer[C]) LinkKinds() []string {
	kinds := im.links.kinds()
	if im.claimsEarly() {
		kinds = slices.AppendSeq(kinds, maps.Keys(im.links.claims.names))
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func (l *links[C]) kinds() []string {
	var kinds []string
	for k := range l.uses {
		if !slices.Contains(kinds, k.Kind) {
			kinds = append(kinds, k.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

func (l *links[C]) names(kind string) []string {
	var names []string
	for _, u := range l.uses {
		if u.kind == kind {
			names = append(names, u.name)
		}
	}
	slices.Sort(names)
	return names
}

// doubtful lists the names that are borne by none or by several things, the most used first.
func (l *links[C]) doubtful() []LinkCount {
	var list []LinkCount
	for _, u := range l.uses {
		if len(u.refs) != 1 {
			list = append(list, LinkCount{u.kind, u.name, u.rows, len(u.refs), slices.Contains(l.creatable, u.kind)})
		}
	}
	slices.SortFunc(list, func(a, b LinkCount) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// whyNot says why the missing thing was not created, "" if nobody tried.
func (u *linkUse[C]) whyNot() string {
	if u.refused == nil {
		return ""
	}
	return ", and it could not be created: " + u.refused.Error()
}

// createLinks makes what is missing of the kinds that may be created, each once, if a row that is to be sent names it.
// What the vendor refuses to make rejects the rows that name it; other errors are returned.
func (r *run[C]) createLinks(ctx context.Context) error {
	linker, ok := r.vendor.(crm.Linker[C])
	if !ok {
		return nil
	}
	if err := r.findWanted(ctx); err != nil {
		return err
	}
	for _, d := range r.doubtfulLast(r.plan.Missing) {
		u := r.links.uses[crm.NewLinkKey(d.Kind, d.Name)]
		if u.imagined = !u.wanted; u.imagined {
			continue
		}
		err := r.createLink(ctx, linker, u)
		switch {
		case err == nil:
			r.linked = true
		case ctx.Err() != nil || fatal(err) || failing(err) || crm.ClassOf(err) == crm.Forbidden && !r.linked:
			return fmt.Errorf("create %s %q: %w", singular(u.kind), u.name, err)
		default:
			u.refused = err
		}
	}
	return nil
}

// doubtfulLast puts what an earlier session may have made behind what it has not: it has to be waited for.
func (r *run[C]) doubtfulLast(missing []LinkCount) []LinkCount {
	var first, last []LinkCount
	for _, d := range missing {
		if r.o.Journal.LinkAt(d.Kind, d.Name).IsZero() {
			first = append(first, d)
		} else {
			last = append(last, d)
		}
	}
	return append(first, last...)
}

// failing says whether an error is the vendor's trouble and not about what was sent.
func failing(err error) bool {
	c := crm.ClassOf(err)
	return c == crm.Transient || c == crm.Ambiguous
}

// createLink makes one thing. Where the answer was lost, now or in an earlier session, its name is asked for before it
// is made again.
func (r *run[C]) createLink(ctx context.Context, linker crm.Linker[C], u *linkUse[C]) error {
	at := r.o.Journal.LinkAt(u.kind, u.name)
	if !at.IsZero() {
		if absent, err := r.findLink(ctx, linker, u, at, r.unsureUntil()); err != nil || !absent {
			return err
		}
	}
	for try := 1; ; try++ {
		sent := r.vendorTime()
		if err := r.o.Journal.CommitLink(ctx, u.kind, u.name, sent); err != nil {
			return err
		}
		var ref crm.Ref
		it := &item[C]{res: outcome.Result{Action: outcome.ActionCreate}}
		err := r.retry(ctx, it, false, func() (err error) {
			ref, u.made, err = linker.CreateLink(ctx, u.kind, u.name, u.first)
			return err
		})
		if err == nil {
			u.refs = []crm.Ref{ref}
			if u.made == nil { // look-ups may lag
				u.madeAt = r.links.madeAt(u.kind, sent)
			}
			return nil
		}
		r.linked = r.linked || failing(err) // it may be there
		if crm.ClassOf(err) == crm.Permanent && (try > 1 || !at.IsZero()) {
			if err = r.refusedLink(ctx, linker, u, cmp.Or(at, sent), err); err == nil {
				return nil
			}
			at = time.Time{}
		}
		if taken(err) && len(u.others) > 0 {
			u.first, u.others, try = u.others[0], u.others[1:], 0
			continue
		}
		if !failing(err) || try >= tries && !r.health.out() {
			return err
		}
		if absent, err := r.findLink(ctx, linker, u, sent, r.settled()); err != nil || !absent {
			return err
		}
	}
}

// refusedLink sees whether a thing that may have been made is refused because it has been, later than look-ups showed.
func (r *run[C]) refusedLink(ctx context.Context, linker crm.Linker[C], u *linkUse[C], made time.Time, refused error) error {
	if absent, err := r.findLink(ctx, linker, u, made, r.settled()); err != nil || !absent {
		return err
	}
	return refused
}

// findLink asks for a thing that may have been made at a time. absent says that it is not there at a moment, nor was before.
func (r *run[C]) findLink(ctx context.Context, linker crm.Linker[C], u *linkUse[C], made, until time.Time) (absent bool, err error) {
	for looks := 1; ; looks++ {
		var found map[string][]crm.Ref
		err := r.retry(ctx, &item[C]{}, true, func() (err error) {
			found, err = linker.Resolve(ctx, u.kind, []string{u.name})
			return err
		})
		if err != nil {
			return false, err
		}
		for name, refs := range found {
			if crm.NewLinkKey(u.kind, name) == crm.NewLinkKey(u.kind, u.name) && len(refs) > 0 {
				u.refs, u.madeAt = refs, r.links.madeAt(u.kind, made)
				return false, nil
			}
		}
		left := until.Sub(r.clock())
		if looks > 1 && left <= 0 {
			return true, nil
		}
		if err := sleep(ctx, max(left, r.o.settle()/5)); err != nil {
			return false, err
		}
	}
}

// madeAt is when a contact may have been made along with a thing; zero for kinds that come without one.
func (l *links[C]) madeAt(kind string, made time.Time) time.Time {
	if slices.Contains(l.withContact, kind) {
		return made
	}
	return time.Time{}
}

// mostOthers is how many contacts a thing is tried to be made along with, beside the first.
const mostOthers = 20

// findWanted reads the file once more for the names in rows that will be sent: a thing that only a repeated row names
// is not made, and not with that row's contact.
func (r *run[C]) findWanted(ctx context.Context) error {
	r.links.resolved = false // else what is missing would reject its rows
	defer func() { r.links.resolved = true }()
	j := newJudge(r.Importer)
	return r.file.Each(ctx, nil, func(seq int, row sheet.Row, says *survey.Row[C]) error {
		if it := j.row(seq, row, says); it.res.Outcome != "" {
			return nil
		}
		for _, link := range says.Links {
			switch u := r.links.uses[crm.NewLinkKey(link.Kind, link.Name)]; {
			case !u.wanted:
				u.wanted, u.first = true, says.Contact
			case len(u.refs) == 0 && len(u.others) < mostOthers && slices.Contains(r.links.withContact, link.Kind):
				u.others = append(u.others, says.Contact)
			}
		}
		return nil
	})
}
