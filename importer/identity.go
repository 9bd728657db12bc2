package importer

import (
	"context"
	"slices"

	"crmferry/importer/identity"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/mapping"
)

// Ids are believed only in the account that gave them. Another account may have given the same id to somebody else, which
// shows in what a row and its contact have of e-mail, phone and name.

// Acceptable lists the codes whose rows may be taken as they stand.
func Acceptable() []string { return []string{outcome.CodeMismatch} }

func (o *Options) accepts(code string) bool { return slices.Contains(o.Accept, code) }

// believesIDs reports whether ids say by themselves which contacts are meant, without anybody's word for it.
func (o *Options) believesIDs() bool { return !o.Match.MatchID && o.Mode != modes.DeleteOnly }

// sampleID keeps some of the rows whose ids are to be believed because people said so.
func (im *Importer[C]) sampleID(says *survey.Row[C]) {
	if !im.o.Match.MatchID || !im.table.HasPeople() {
		return
	}
	own := im.table.Without(says.Contact, says.Defaulted)
	if im.table.Held(&own) >= 2 {
		im.sample.Add(says.Number, says.Keys, own)
	}
}

// isMeant reports whether the contact found is the row's; else the row is rejected.
func (r *run[C]) isMeant(it *item.Row[C]) bool {
	if it.Keys[0].ID == "" || !r.o.believesIDs() {
		return true
	}
	says := r.table.Without(it.Want, it.Filled)
	if !r.table.Likeness(&says, &it.Found[0]).Contradicts() {
		return true
	}
	return r.mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: identity.StrangerOf(r.table, it.Res.Row, it.Keys[0].ID, &says, &it.Found[0]).String()})
}

// mismatch rejects a row, unless such rows are accepted. One that an earlier session may have sent all the same is in doubt.
func (r *run[C]) mismatch(it *item.Row[C], p mapping.Problem) (accepted bool) {
	if r.o.accepts(p.Code) {
		it.Res.Notes = append(it.Res.Notes, "accepted: "+p.Message)
		return true
	}
	if it.InDoubt() {
		it.Res.MarkUnknown(outcome.ErrNoAnswer)
		return false
	}
	it.Res.Action, it.Res.Changed = "", nil
	it.Reject(p)
	return false
}

// checkSample looks some rows up whose ids are to be believed. It returns an *identity.MismatchError if most of the contacts
// found differ from their rows in all that both have: the file is of another account then.
func (im *Importer[C]) checkSample(ctx context.Context) error {
	if im.directory == nil || im.o.Mode == modes.CreateOnly || im.o.accepts(outcome.CodeMismatch) || im.o.Journal.Begun() {
		return nil
	}
	return im.sample.Check(ctx, im.table, im.directory)
}
