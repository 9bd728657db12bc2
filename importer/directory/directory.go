package directory

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync/atomic"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Query asks for the contacts that carry one of some keys, and holds the answer.
type Query[C any] struct {
	Keys   []crm.Key
	Looked bool // Found is what the vendor has
	Found  []C
	ReadAt time.Time
	// Recalled: Found stands for the contact as it was when it was read earlier, of which only the id is known.
	Recalled bool
}

func (q *Query[C]) answer(found []C, read time.Time) {
	q.Found, q.Looked, q.ReadAt, q.Recalled = found, true, read, false
}

// Options say what a Directory is asked for.
type Options struct {
	Clock    func() time.Time
	Keys     int                // different keys that it will be asked for
	IDs      int                // of these, ids
	Words    int                // of these, such as are found by words of a name
	Has      func(crm.Key) bool // reports whether it will be asked for a key; nil where it never lists
	ReadEach bool               // contacts are read one by one where the vendor lets them be: few are asked for

	// InTime is how many keys are used up while what was read of them is fresh, 0 for any number. Fresh is how long that is.
	InTime int
	Fresh  time.Duration
}

// Directory finds the contacts that rows may already be: with one request for a batch of keys, or, where that costs fewer
// requests, by listing everybody once.
type Directory[C any] struct {
	table  *mapping.Table[C]
	traits crm.Traits
	o      Options
	finder crm.Finder[C]
	lister func(context.Context) iter.Seq2[crm.Page[C], error]
	getter crm.Getter[C]
	batch  int          // keys per call of Find
	each   int          // requests per call of Find, at most
	setup  atomic.Int64 // requests that the first call makes beside, 0 once it was made

	total   int       // contacts the vendor has, -1 if it does not say
	useList bool      // list everybody
	budget  int       // pages after which listing is given up for looking up, 0 for never
	all     *index[C] // once listed
	listed  time.Time // when that began

	turn    chan struct{} // held while everybody is listed once more
	fresh   *index[C]     // what that found
	freshAt time.Time     // when it began
}

// New returns nil if the vendor documents neither list nor search.
func New[C any](t *mapping.Table[C], vendor crm.Creator[C], o Options) *Directory[C] {
	d := &Directory[C]{table: t, traits: vendor.Traits(), o: o, total: -1, turn: make(chan struct{}, 1)}
	d.finder, _ = vendor.(crm.Finder[C])
	d.lister = crm.ListOf[C](vendor)
	d.getter, _ = vendor.(crm.Getter[C])
	if d.finder == nil && d.lister == nil {
		return nil
	}
	d.batch, d.each = max(d.traits.FindBatch, 1), max(d.traits.FindRequests, 1)
	if o.InTime > 0 {
		d.batch = min(d.batch, o.InTime)
	}
	if o.InTime > 0 && d.traits.FindEach { // reading them takes as long as writing them
		d.batch = max(min(d.batch, o.InTime/2), 1)
	}
	return d
}

// CanFind reports whether single contacts can be found without listing everybody.
func (d *Directory[C]) CanFind() bool { return d != nil && d.finder != nil }

// Choose decides between looking up and listing: at most one page is read for it.
func (d *Directory[C]) Choose(ctx context.Context) error {
	traits := d.traits
	d.setup.Store(int64(traits.FindSetup))
	finds := d.cost(d.o.Keys, d.o.IDs, d.o.Words) + traits.FindSetup
	readable := d.finder != nil || d.getter != nil
	if d.lister == nil || d.finder != nil && finds <= 2 || d.o.ReadEach && readable { // each is read by itself
		return nil
	}
	for page, err := range d.lister(ctx) {
		if err != nil {
			return err
		}
		if d.total = page.Total; d.total < 0 && len(page.Items) < traits.PageSize {
			d.total = len(page.Items) // the only page
		}
		break
	}
	switch {
	case d.finder == nil:
		d.useList = true
	case d.total >= 0:
		d.useList = d.pages()+d.costAfterList() < finds
	case d.costAfterList() > 0: // most of it would be listed in vain
	default:
		d.useList, d.budget = true, max(finds/2, 1)
	}
	return nil
}

