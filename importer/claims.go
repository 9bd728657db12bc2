package importer

import (
	"context"
	"fmt"
	"slices"

	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// claimsEarly reports whether what bears the names is asked before the start.
func (im *Importer[C]) claimsEarly() bool {
	return im.links.Claims.Early() && im.o.Mode != modes.UpdateOnly
}

// LinkKinds are the kinds of things that rows name and the vendor is asked for before the start: "tags".
func (im *Importer[C]) LinkKinds() []string {
	kinds := im.links.Kinds()
	if im.claimsEarly() {
		kinds = append(kinds, im.links.Claims.Kinds()...)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// checkClaims holds the ids of things that an item is about to write against their names.
func (r *run[C]) checkClaims(ctx context.Context, it *item.Row[C]) error {
	if err := r.spare(ctx, it); err != nil {
		return err
	}
	for _, claim := range it.Claims {
		if it.Res.Outcome != "" {
			return nil
		}
		bears, err := r.claimFault(ctx, it, claim)
		if err != nil {
			return err
		}
		if bears != "" {
			r.rules.Mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Field: claim.Field, Column: claim.Column,
				Message: fmt.Sprintf("%s: the %s %q is to be %q, and %s", claim.Field, r.links.One(claim.Kind), claim.ID, claim.Name, bears)})
		}
	}
	return nil
}

// claimFault says what is wrong with a claim, "" for nothing.
func (r *run[C]) claimFault(ctx context.Context, it *item.Row[C], claim mapping.Claim) (string, error) {
	if it.Res.Action == outcome.ActionUpdate {
		switch has := r.table.Link(it.Found[0], claim.Field); {
		case has.ID == claim.ID && has.Name != "" && crm.NewLinkKey("", has.Name) != crm.NewLinkKey("", claim.Name):
			return fmt.Sprintf("it is %q", has.Name), nil
		case has.ID == claim.ID, !it.Res.Changed.Has(claim.Field):
			return "", nil
		}
	}
	linker, ok := r.vendor.(crm.Linker[C])
	if !ok {
		return "", nil // nothing tells
	}
	if !r.links.Claims.Asked() {
		if err := r.requests.Read(ctx, &it.Trail, func() error { return r.links.Claims.Resolve(ctx, linker) }); err != nil {
			return "", err
		}
	}
	return r.links.Claims.Fault(claim), nil
}
