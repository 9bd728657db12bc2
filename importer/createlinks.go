package importer

import (
	"context"

	"crmferry/importer/directory"
	"crmferry/importer/newlinks"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
)

// createLinks makes what is missing of the kinds that may be created, if a row that is to be sent names it.
func (r *run[C]) createLinks(ctx context.Context) error {
	linker, ok := r.vendor.(crm.Linker[C])
	if !ok {
		return nil
	}
	if r.links.AnyWithContact(r.plan.Missing) { // to see whose contacts are there already; else the list would only grow old meanwhile
		if err := r.listAll(ctx); err != nil {
			return err
		}
	}
	if err := r.findWanted(ctx); err != nil {
		return err
	}
	m := newlinks.Maker[C]{Linker: linker, Links: r.links, Journal: r.o.Journal, Requests: &r.requests, Clock: r.clock, VendorTime: r.vendorTime,
		Absence: r.o.absenceWait(), Unsure: r.unsureUntil()}
	err := m.Create(ctx, r.plan.Missing)
	r.linked = r.linked || m.Sent
	return err
}

// mostOthers is how many contacts a thing is tried to be made along with, beside the first.
const mostOthers = 20

// findWanted reads the file once more for the names in rows that will be sent: a thing that only a repeated row names
// is not made, and not with that row's contact. What the vendor makes along with a contact is made with one that is not known
// to be there: the vendor would refuse it.
func (r *run[C]) findWanted(ctx context.Context) error {
	j := r.newPrecheck()
	j.AnyName = true // else what is missing would reject its rows
	return r.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
		if it := j.Row(seq, says); it.Res.Outcome != "" {
			return nil
		}
		for _, link := range says.Links {
			switch u := r.links.Use(link.Kind, link.Name); {
			case r.links.CreatedWithContact(link.Kind) && r.isListed(ctx, says.Keys):
			case !u.Wanted:
				u.Wanted, u.First = true, says.Contact
			case len(u.Refs) == 0 && len(u.Others) < mostOthers && r.links.CreatedWithContact(link.Kind):
				u.Others = append(u.Others, says.Contact)
			}
		}
		return nil
	})
}

// isListed reports whether the contact of a row is known to be there without a request.
func (r *run[C]) isListed(ctx context.Context, keys []crm.Key) bool {
	q := directory.Query[C]{Keys: keys}
	return len(keys) > 0 && r.directory.AnswersAtOnce() && r.directory.Find(ctx, &q) == nil && len(q.Found) > 0
}