// Requests estimates how many requests looking up all keys takes.
func (d *Directory[C]) Requests() int {
	traits := d.traits
	switch {
	case d.useList && d.total >= 0:
		return d.pages() + d.costAfterList()
	case d.useList:
		return d.budget
	case traits.FindEach:
		return d.o.Keys
	}
	return d.cost(d.o.Keys, d.o.IDs, d.o.Words) + traits.FindSetup
}

// Unmeasured reports whether everybody is listed, however many pages that takes, and nothing tells how many it takes.
func (d *Directory[C]) Unmeasured() bool { return d.useList && d.total < 0 && d.budget == 0 }

// pages is how many pages the list of everybody has, at most: who is looked up apart, as those that are archived, is listed apart.
func (d *Directory[C]) pages() int {
	return max(ceil(d.total, d.traits.PageSize), 1)*max(d.traits.ReadRequests, 1) + d.each - 1
}

// cost is how many requests looking n keys up takes, at most, once the first call was made; some of them are ids, which are read
// one by one, and some are found by words.
func (d *Directory[C]) cost(n, ids, words int) int {
	if words = min(words, n-ids); d.traits.NameRequests == 0 {
		words = 0
	}
	return ids*max(d.traits.ReadRequests, 1) + ceil(n-ids-words, d.batch)*d.each + words*d.traits.NameRequests
}

// costAfterList is how many requests looking up those takes whose turn comes when the list of everybody is too old for them.
func (d *Directory[C]) costAfterList() int {
	if !d.listAges() || d.o.Keys <= d.o.InTime {
		return 0
	}
	return d.cost(d.o.Keys-d.o.InTime, 0, 0) + d.traits.FindSetup
}

// listAges reports whether rows are looked up again once the list of everybody is old: many of them with one request.
func (d *Directory[C]) listAges() bool { return d.o.InTime > 0 && d.finder != nil && d.batch > 1 }

// list is the list of everybody, nil as long as there is none and when it is too old to look rows up in it.
func (d *Directory[C]) list() *index[C] {
	if d.listAges() && d.o.Clock().Sub(d.listed) > d.o.Fresh {
		return nil
	}
	return d.all
}

// AnswersAtOnce reports whether Find makes no request.
func (d *Directory[C]) AnswersAtOnce() bool { return d != nil && d.list() != nil }

// CallCost is how many requests a call for queries has taken, at most; the first call takes more than others.
func (d *Directory[C]) CallCost(queries ...*Query[C]) int {
	if d.list() != nil {
		return 0
	}
	var n Tally
	for _, q := range queries {
		n.Add(q.Keys)
	}
	return d.cost(n.keys, n.ids, n.words) + int(d.setup.Swap(0))
}

// Tally counts keys by what looking them up takes.
type Tally struct{ keys, ids, words int }

// Add counts the keys of a row.
func (n *Tally) Add(keys []crm.Key) {
	n.keys += len(keys)
	for _, k := range keys {
		switch {
		case k.ID != "":
			n.ids++
		case k.ByWords():
			n.words++
		}
	}
}

// CostOf is how many requests looking keys up takes, at most, beside the list of everybody and what the first call takes more.
func (d *Directory[C]) CostOf(n Tally) int {
	switch {
	case d == nil || d.useList:
		return 0
	case d.traits.FindEach:
		return n.keys
	}
	return d.cost(n.keys, n.ids, n.words)
}

// ids is how many of the keys are ids.
func (q *Query[C]) ids() (n int) {
	for _, k := range q.Keys {
		if k.ID != "" {
			n++
		}
	}
	return n
}

// Alone reports whether a query is answered by reads of its own, so that others would only wait for them.
func (d *Directory[C]) Alone(q *Query[C]) bool {
	return d != nil && d.finder != nil && d.list() == nil && len(q.Keys) > 0 && q.ids() == len(q.Keys)
}

// Batch is how many queries are best asked together.
func (d *Directory[C]) Batch() int {
	if d.list() != nil {
		return 1
	}
	return d.batch
}

// Total is how many contacts the vendor has, -1 if it does not say.
func (d *Directory[C]) Total() int { return d.total }

