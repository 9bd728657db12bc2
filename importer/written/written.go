// Package written knows which contacts the rows of a run have written, and whose turn it is to write one: two rows may be one
// contact although they share no key, by two addresses of it, or by its id and by its phone.
package written

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/workers"
)

// Contacts are those that rows have written. It is safe for concurrent use by different rows.
type Contacts[C any] struct {
	o     Options[C]
	turns *workers.Turns

	mu    sync.Mutex
	ids   *outcome.IDSet // as answered; nil where nobody looks contacts up
	again *outcome.IDSet // of contacts that were deleted and that this undo has created again, and their keys; nil where it is none
}

// Options say what rows may do.
type Options[C any] struct {
	ID      func(C) string
	LooksUp bool // contacts are looked up, so that two rows may find the same
	Undoes  bool // contacts that were deleted are created again
	Upserts bool // the vendor takes a contact that is created for one with the same key
	Most    int  // rows that are written
}

// New begins to take down what rows of a pool of workers write.
func New[C any](pool *workers.Pool, o Options[C]) *Contacts[C] {
	c := &Contacts[C]{o: o, turns: workers.NewTurns(pool)}
	if o.LooksUp {
		c.ids = outcome.NewIDSet(o.Most)
		if o.Undoes {
			c.again = outcome.NewIDSet(o.Most)
		}
	}
	return c
}

// Add takes down that a row has written its contact.
func (c *Contacts[C]) Add(it *item.Row[C]) {
	if c.ids == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids.Add(it.Res.ID)
	if it.Recreates() {
		c.again.Add(it.Res.ID)
		for _, name := range item.KeyNames(it.Keys) {
			c.again.Add(name)
		}
	}
}

// Plan takes down that a row of a dry run would write a contact, and reports whether another one would, too.
func (c *Contacts[C]) Plan(id string) (twice bool) {
	if c.ids == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ids.Add(id)
}

// Has reports whether a row has written the contact.
func (c *Contacts[C]) Has(id string) bool {
	if c.ids == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ids.Has(id)
}

// Take waits until no other row changes the contact of a row, and lets nobody else until release is called.
func (c *Contacts[C]) Take(ctx context.Context, it *item.Row[C]) (release func(), err error) {
	return c.turns.Take(ctx, &it.Place, it.Res.ID)
}

// TakeParts waits until no other part of the row of an item is decided on, and lets none until release is called.
func (c *Contacts[C]) TakeParts(ctx context.Context, it *item.Row[C]) (release func(), err error) {
	return c.turns.Take(ctx, &it.Place, "parts of row "+strconv.Itoa(it.Res.Row))
}

// Several contacts with one address may have been deleted, where a vendor lets there be such. Each comes back: one row of them goes
// at a time, and what another has created is not taken for what is there.

// TakeKeys gives a row the keys of the contact that it creates again, until release is called.
func (c *Contacts[C]) TakeKeys(ctx context.Context, it *item.Row[C]) (release func(), err error) {
	if !it.Recreates() {
		return func() {}, nil
	}
	var held []func()
	release = func() {
		for _, let := range held {
			let()
		}
	}
	for _, name := range item.KeyNames(it.Keys) {
		let, err := c.turns.Take(ctx, &it.Place, name)
		if err != nil {
			release()
			return nil, err
		}
		held = append(held, let)
	}
	return release, nil
}

// WouldMerge reports whether the vendor would take what a row creates again for what another row has created again.
func (c *Contacts[C]) WouldMerge(it *item.Row[C]) bool {
	if c.again == nil || !c.o.Upserts || !it.Recreates() {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(item.KeyNames(it.Keys), c.again.Has)
}

// DropOthers takes contacts out of those found that other rows have created again.
func (c *Contacts[C]) DropOthers(it *item.Row[C]) {
	if c.again == nil || c.o.Upserts || !it.Recreates() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	it.Found = slices.DeleteFunc(slices.Clone(it.Found), func(found C) bool { return c.again.Has(c.o.ID(found)) })
}
