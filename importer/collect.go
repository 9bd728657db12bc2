package importer

// collect puts the finished items back into the order of their rows and hands them to the sink. It ends when all
// stages have ended; what is known of rows behind one that was not reached is handed on all the same.
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
	for seq := next; seq < r.survey.Rows && out.failure == nil; seq++ {
		it := waiting[seq]
		if it == nil {
			it, out.failure = r.earlier(seq)
		}
		if it != nil {
			emit(it)
		}
	}
	out.summary.finish(r.clock())
	return out.summary, out.failure
}

// earlier is what earlier sessions knew of a row that this one did not come to, nil for nothing.
func (r *run[C]) earlier(seq int) (*item[C], error) {
	res, written, err := r.o.Journal.known(seq)
	if res == nil {
		return nil, err
	}
	return &item[C]{res: *res, trail: trail{written: written, open: r.o.Journal.past.intents[seq] != nil}}, nil
}

func (r *run[C]) newEmission(sink Sink) *emission {
	return &emission{sink: sink, summary: newSummary(r.Importer), upserts: r.vendor.Traits().CreateUpserts, seed: r.keys.seed,
		ids: newIDSet(r.survey.Valid())}
}
