package newlinks

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/requests"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
)

// Maker creates what rows name and the vendor lacks.
type Maker[C any] struct {
	Linker     crm.Linker[C]
	Links      *links.Links[C]
	Journal    *journal.Journal
	Requests   *requests.Sender
	Clock      func() time.Time
	VendorTime func() time.Time
	Absence    time.Duration // how long "not found" must hold after a lost answer
	Unsure     time.Time     // until when what an earlier session sent may be carried out
	Sent       bool          // something was created, or may be
}

// Create makes what is missing and wanted, each once. What the vendor refuses to make rejects the rows that name it; other
// errors are returned.
func (m *Maker[C]) Create(ctx context.Context, missing []links.Count) error {
	for _, d := range m.doubtfulLast(missing) {
		u := m.Links.Use(d.Kind, d.Name)
		if u.NoNeed = !u.Wanted; u.NoNeed {
			continue
		}
		err := m.create(ctx, u)
		switch {
		case err == nil:
			m.Sent = true
		case ctx.Err() != nil || faults.StopsRun(err) || faults.IsTrouble(err) || crm.ClassOf(err) == crm.Forbidden && !m.Sent:
			return fmt.Errorf("create %s %q: %w", m.Links.One(u.Kind), u.Name, err)
		default:
			u.Refused = err
		}
	}
	return nil
}

// doubtfulLast puts what an earlier session may have made behind what it has not: it has to be waited for.
func (m *Maker[C]) doubtfulLast(missing []links.Count) []links.Count {
	var first, last []links.Count
	for _, d := range missing {
		if m.Journal.LinkAt(d.Kind, d.Name).IsZero() {
			first = append(first, d)
		} else {
			last = append(last, d)
		}
	}
	return append(first, last...)
}

// create makes one thing. Where the answer was lost, now or in an earlier session, its name is asked for before it
// is made again.
func (m *Maker[C]) create(ctx context.Context, u *links.Use[C]) error {
	at := m.Journal.LinkAt(u.Kind, u.Name)
	if !at.IsZero() {
		if absent, err := m.find(ctx, u, at, m.Unsure); err != nil || !absent {
			return err
		}
	}
	for try := 1; ; try++ {
		sent := m.VendorTime()
		if err := m.Journal.CommitLink(ctx, u.Kind, u.Name, sent); err != nil {
			return err
		}
		var ref crm.Ref
		it := &item.Row[C]{Res: outcome.Result{Action: outcome.ActionCreate}}
		if err := it.Enter(phase.Intended); err != nil {
			return err
		}
		err := m.Requests.Write(ctx, &it.Trail, false, func() (err error) {
			ref, u.Made, err = m.Linker.CreateLink(ctx, u.Kind, u.Name, u.First)
			return err
		})
		if err == nil {
			u.Refs = []crm.Ref{ref}
			if u.Made == nil { // look-ups may lag
				u.MadeAt = m.Links.MadeAt(u.Kind, sent)
			}
			return nil
		}
		m.Sent = m.Sent || faults.IsTrouble(err) // it may be there
		if crm.ClassOf(err) == crm.Permanent && (try > 1 || !at.IsZero()) {
			if err = m.refused(ctx, u, cmp.Or(at, sent), err); err == nil {
				return nil
			}
			at = time.Time{}
		}
		if crm.CodeOf(err) == crm.CodeTaken && len(u.Others) > 0 {
			u.First, u.Others, try = u.Others[0], u.Others[1:], 0
			continue
		}
		if !faults.IsTrouble(err) || m.Requests.GivesUp(try) {
			return err
		}
		if absent, err := m.find(ctx, u, sent, m.absenceCountsAt()); err != nil || !absent {
			return err
		}
	}
}

// refused sees whether a thing that may have been made is refused because it has been, later than look-ups showed.
func (m *Maker[C]) refused(ctx context.Context, u *links.Use[C], made time.Time, refused error) error {
	if absent, err := m.find(ctx, u, made, m.absenceCountsAt()); err != nil || !absent {
		return err
	}
	return refused
}

// find asks for a thing that may have been made at a time. absent says that it is not there at a moment, nor was before.
func (m *Maker[C]) find(ctx context.Context, u *links.Use[C], made, until time.Time) (absent bool, err error) {
	for looks := 1; ; looks++ {
		var found map[string][]crm.Ref
		err := m.Requests.Read(ctx, new(item.Trail), func() (err error) {
			found, err = m.Linker.Resolve(ctx, u.Kind, []string{u.Name})
			return err
		})
		if err != nil {
			return false, err
		}
		for name, refs := range found {
			if crm.NewLinkKey(u.Kind, name) == crm.NewLinkKey(u.Kind, u.Name) && len(refs) > 0 {
				u.Refs, u.MadeAt = refs, m.Links.MadeAt(u.Kind, made)
				return false, nil
			}
		}
		left := until.Sub(m.Clock())
		if looks > 1 && left <= 0 {
			return true, nil
		}
		if err := workers.Sleep(ctx, max(left, m.Absence/5)); err != nil {
			return false, err
		}
	}
}

// absenceCountsAt is when "not found" counts that is asked from now on.
func (m *Maker[C]) absenceCountsAt() time.Time { return m.Clock().Add(m.Absence) }
