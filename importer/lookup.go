package importer

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// lookup finds the contacts that rows may already be: with one request for a batch of keys, or, where that costs fewer
// requests, by listing everybody once.
type lookup[C any] struct {
	im     *Importer[C]
	finder crm.Finder[C]
	lister crm.Lister[C]
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

// index finds contacts by their keys.
type index[C any] struct {
	table    *mapping.Table[C]
	contacts []C
	byKey    map[crm.Key][]int32
}

func newIndex[C any](t *mapping.Table[C]) *index[C] {
	return &index[C]{table: t, byKey: map[crm.Key][]int32{}}
}

// keysOf are all keys of a contact that the vendor has.
func (x *index[C]) keysOf(c C) []crm.Key {
	keys := x.table.Keys(c)
	if id := x.table.ID(c); id != "" {
		keys = append(keys, crm.Key{ID: id})
	}
	return keys
}

func (x *index[C]) add(c C) {
	n := int32(len(x.contacts))
	x.contacts = append(x.contacts, c)
	for _, k := range x.keysOf(c) {
		x.byKey[k] = append(x.byKey[k], n)
	}
}

// match returns the distinct contacts that carry one of the keys.
func (x *index[C]) match(keys []crm.Key) []C {
	var found []C
	var ids []string
	for _, k := range keys {
		for _, n := range x.byKey[k] {
			if id := x.table.ID(x.contacts[n]); !slices.Contains(ids, id) {
				ids = append(ids, id)
				found = append(found, x.contacts[n])
			}
		}
	}
	return found
}

// newLookup returns nil if the vendor documents neither list nor search.
func newLookup[C any](im *Importer[C], vendor any) *lookup[C] {
	l := &lookup[C]{im: im, total: -1, turn: make(chan struct{}, 1)}
	l.finder, _ = vendor.(crm.Finder[C])
	l.lister, _ = vendor.(crm.Lister[C])
	l.getter, _ = vendor.(crm.Getter[C])
	if l.finder == nil && l.lister == nil {
		return nil
	}
	return l
}

// newVerifier returns what looks single contacts up in a run whose rows are sent without a look, nil if none can be.
func newVerifier[C any](im *Importer[C], vendor crm.Creator[C]) *lookup[C] {
	l := newLookup(im, vendor)
	if l == nil || l.finder == nil {
		return nil
	}
	l.batch = max(vendor.Traits().FindBatch, 1)
	return l
}

// choose decides between looking up and listing: at most one page is read for it.
func (l *lookup[C]) choose(ctx context.Context, traits crm.Traits) error {
	l.batch, l.each = max(traits.FindBatch, 1), max(traits.FindRequests, 1)
	l.setup.Store(int64(traits.FindSetup))
	finds := l.cost(l.im.survey.Keys) + traits.FindSetup
	readable := l.finder != nil || l.getter != nil
	if l.lister == nil || l.finder != nil && finds <= 2 || l.im.o.Mode == DeleteOnly && readable { // each is read by itself
		return nil
	}
	for page, err := range l.lister.List(ctx) {
		if err != nil {
			return err
		}
		if l.total = page.Total; l.total < 0 && len(page.Items) < traits.PageSize {
			l.total = len(page.Items) // the only page
		}
		break
	}
	switch {
	case l.finder == nil:
		l.useList = true
	case l.total >= 0:
		l.useList = ceil(l.total, traits.PageSize) < finds
	default:
		l.useList, l.budget = true, max(finds/2, 1)
	}
	return nil
}

// requests estimates what looking up all rows costs.
func (l *lookup[C]) requests(traits crm.Traits) int {
	switch {
	case l == nil:
		return 0
	case l.useList && l.total >= 0:
		return max(ceil(l.total, traits.PageSize), 1)
	case l.useList:
		return l.budget
	case traits.FindEach:
		return l.im.survey.Keys
	}
	return l.cost(l.im.survey.Keys) + traits.FindSetup
}

// cost is how many requests looking n keys up takes, at most, once the first call was made.
func (l *lookup[C]) cost(n int) int { return ceil(n, l.batch) * l.each }

// list reads everybody and keeps those who have a key of the file.
func (l *lookup[C]) list(ctx context.Context) (err error) {
	l.listed = l.im.clock()
	l.all, err = l.everybody(ctx, l.budget)
	l.useList = l.all != nil // else looking up is cheaper after all
	return err
}

// everybody lists all contacts and keeps those who have a key of the file; nil if that would take more pages than
// budget, 0 for any number.
func (l *lookup[C]) everybody(ctx context.Context, budget int) (*index[C], error) {
	x, pages := newIndex(l.im.table), 0
	for page, err := range l.lister.List(ctx) {
		if err != nil {
			return nil, err
		}
		for _, c := range page.Items {
			if l.wanted(x.keysOf(c)) {
				x.add(c)
			}
		}
		last := len(page.Items) < l.im.vendor.Traits().PageSize
		if pages++; budget > 0 && pages >= budget && !last {
			return nil, nil
		}
	}
	return x, nil
}

// left is the number of requests that looking all rows up still takes.
func (l *lookup[C]) left() int {
	if l.all != nil {
		return 0
	}
	return l.cost(l.im.survey.Keys) + int(l.setup.Load())
}

func (l *lookup[C]) wanted(keys []crm.Key) bool {
	return slices.ContainsFunc(keys, l.im.file.Keys.Has)
}

// match looks a batch of items up.
func (l *lookup[C]) match(ctx context.Context, items []*item[C]) error {
	if l.all != nil {
		l.settle(l.all, items, l.listed)
		return nil
	}
	x := newIndex(l.im.table)
	if err := l.fetch(ctx, x, items); err != nil {
		return err
	}
	l.settle(x, items, l.im.clock())
	return nil
}

// byID reads the contacts of items that have ids.
func (l *lookup[C]) byID(ctx context.Context, items []*item[C]) error {
	if l.finder == nil && l.getter == nil && l.all == nil {
		if err := l.list(ctx); err != nil {
			return err
		}
	}
	if l.getter == nil || l.finder != nil {
		return l.match(ctx, items)
	}
	for _, it := range items {
		if err := l.get(ctx, it, it.keys[0].ID); err != nil {
			return err
		}
	}
	return nil
}

// again reads the contacts of one item afresh.
func (l *lookup[C]) again(ctx context.Context, it *item[C]) error {
	if l.finder != nil {
		x := newIndex(l.im.table)
		if err := l.fetch(ctx, x, []*item[C]{it}); err != nil {
			return err
		}
		l.settle(x, []*item[C]{it}, l.im.clock())
		return nil
	}
	return l.reread(ctx, it)
}

// afresh finds an item's contacts anew, those included that were not there before. Where a vendor can only be listed,
// that takes one listing for all items that ask meanwhile.
func (l *lookup[C]) afresh(ctx context.Context, it *item[C]) error {
	switch {
	case l.finder != nil:
		return l.again(ctx, it)
	case it.keys[0].ID != "" && l.getter != nil:
		return l.get(ctx, it, it.keys[0].ID)
	}
	asked := l.im.clock()
	if err := send(ctx, l.turn, struct{}{}); err != nil {
		return err
	}
	defer func() { <-l.turn }()
	if l.fresh == nil || l.freshAt.Before(asked) {
		began := l.im.clock()
		x, err := l.everybody(ctx, 0)
		if err != nil {
			return err
		}
		l.fresh, l.freshAt = x, began
	}
	l.settle(l.fresh, []*item[C]{it}, l.freshAt)
	return nil
}

// reread reads what was found again, by its id. Where a vendor can only be listed, what was not found stays not found:
// listing everybody for every row would never end.
func (l *lookup[C]) reread(ctx context.Context, it *item[C]) error {
	if l.getter == nil {
		return nil
	}
	ids := make([]string, len(it.found))
	for i, old := range it.found {
		ids[i] = l.im.table.ID(old)
	}
	return l.get(ctx, it, ids...)
}

// get reads contacts by their ids; one that is gone is not found.
func (l *lookup[C]) get(ctx context.Context, it *item[C], ids ...string) error {
	var found []C
	for _, id := range ids {
		c, err := l.getter.Get(ctx, id)
		var e *crm.Error
		if errors.As(err, &e) && e.Code == crm.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		found = append(found, c)
	}
	it.found, it.looked, it.asCopied, it.readAt = found, true, false, l.im.clock()
	return nil
}

func (l *lookup[C]) settle(x *index[C], items []*item[C], read time.Time) {
	for _, it := range items {
		it.found, it.looked, it.asCopied, it.readAt = x.match(it.keys), true, false, read
	}
}

// fetch asks for the keys of all items, a kind of key at a time.
func (l *lookup[C]) fetch(ctx context.Context, x *index[C], items []*item[C]) error {
	kinds := map[string][]crm.Key{}
	for _, it := range items {
		for _, k := range it.keys {
			kinds[kindOf(k)] = append(kinds[kindOf(k)], k)
		}
	}
	seen := map[string]bool{}
	for _, kind := range []string{"id", "email", "phone", "of"} {
		for batch := range slices.Chunk(kinds[kind], l.batch) {
			found, err := l.finder.Find(ctx, batch)
			if err != nil {
				return err
			}
			for _, c := range found {
				if id := l.im.table.ID(c); !seen[id] {
					seen[id] = true
					x.add(c)
				}
			}
		}
	}
	return nil
}

func kindOf(k crm.Key) string {
	switch {
	case k.ID != "":
		return "id"
	case k.Email != "":
		return "email"
	case k.Of != "":
		return "of"
	}
	return "phone"
}

func ceil(n, by int) int {
	if by <= 0 {
		return n
	}
	return (n + by - 1) / by
}
