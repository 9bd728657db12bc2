package importer

import (
	"context"
	"slices"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
)

// Ids are believed only in the account that gave them. Another account may have given the same id to somebody else, which
// shows in what a row and its contact have of what people know them by.

func (o *Options) accepts(code string) bool { return slices.Contains(o.Accept, code) }

// believesIDs reports whether ids say by themselves which contacts are meant, without anybody's word for it.
func (o *Options) believesIDs() bool { return !o.Match.MatchID && o.Mode != modes.DeleteOnly }

// sampleID keeps some of the rows whose ids are to be believed because people said so.
func (im *Importer[C]) sampleID(says *survey.Row[C]) {
	if !im.o.Match.MatchID {
		return
	}
	own := im.table.Without(says.Contact, says.Defaulted)
	if im.table.Held(&own) >= 2 {
		im.sample.Add(says.Number, says.Keys, own)
	}
}

// checkSample looks some rows up whose ids are to be believed. It returns an *identity.MismatchError if most of the contacts
// found differ from their rows in all that both have: the file is of another account then.
func (im *Importer[C]) checkSample(ctx context.Context) error {
	if im.directory == nil || im.o.Mode == modes.CreateOnly || im.o.accepts(outcome.CodeMismatch) || im.o.Journal.Begun() {
		return nil
	}
	return im.sample.Check(ctx, im.table, im.directory)
}
