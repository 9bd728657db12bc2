package links

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Claims are the ids of things that stand in rows beside their names. What bears a name is asked once for all of them:
// before the start if a row may create a contact, else when a row is about to write such an id.
type Claims struct {
	names map[string][]string  // by kind
	known map[crm.LinkKey]bool // that are in names
	early bool                 // a row that is not matched by an id has one
	ids   ids                  // without names
	turn  chan struct{}        // held while the vendor is asked
	asked atomic.Bool
	refs  map[crm.LinkKey][]crm.Ref
}

func newClaims() *Claims {
	return &Claims{names: map[string][]string{}, known: map[crm.LinkKey]bool{}, refs: map[crm.LinkKey][]crm.Ref{}, turn: make(chan struct{}, 1)}
}

// Note takes the names of a row down.
func (c *Claims) Note(list []mapping.Claim, byID bool) {
	for _, claim := range list {
		c.early = c.early || !byID
		if claim.Name == "" {
			c.ids.note(claim)
			continue
		}
		if k := crm.NewLinkKey(claim.Kind, claim.Name); !c.known[k] {
			c.known[k] = true
			c.names[claim.Kind] = append(c.names[claim.Kind], claim.Name)
		}
	}
}

// Early reports whether a row that is not matched by an id has a claim.
func (c *Claims) Early() bool { return c.early }

// Kinds are the kinds of things that rows claim ids of.
func (c *Claims) Kinds() []string { return slices.Collect(maps.Keys(c.names)) }

// Fault says what is wrong with a claim, once Resolve has asked; "" for nothing.
func (c *Claims) Fault(claim mapping.Claim) string {
	if claim.Name == "" {
		if c.ids.absent[crm.NewLinkKey(claim.Kind, claim.ID)] {
			return "nothing has that id"
		}
		return ""
	}
	refs := c.Refs(claim.Kind, claim.Name)
	switch {
	case len(refs) == 0:
		return "nothing is called that"
	case slices.ContainsFunc(refs, func(ref crm.Ref) bool { return ref.ID == claim.ID }):
		return ""
	}
	return "that is the id " + strings.ReplaceAll(refIDs(refs), ", ", " or ")
}

// Refs are the things that bear a name, once Resolve has asked.
func (c *Claims) Refs(kind, name string) []crm.Ref { return c.refs[crm.NewLinkKey(kind, name)] }

// Resolver asks a vendor for the things that bear names of a kind, as a crm.Linker does.
type Resolver interface {
	Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error)
}

// Resolve asks the vendor for all names, once.
func (c *Claims) Resolve(ctx context.Context, linker Resolver) error {
	select { // one at a time
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-c.turn }()
	if c.Asked() {
		return nil
	}
	for kind, names := range c.names {
		found, err := linker.Resolve(ctx, kind, names)
		if err != nil {
			return err
		}
		for name, refs := range found {
			c.refs[crm.NewLinkKey(kind, name)] = refs
		}
	}
	if err := c.ids.prove(ctx, linker); err != nil {
		return err
	}
	c.asked.Store(true)
	return nil
}

// Asked reports whether the vendor has been asked for all names.
func (c *Claims) Asked() bool { return c.asked.Load() }

// Faulty are the fields of those claims that have a fault.
func (c *Claims) Faulty(claims []mapping.Claim) (fields []string) {
	for _, claim := range claims {
		if c.Fault(claim) != "" {
			fields = append(fields, claim.Field)
		}
	}
	return fields
}
