package importer

// collect puts the finished items back into the order of their rows and hands them to the sink. It ends when all
// stages have ended; rows behind one that was not reached are handed on all the same.
func (r *run[C]) collect(sink Sink, progress Progress) (*Summary, error) {
	summary := newSummary(r.Importer)
	waiting := map[int]*item[C]{}
	var failure error
	done, next := 0, 0
	emit := func(it *item[C]) {
		r.merged(it)
		summary.add(&it.res)
		if failure == nil {
			if failure = sink.Write(&it.res); failure != nil {
				r.stop(failure)
			}
		}
	}
	for it := range r.results {
		waiting[it.seq] = it
		for {
			it, ok := waiting[next]
			if !ok {
				break
			}
			delete(waiting, next)
			next++
			emit(it)
			<-r.slots
		}
		done++
		if it.res.Outcome != Rejected || it.looked {
			r.forecast.finished(it.res.Outcome)
		}
		progress.Rows(done, r.forecast.left())
	}
	for seq := next; len(waiting) > 0; seq++ {
		if it, ok := waiting[seq]; ok {
			delete(waiting, seq)
			emit(it)
		}
	}
	summary.finish(r.clock())
	return summary, failure
}
