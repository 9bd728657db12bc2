package importer

import (
	"cmp"

	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
)

// collect puts the finished items back into the order of their rows and hands them to the sink. It ends when all
// stages have ended; what is known of rows behind one that was not reached is handed on all the same.
func (r *run[C]) collect(sink outcome.Sink, progress Progress) (*outcome.Summary, error) {
	out := outcome.NewCollector(sink, outcome.NewSummary(r.survey.Rows), r.traits, r.mostWritten())
	out.Summary.Begin(r.began, r.o.Mode == modes.DeleteOnly)
	var failure error
	waiting := map[int]*item.Row[C]{}
	done, next := 0, 0
	emit := func(it *item.Row[C]) {
		if failure = out.Add(&it.Res, it.Has(phase.Written)); failure != nil {
			r.stop(failure)
		}
		if it.InDoubt() {
			out.Summary.Open++
		}
	}
	for it := range r.results {
		waiting[it.Seq] = it
		for it := waiting[next]; it != nil; it = waiting[next] {
			delete(waiting, next)
			next++
			emit(it)
			<-r.slots
		}
		r.forecast.Done(it.Attempts)
		planned := it.Res.Outcome != outcome.Rejected && r.o.Mode != modes.DeleteOnly
		if !it.IsRecalled() && (planned || it.Looked) {
			r.forecast.Finished(it.Res.Outcome)
		}
		if !it.Res.IsFurther() {
			done++
			progress.Became(it.Res.Outcome)
		}
		progress.Rows(done, r.forecast.Left())
	}
	for seq := next; seq < r.survey.Records() && failure == nil; seq++ {
		it := waiting[seq]
		if it == nil {
			it, failure = r.earlier(seq)
		}
		if it != nil {
			emit(it)
		}
	}
	failure = cmp.Or(failure, out.End())
	out.Summary.Finish(r.clock())
	return out.Summary, failure
}

// earlier is what earlier sessions knew of a row that this one did not come to, nil for nothing.
func (r *run[C]) earlier(seq int) (*item.Row[C], error) {
	res, written, err := r.o.Journal.Known(seq)
	if res == nil {
		return nil, err
	}
	it := &item.Row[C]{Res: *res, Trail: item.Trail{State: phase.Recalled(written)}}
	if r.o.Journal.Intent(seq) != nil {
		it.State = phase.State{}
		err = it.Enter(phase.InDoubt)
	}
	return it, err
}
