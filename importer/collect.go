package importer

// collect puts the finished items back into the order of their rows and hands them to the sink. It ends when all
// stages have ended; rows behind one that was not reached are handed on all the same.
func (r *run[C]) collect(sink Sink, progress Progress) (*Summary, error) {
	out := r.newEmission(sink)
	waiting := map[int]*item[C]{}
	done, next := 0, 0
	emit := func(it *item[C]) {
		if out.emit(&it.res, it.written); out.failure != nil {
			r.stop(out.failure)
		}
		if it.open {
			out.summary.Open++
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
		planned := it.res.Outcome != Rejected && r.o.Mode != DeleteOnly
		if !it.recalled && (planned || it.looked) {
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
	out.summary.finish(r.clock())
	return out.summary, out.failure
}

func (r *run[C]) newEmission(sink Sink) *emission {
	e := &emission{sink: sink, summary: newSummary(r.Importer), upserts: r.vendor.Traits().CreateUpserts, seed: r.seed}
	if r.lookup != nil || e.upserts {
		e.ids = newIDSet(r.survey.Valid())
	}
	return e
}
