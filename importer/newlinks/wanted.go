package newlinks

import (
	"slices"

	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
)

// Count counts the rows that name each missing thing, and leaves out what none of them names. rows calls its argument for each row.
func Count[C any](missing []links.Count, rows func(func(Naming[C]) error) error) ([]links.Count, error) {
	type named struct{ rows, last int }
	by := map[crm.LinkKey]named{}
	err := rows(func(n Naming[C]) error {
		for _, l := range n.Row.Lacks {
			key, row := crm.NewLinkKey(l.Kind, l.Name), n.Row.Res.Row
			if so := by[key]; so.last != row { // a row in parts names things once
				by[key] = named{so.rows + 1, row}
			}
		}
		return nil
	})
	for i, d := range missing {
		missing[i].Rows = by[crm.NewLinkKey(d.Kind, d.Name)].rows
	}
	missing = slices.DeleteFunc(missing, func(d links.Count) bool { return d.Rows == 0 })
	links.Sort(missing)
	return missing, err
}

// Wanted finds out which missing things rows need that are to be sent.
type Wanted[C any] struct {
	Links   *links.Links[C]
	Journal *journal.Journal
	IsThere func(keys []crm.Key) bool // reports whether a contact is known to be there without a request
}

// Naming is a row that names what is missing, and the contact that it says.
type Naming[C any] struct {
	Row  *item.Row[C]
	Says C
}

// IsOpen reports whether a row has to be decided on before it is known what it needs. What an earlier session may have made,
// or a row that it may have sent, tells nothing by what is found now: that counts as needed.
func (w *Wanted[C]) IsOpen(n Naming[C]) (open bool) {
	for _, link := range n.Row.Lacks {
		switch u := w.Links.Use(link.Kind, link.Name); {
		case u.Wanted:
			w.addOther(u, n)
		case !w.Journal.LinkAt(u.Kind, u.Name).IsZero(), w.Journal.Doubt(n.Row.Seq) != nil:
			u.Wanted, u.First = true, n.Says
		default:
			open = true
		}
	}
	return open
}

// Decided takes down what a row needs that was decided on. What comes with a contact is not made for one that is there: the
// vendor would refuse it.
func (w *Wanted[C]) Decided(n Naming[C]) {
	for _, link := range n.Row.Lacks {
		switch u := w.Links.Use(link.Kind, link.Name); {
		case u.Wanted:
			w.addOther(u, n)
		case n.Row.Needs(link) && (n.Row.Res.Action == outcome.ActionCreate || !w.Links.CreatedWithContact(link.Kind)):
			u.Wanted, u.First = true, n.Says
		}
	}
}

// mostOthers is how many contacts a thing is tried to be made along with, beside the first.
const mostOthers = 20

// addOther adds a contact to those that a thing is tried to be made along with.
func (w *Wanted[C]) addOther(u *links.Use[C], n Naming[C]) {
	if len(u.Others) < mostOthers && w.Links.CreatedWithContact(u.Kind) && !w.IsThere(n.Row.Keys) {
		u.Others = append(u.Others, n.Says)
	}
}