// Lists reports whether everybody is listed.
func (d *Directory[C]) Lists() bool { return d != nil && d.useList }

// IsListed reports whether everybody was listed; where nobody is looked up by a key, so lately that the list is good for all rows.
func (d *Directory[C]) IsListed() bool {
	return d.all != nil && (d.finder != nil || d.o.Clock().Sub(d.listed) <= listingAge)
}

// List reads everybody and keeps those who have a key of the file.
func (d *Directory[C]) List(ctx context.Context) (err error) {
	d.listed = d.o.Clock()
	d.all, err = d.everybody(ctx, d.budget)
	d.useList = d.all != nil // else looking up is cheaper after all
	return err
}

// everybody lists all contacts and keeps those who have a key of the file; nil if that would take more pages than
// budget, 0 for any number.
func (d *Directory[C]) everybody(ctx context.Context, budget int) (*index[C], error) {
	x, pages := newIndex(d.table), 0
	for page, err := range d.lister(ctx) {
		if err != nil {
			return nil, err
		}
		for _, c := range page.Items {
			if d.wanted(x.keysOf(c)) {
				x.add(c)
			}
		}
		last := len(page.Items) < d.traits.PageSize
		if pages++; budget > 0 && pages >= budget && !last {
			return nil, nil
		}
	}
	return x, nil
}

// Left is the number of requests that looking all rows up still takes.
func (d *Directory[C]) Left() int {
	if d.all != nil {
		return d.costAfterList()
	}
	return d.cost(d.o.Keys, d.o.IDs, d.o.Words) + int(d.setup.Load())
}

func (d *Directory[C]) wanted(keys []crm.Key) bool {
	return slices.ContainsFunc(keys, d.o.Has)
}

// Find answers queries, with few requests for all of them.
func (d *Directory[C]) Find(ctx context.Context, queries ...*Query[C]) error {
	if all := d.list(); all != nil {
		answer(all, queries, d.listed)
		return nil
	}
	if d.finder == nil {
		return d.findEach(ctx, queries)
	}
	return d.look(ctx, queries)
}

// look looks queries up at the vendor.
func (d *Directory[C]) look(ctx context.Context, queries []*Query[C]) error {
	x, read := newIndex(d.table), map[crm.Key]time.Time{}
	if err := d.fetch(ctx, x, queries, read); err != nil {
		return err
	}
	for _, q := range queries {
		first := d.o.Clock()
		for _, k := range q.Keys {
			if at := read[k]; at.Before(first) {
				first = at
			}
		}
		q.answer(x.match(q.Keys), first)
	}
	return nil
}

// findEach answers queries of a vendor that can be listed and cannot find: one listing serves those that come soon behind it.
func (d *Directory[C]) findEach(ctx context.Context, queries []*Query[C]) error {
	for _, q := range queries {
		if err := d.answerFromList(ctx, q, d.o.Clock().Add(-listingAge)); err != nil {
			return err
		}
	}
	return nil
}

// listingAge is how old a listing may be that answers a first look.
const listingAge = time.Minute

// FindByID answers queries whose first keys are ids.
func (d *Directory[C]) FindByID(ctx context.Context, queries ...*Query[C]) error {
	if d.finder == nil && d.getter == nil && d.all == nil {
		if err := d.List(ctx); err != nil {
			return err
		}
	}
	if d.getter == nil || d.finder != nil {
		return d.Find(ctx, queries...)
	}
	for _, q := range queries {
		if err := d.get(ctx, q, q.Keys[0].ID); err != nil {
			return err
		}
	}
	return nil
}

// RereadsOne reports whether what was found can be read once more without listing everybody.
func (d *Directory[C]) RereadsOne() bool { return d.finder != nil || d.getter != nil }

