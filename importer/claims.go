package importer

import (
	"context"
	"slices"

	"crmferry/importer/item"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// claimsEarly reports whether the run needs to know what bears the names: a row may create a contact. Else it is asked before the
// start all the same, so that it is none of the requests that are said to come, and again when a row is about to write such an id.
func (im *Importer[C]) claimsEarly() bool {
	return im.links.Claims.Early() && im.o.Mode != modes.UpdateOnly
}

// LinkKinds are the kinds of things that rows name and the vendor is asked for before the start: "tags".
func (im *Importer[C]) LinkKinds() []string {
	kinds := append(im.links.Kinds(), im.links.Claims.Kinds()...)
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// Unmade lists the kinds of things that the vendor refused to make.
func (im *Importer[C]) Unmade() []links.Unmade { return im.links.Unmade() }

// Misset lists the fields for which a setting gives rows a thing that the vendor does not have; doubtful are the names in question.
func (im *Importer[C]) Misset(doubtful []links.Count) (fields []string) {
	names, ids := im.file.Matching.Said()
	return append(links.Doubted(names, doubtful), im.links.Claims.Faulty(ids)...)
}

// checkClaims holds the ids of things that an item is about to write against their names, and those that it leaves as they are.
func (r *run[C]) checkClaims(ctx context.Context, it *item.Row[C]) error {
	if err := r.spare(ctx, it); err != nil {
		return err
	}
	if it.Res.Outcome != "" && (it.Res.Outcome != outcome.Unchanged || it.InDoubt()) {
		return nil
	}
	var wrong []mapping.Problem
	for _, claim := range it.Claims {
		fault, err := r.claimFault(ctx, it, claim)
		if err != nil {
			return err
		}
		if fault != "" {
			wrong = append(wrong, r.links.Wrong(claim, fault))
		}
	}
	refused, err := r.steps.Foretell(ctx, it)
	r.rules.Mismatch(it, append(wrong, refused...)...)
	return err
}

// claimFault says what is wrong with a claim, "" for nothing.
func (r *run[C]) claimFault(ctx context.Context, it *item.Row[C], claim mapping.Claim) (string, error) {
	if a := it.Res.Action; a == outcome.ActionUpdate || a == outcome.ActionNone || a == outcome.ActionDelete && claim.Name == "" {
		has := r.table.Link(it.Found[0], claim.Field)
		if why := links.Differs(has, claim); why != "" || has.ID == claim.ID || !it.Res.Changed.Has(claim.Field) {
			return why, nil
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
