package importer

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/links"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/survey"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
)

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
		u := r.links.Use(d.Kind, d.Name)
		if u.NoNeed = !u.Wanted; u.NoNeed {
			continue
		}
		err := r.createLink(ctx, linker, u)
		switch {
		case err == nil:
			r.linked = true
		case ctx.Err() != nil || faults.StopsRun(err) || faults.IsTrouble(err) || crm.ClassOf(err) == crm.Forbidden && !r.linked:
			return fmt.Errorf("create %s %q: %w", r.links.One(u.Kind), u.Name, err)
		default:
			u.Refused = err
		}
	}
	return nil
}

// doubtfulLast puts what an earlier session may have made behind what it has not: it has to be waited for.
func (r *run[C]) doubtfulLast(missing []links.Count) []links.Count {
	var first, last []links.Count
	for _, d := range missing {
		if r.o.Journal.LinkAt(d.Kind, d.Name).IsZero() {
			first = append(first, d)
		} else {
			last = append(last, d)
		}
	}
	return append(first, last...)
}

// createLink makes one thing. Where the answer was lost, now or in an earlier session, its name is asked for before it
// is made again.
func (r *run[C]) createLink(ctx context.Context, linker crm.Linker[C], u *links.Use[C]) error {
	at := r.o.Journal.LinkAt(u.Kind, u.Name)
	if !at.IsZero() {
		if absent, err := r.findLink(ctx, linker, u, at, r.unsureUntil()); err != nil || !absent {
			return err
		}
	}
	for try := 1; ; try++ {
		sent := r.vendorTime()
		if err := r.o.Journal.CommitLink(ctx, u.Kind, u.Name, sent); err != nil {
			return err
		}
		var ref crm.Ref
		it := &item.Row[C]{Res: outcome.Result{Action: outcome.ActionCreate}}
		r.enter(it, phase.Intended)
		err := r.requests.Write(ctx, &it.Trail, false, func() (err error) {
			ref, u.Made, err = linker.CreateLink(ctx, u.Kind, u.Name, u.First)
			return err
		})
		if err == nil {
			u.Refs = []crm.Ref{ref}
			if u.Made == nil { // look-ups may lag
				u.MadeAt = r.links.MadeAt(u.Kind, sent)
			}
			return nil
		}
		r.linked = r.linked || faults.IsTrouble(err) // it may be there
		if crm.ClassOf(err) == crm.Permanent && (try > 1 || !at.IsZero()) {
			if err = r.refusedLink(ctx, linker, u, cmp.Or(at, sent), err); err == nil {
				return nil
			}
			at = time.Time{}
		}
		if crm.CodeOf(err) == crm.CodeTaken && len(u.Others) > 0 {
			u.First, u.Others, try = u.Others[0], u.Others[1:], 0
			continue
		}
		if !faults.IsTrouble(err) || r.requests.GivesUp(try) {
			return err
		}
		if absent, err := r.findLink(ctx, linker, u, sent, r.absenceCountsAt()); err != nil || !absent {
			return err
		}
	}
}

// refusedLink sees whether a thing that may have been made is refused because it has been, later than look-ups showed.
func (r *run[C]) refusedLink(ctx context.Context, linker crm.Linker[C], u *links.Use[C], made time.Time, refused error) error {
	if absent, err := r.findLink(ctx, linker, u, made, r.absenceCountsAt()); err != nil || !absent {
		return err
	}
	return refused
}

// findLink asks for a thing that may have been made at a time. absent says that it is not there at a moment, nor was before.
func (r *run[C]) findLink(ctx context.Context, linker crm.Linker[C], u *links.Use[C], made, until time.Time) (absent bool, err error) {
	for looks := 1; ; looks++ {
		var found map[string][]crm.Ref
		err := r.requests.Read(ctx, new(item.Trail), func() (err error) {
			found, err = linker.Resolve(ctx, u.Kind, []string{u.Name})
			return err
		})
		if err != nil {
			return false, err
		}
		for name, refs := range found {
			if crm.NewLinkKey(u.Kind, name) == crm.NewLinkKey(u.Kind, u.Name) && len(refs) > 0 {
				u.Refs, u.MadeAt = refs, r.links.MadeAt(u.Kind, made)
				return false, nil
			}
		}
		left := until.Sub(r.clock())
		if looks > 1 && left <= 0 {
			return true, nil
		}
		if err := workers.Sleep(ctx, max(left, r.o.absenceWait()/5)); err != nil {
			return false, err
		}
	}
}

// mostOthers is how many contacts a thing is tried to be made along with, beside the first.
const mostOthers = 20

// findWanted reads the file once more for the names in rows that will be sent: a thing that only a repeated row names
// is not made, and not with that row's contact.
func (r *run[C]) findWanted(ctx context.Context) error {
	j := r.newPrecheck()
	j.AnyName = true // else what is missing would reject its rows
	return r.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
		if it := j.Row(seq, says); it.Res.Outcome != "" {
			return nil
		}
		for _, link := range says.Links {
			switch u := r.links.Use(link.Kind, link.Name); {
			case !u.Wanted:
				u.Wanted, u.First = true, says.Contact
			case len(u.Refs) == 0 && len(u.Others) < mostOthers && r.links.CreatedWithContact(link.Kind):
				u.Others = append(u.Others, says.Contact)
			}
		}
		return nil
	})
}
