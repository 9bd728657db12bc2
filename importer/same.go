package importer

import (
	"context"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
)

// Two rows may be one contact although they share no key: by two addresses of it, or by its id and by its phone.

// lockContact waits until no other row changes the contact that was found, and lets nobody else until release is called. If
// an earlier row has changed it since it was read, the action is chosen anew.
func (r *run[C]) lockContact(ctx context.Context, it *item.Row[C]) (release func(), err error) {
	id := it.Res.ID
	if r.directory == nil || it.Res.Action != outcome.ActionUpdate || it.Made != nil {
		return func() {}, nil
	}
	if release, err = r.turns.Take(ctx, &it.Place, id); err != nil {
		return nil, err
	}
	if !r.written(id) {
		return release, nil
	}
	if err := r.decideAgain(ctx, it); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// written reports whether a row of this run has written the contact.
func (r *run[C]) written(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wroteIDs.Has(id)
}

// noteWritten takes down that the vendor has taken a write of a row.
func (r *run[C]) noteWritten(it *item.Row[C]) {
	r.enter(it, phase.Written)
	r.noteContact(it)
}

// noteContact takes down which contact a row has written.
func (r *run[C]) noteContact(it *item.Row[C]) {
	if r.wroteIDs == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wroteIDs.Add(it.Res.ID)
	if it.Recreates() {
		r.madeAgain.Add(it.Res.ID)
		for _, name := range item.KeyNames(it.Keys) {
			r.madeAgain.Add(name)
		}
	}
}
