package exporter

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"crmferry/internal/crm"
)

// How a list that is read by page number is shown to be complete.
//
// Its order is that of creation, which the vendor documents and the client asks for: what is made while we read goes to
// the end, and what is deleted moves all that stand behind it one place forward, so that the first of a page that is
// still to be read may slip onto one that was read already. The pages are read several at a time, after the last
// contact's place was noted. If it stands there still when all else was read, nothing before it was deleted, nothing
// slipped, and the different ids are as many as the vendor counts. Otherwise the list is read once more by one reader
// from the last page to the first: contacts only ever move towards the pages that are still to be read, so none that
// stays in the list can be missed. What was made meanwhile is read from the end of the list, and the different ids must
// not be fewer than the vendor counts.
//
// The steps are in numberedproof.go; numberedend.go finds the last page.
//
// In any other order nothing of this holds: see sorted.go, and unordered.go where the order is not documented. Nor does
// it hold to the letter where contacts come back into the middle of a list, as people do who are taken out of an
// archive: then only the count tells that one was pushed past the reader, and another one deleted in the same reading
// would hide it.

const (
	// maxRereads is how often a list is read again; a short one more often, up to about rereadPages.
	maxRereads  = 3
	rereadPages = 30
	// maxTailReads is how often the end of the list is read again because contacts were made meanwhile.
	maxTailReads = 3
	// maxIdentical is how many pages in a row may hold the same contacts: bulk deletions can make two look alike.
	maxIdentical = 2
)

// page is one page of a section.
type page[C any] struct {
	crm.NumberedPage[C]
	n int
}

// numbered reads one section of a list by page number.
type numbered[C any] struct {
	*reading[C]
	source    crm.Numbered[C]
	query     crm.Query
	section   crm.Section
	size      int  // contacts on a full page
	countOnly bool // contacts are counted, not written

	lastPage     int    // number of the last page, by the latest answer
	lastFilled   int    // number of the last page that was seen with contacts
	vendorTotal  int    // contacts that the vendor counts, by the latest answer; -1 if it does not count
	identical    int    // pages in a row that hold the same contacts
	previousIDs  string // the ids of the page before
	rereadReason string // why the list has to be read again
}

// name is the name of the section for people.
func (l *numbered[C]) name() string {
	if l.section.Name != "" {
		return l.section.Name
	}
	return l.o.Noun
}

// fetch asks for a page.
func (l *numbered[C]) fetch(ctx context.Context, n int) (page[C], error) {
	p, err := l.source.ListPage(ctx, l.query, l.section, n)
	if err != nil {
		return page[C]{}, pageError(l.name(), n, err)
	}
	return page[C]{p, n}, nil
}

// fetchNoted asks for a page and notes what the answer says of the list.
func (l *numbered[C]) fetchNoted(ctx context.Context, n int) (page[C], error) {
	p, err := l.fetch(ctx, n)
	if err == nil {
		l.noteAnswer(p)
	}
	return p, err
}

// noteAnswer notes what an answer says of the list.
func (l *numbered[C]) noteAnswer(p page[C]) {
	l.sum.Pages++
	l.vendorTotal = p.Total
	if p.Total >= 0 { // else Last says no more than that there may be a next page
		l.lastPage = p.Last
	}
}

// usePage counts the contacts of a page, and writes those that are new.
func (l *numbered[C]) usePage(p page[C]) error {
	if err := l.checkRepeat(p); err != nil {
		return err
	}
	if l.evidence != nil {
		l.noteOrder(p)
	}
	return l.takePage(p.Items, l.countOnly, l.name(), p.n)
}

// checkRepeat refuses a vendor that answers the same page again and again.
func (l *numbered[C]) checkRepeat(p page[C]) error {
	ids := l.ids(p.Items)
	if ids == "" || ids != l.previousIDs {
		l.identical, l.previousIDs = 0, ids
		return nil
	}
	if l.identical++; l.identical < maxIdentical {
		return nil
	}
	return l.incomplete(1, fmt.Sprintf("page %d and the ones read before it hold the same %s", p.n, l.o.Noun))
}

// incomplete is the error of a list that is not complete.
func (l *numbered[C]) incomplete(tries int, reason string) *IncompleteError {
	return &IncompleteError{List: l.name(), Tries: tries, Reason: reason}
}

// unproven ends a list that was read to its end and could not be shown to be complete.
func (l *numbered[C]) unproven(tries int, reason string) error {
	err := l.incomplete(tries, reason)
	err.Unproven = true
	if !l.o.AllowUnproven {
		return err
	}
	l.sum.Unproven = append(l.sum.Unproven, err.Error())
	return nil
}

// pageSize is how many contacts a full page holds: the vendor may give fewer than were asked for.
func (l *numbered[C]) pageSize(first page[C]) int {
	if first.Last > 1 && len(first.Items) > 0 {
		return len(first.Items)
	}
	return max(l.o.pageSize, len(first.Items), 1)
}

// beginPass starts a pass.
func (l *numbered[C]) beginPass() {
	l.seen.begin()
	l.identical, l.previousIDs = 0, ""
}

// ids joins the ids of contacts, so that pages can be compared.
func (r *reading[C]) ids(items []C) string {
	var b []byte
	for i := range items {
		b = append(append(b, r.table.ID(items[i])...), 0)
	}
	return string(slices.Clip(b))
}

// noteOrder notes whether the ids and dates of a page rise, and its ids go on from the page before.
func (l *numbered[C]) noteOrder(p page[C]) {
	e := l.evidence
	var last int64
	var since time.Time
	for i := range p.Items {
		id, err := strconv.ParseInt(l.table.ID(p.Items[i]), 10, 64)
		created, _ := l.table.Dates(&p.Items[i])
		switch {
		case err != nil, i > 0 && (id <= last || since.Sub(created) > maxEarlier):
			e.outOfOrder = true
			return
		case i > 0:
		case e.lastPage != 0 && e.lastPage != p.n && (id > e.firstID) != (p.n > e.lastPage):
			e.outOfOrder = true
		default:
			e.lastPage, e.firstID = p.n, id
		}
		last, since = id, created
	}
}
