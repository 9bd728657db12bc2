package importer

import (
	"context"
	"time"

	"crmferry/importer/copied"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/mapping"
)

// What is deleted is copied first: every contact with every field that an export has, all of them before the first delete
// leaves. A contact that is not as it was copied any more is left.

// copies reports whether contacts are copied before they are deleted.
func (im *Importer[C]) copies() bool {
	return im.o.Mode == modes.DeleteOnly && im.o.Copies != nil && !im.o.DryRun
}

// copyFirst looks up every contact that is to be deleted and copies those that no earlier session has copied as they are.
// All copies are durable when it returns, and the journal says so.
func (r *run[C]) copyFirst(ctx context.Context, progress Progress) error {
	if !r.copies() || r.survey.Keys == 0 {
		return nil
	}
	r.copied = copied.New(r.table, r.survey.Rows)
	pass := copied.Pass[C]{Sums: r.copied, Journal: r.o.Journal, Open: r.o.Copies, Anew: r.o.CopyAnew, Workers: r.o.Workers, Batch: r.batchSize(),
		Find: r.find, Age: r.ageOfCopy,
		Ends: func(ctx context.Context, it *item.Row[C], err error) bool {
			return r.stops(it, err) || faults.Canceled(ctx, err)
		},
		Done: func() { progress.Rows(r.o.Journal.Counts().Finished, r.forecast.Left()) }}
	rules := r.newPrecheck()
	return pass.Run(ctx, func(add func(*item.Row[C]) error) error {
		return r.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
			it := rules.Row(seq, says)
			if it.Res.Outcome != "" || r.o.Journal.HasOutcome(seq) {
				return nil
			}
			return add(it)
		})
	})
}

// ageOfCopy is when the contact of a row was read, since the run began. One that will not be deleted is not copied.
func (r *run[C]) ageOfCopy(it *item.Row[C]) (read time.Duration, isCopied bool) {
	read = it.ReadAt.Sub(r.began)
	if len(it.Found) == 0 || r.rules.Reported(it) == "" {
		return read, true
	}
	return read - 2*MaxAge, r.o.accepts(outcome.CodeMismatch) // it is read again, so that its row is noted
}

// recallCopy takes over what was read of a row's contact when it was copied.
func (r *run[C]) recallCopy(it *item.Row[C]) {
	if r.copied == nil || it.Planned != nil { // what a plan saw is compared with what is there
		return
	}
	sum, read := r.copied.Get(it.Seq)
	if sum == 0 {
		return
	}
	it.Looked, it.ReadAt = true, r.began.Add(read)
	r.forecast.Looked(1) // it is read once more only if that was long ago
	if sum != copied.Absent {
		it.Found, it.Recalled, it.WasThere = []C{it.Want}, true, true
	}
}

// isCopied reports whether the contact found is the one that was copied, and as it was; else the row is rejected.
func (r *run[C]) isCopied(it *item.Row[C]) bool {
	if r.copied == nil || it.Recalled {
		return true
	}
	fault := r.copied.Fault(it.Seq, it.Found[0])
	if fault == "" {
		return true
	}
	r.notDone(it) // it is there
	it.Res.Action = ""
	it.Reject(mapping.Problem{Code: outcome.CodeNotCopied, Message: fault + ", and was left"})
	return false
}
