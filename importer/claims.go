package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// claims are the ids of things that stand in rows beside their names. What bears a name is asked once for all of them:
// before the start if a row may create a contact, else when a row is about to write such an id.
type claims struct {
	names map[string][]string  // by kind
	known map[crm.LinkKey]bool // that are in names
	early bool                 // a row that is not matched by an id has one
	turn  chan struct{}        // held while the vendor is asked
	asked bool
	refs  map[crm.LinkKey][]crm.Ref
}

func newClaims() *claims {
	return &claims{names: map[string][]string{}, known: map[crm.LinkKey]bool{}, refs: map[crm.LinkKey][]crm.Ref{}, turn: make(chan struct{}, 1)}
}

// note takes the names of a row down.
func (c *claims) note(list []mapping.Claim, byID bool) {
	for _, claim := range list {
		c.early = c.early || !byID
		if k := crm.NewLinkKey(claim.Kind, claim.Name); !c.known[k] {
			c.known[k] = true
			c.names[claim.Kind] = append(c.names[claim.Kind], claim.Name)
		}
	}
}

// claimsEarly reports whether what bears the names is asked before the start.
func (im *Importer[C]) claimsEarly() bool { return im.links.claims.early && im.o.Mode != UpdateOnly }

// resolveClaims asks the vendor for all names, once.
func resolveClaims[C any](ctx context.Context, c *claims, linker crm.Linker[C]) error {
	if err := send(ctx, c.turn, struct{}{}); err != nil {
		return err
	}
	defer func() { <-c.turn }()
	if c.asked {
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
	c.asked = true
	return nil
}

// checkClaims holds the ids of things that an item is about to write against their names.
func (r *run[C]) checkClaims(ctx context.Context, it *item[C]) error {
	for _, claim := range it.claims {
		if it.res.Outcome != "" {
			return nil
		}
		bears, err := r.bears(ctx, it, claim)
		if err != nil {
			return err
		}
		if bears != "" {
			r.mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Field: claim.Field, Column: claim.Column,
				Message: fmt.Sprintf("%s: the %s %q is to be %q, and %s", claim.Field, singular(claim.Kind), claim.ID, claim.Name, bears)})
		}
	}
	return nil
}

// bears says what is wrong with a claim, "" for nothing.
func (r *run[C]) bears(ctx context.Context, it *item[C], claim mapping.Claim) (string, error) {
	if it.res.Action == outcome.ActionUpdate {
		switch has := r.table.Link(it.Found[0], claim.Field); {
		case has.ID == claim.ID && has.Name != "" && crm.NewLinkKey("", has.Name) != crm.NewLinkKey("", claim.Name):
			return fmt.Sprintf("it is %q", has.Name), nil
		case has.ID == claim.ID, !it.res.Changed.Has(claim.Field):
			return "", nil
		}
	}
	linker, ok := r.vendor.(crm.Linker[C])
	if !ok {
		return "", nil // nothing tells
	}
	if err := r.retry(ctx, it, true, func() error { return resolveClaims(ctx, r.links.claims, linker) }); err != nil {
		return "", err
	}
	refs := r.links.claims.refs[crm.NewLinkKey(claim.Kind, claim.Name)]
	switch {
	case len(refs) == 0:
		return "nothing is called that", nil
	case slices.ContainsFunc(refs, func(ref crm.Ref) bool { return ref.ID == claim.ID }):
		return "", nil
	}
	return "that is the id " + strings.ReplaceAll(refIDs(refs), ", ", " or "), nil
}