// Again reads what was found once more.
func (d *Directory[C]) Again(ctx context.Context, queries ...*Query[C]) error {
	if d.finder != nil {
		return d.look(ctx, queries)
	}
	for _, q := range queries {
		if err := d.reread(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// Afresh answers a query anew, with contacts too that were not there before. Where a vendor can only be listed, that takes one
// listing for all queries that come meanwhile.
func (d *Directory[C]) Afresh(ctx context.Context, q *Query[C]) error {
	if d.finder != nil {
		return d.Again(ctx, q)
	}
	return d.answerFromList(ctx, q, d.o.Clock())
}

// answerFromList answers a query by the id that it begins with, else by a listing that began after a time.
func (d *Directory[C]) answerFromList(ctx context.Context, q *Query[C], after time.Time) error {
	if q.Keys[0].ID != "" && d.getter != nil {
		return d.get(ctx, q, q.Keys[0].ID)
	}
	select { // one listing at a time
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-d.turn }()
	if d.fresh == nil || d.freshAt.Before(after) {
		began := d.o.Clock()
		x, err := d.everybody(ctx, 0)
		if err != nil {
			return err
		}
		d.fresh, d.freshAt = x, began
	}
	answer(d.fresh, []*Query[C]{q}, d.freshAt)
	return nil
}

// reread reads what was found again, by its id. Where a vendor can only be listed, what was not found stays not found:
// listing everybody for every row would never end.
func (d *Directory[C]) reread(ctx context.Context, q *Query[C]) error {
	if d.getter == nil {
		return nil
	}
	ids := make([]string, len(q.Found))
	for i, old := range q.Found {
		ids[i] = d.table.ID(old)
	}
	return d.get(ctx, q, ids...)
}

// get reads contacts by their ids; one that is gone is not found.
func (d *Directory[C]) get(ctx context.Context, q *Query[C], ids ...string) error {
	var found []C
	for _, id := range ids {
		c, err := d.getter.Get(ctx, id)
		if crm.CodeOf(err) == crm.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		found = append(found, c)
	}
	q.answer(found, d.o.Clock())
	return nil
}

func answer[C any](x *index[C], queries []*Query[C], read time.Time) {
	for _, q := range queries {
		q.answer(x.match(q.Keys), read)
	}
}

// fetch asks for the keys of all queries, a kind of key at a time, and says of each when it was read. An id is asked for by itself,
// as its read is one request whatever else is asked for.
func (d *Directory[C]) fetch(ctx context.Context, x *index[C], queries []*Query[C], read map[crm.Key]time.Time) error {
	kinds := map[string][]crm.Key{}
	for _, q := range queries {
		for _, k := range q.Keys {
			kinds[KindOf(k)] = append(kinds[KindOf(k)], k)
		}
	}
	seen := map[string]bool{}
	for _, kind := range []string{"id", "number", "email", "phone", "of", "name"} {
		size := d.batch
		if kind == "id" {
			size = 1
		}
		for batch := range slices.Chunk(kinds[kind], size) {
			at := d.o.Clock()
			found, err := d.finder.Find(ctx, batch)
			if err != nil {
				return err
			}
			if !d.traits.FindEach { // else it may have been the first of many requests
				at = d.o.Clock()
			}
			for _, k := range batch {
				read[k] = at
			}
			for _, c := range found {
				if id := d.table.ID(c); !seen[id] {
					seen[id] = true
					x.add(c)
				}
			}
		}
	}
	return nil
}

// KindOf names what a key consists of: "id", "email", "of", "number", "name" or "phone".
func KindOf(k crm.Key) string {
	switch {
	case k.ID != "":
		return "id"
	case k.Email != "":
		return "email"
	case k.Of != "":
		return "of"
	case k.Number != "":
		return "number"
	case k.IsName():
		return "name"
	}
	return "phone"
}

func ceil(n, by int) int {
	if by <= 0 {
		return n
	}
	return (n + by - 1) / by
}

// ErrCannotRead is returned where the vendor documents no way to read a contact by its id.
var ErrCannotRead = errors.New("no way to read a contact by its id")

// Exists reports whether the vendor has the contact with that id. It returns ErrCannotRead if there is no way to know.
func Exists[C any](ctx context.Context, vendor crm.Creator[C], t *mapping.Table[C], id string) (bool, error) {
	d := New(t, vendor, Options{Clock: time.Now})
	if d == nil || d.finder == nil && d.getter == nil {
		return false, ErrCannotRead
	}
	q := &Query[C]{Keys: []crm.Key{{ID: id}}}
	err := d.Afresh(ctx, q)
	return len(q.Found) > 0, err
}
