package importer

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"crmferry/internal/sheet"
)

// batchRows is how many rows travel together: handing each on by itself would cost more than what is done with it.
const batchRows = 128

// batch is some rows on their way from the reader, and what was made of each.
type batch[T any] struct {
	rows  []sheet.Row
	cells []string // of all rows
	first int      // position of the first row among all, from 0
	made  [batchRows]T
	done  chan struct{} // takes one when made is complete
}

// fill reads the next rows, so many at most. It returns io.EOF with the last ones.
func (b *batch[T]) fill(r *sheet.Reader, first, most int) error {
	b.first, b.rows, b.cells = first, b.rows[:0], b.cells[:0]
	for len(b.rows) < most {
		row, err := r.Next()
		if err != nil {
			return err
		}
		from := len(b.cells)
		b.cells = append(b.cells, row.Cells...)
		row.Cells = b.cells[from:len(b.cells):len(b.cells)]
		b.rows = append(b.rows, row)
	}
	return nil
}

// inBatches reads rows in one goroutine, makes something of each in several, and hands them on in their order: seq counts
// them from 0, and the cells of a row are valid until take returns. It reads no more than limit rows, 0 for all. All
// goroutines have ended when it returns.
func inBatches[T any](ctx context.Context, r *sheet.Reader, limit int, make func(seq int, row sheet.Row, made *T), take func(seq int, row sheet.Row, made *T) error) error {
	ctx, stop := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	p := newPipeline[T](2*workers + 2)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { p.read(ctx, r, limit) })
	for range workers {
		running.Go(func() { p.make(make) })
	}
	for b := range p.ordered {
		<-b.done
		for i, row := range b.rows {
			if err := take(b.first+i, row, &b.made[i]); err != nil {
				return err
			}
		}
		p.empty <- b
	}
	return p.err
}

// pipeline is the way of batches: empty, raw and, in the order of their rows, ordered.
type pipeline[T any] struct {
	empty, raw, ordered chan *batch[T]
	err                 error // why reading ended early; valid once ordered is closed
}

func newPipeline[T any](batches int) *pipeline[T] {
	p := &pipeline[T]{make(chan *batch[T], batches), make(chan *batch[T], batches), make(chan *batch[T], batches), nil}
	for range batches {
		p.empty <- &batch[T]{done: make(chan struct{}, 1)}
	}
	return p
}

// read sends all rows on their way.
func (p *pipeline[T]) read(ctx context.Context, r *sheet.Reader, limit int) {
	defer close(p.ordered)
	defer close(p.raw)
	for first := 0; limit == 0 || first < limit; {
		var b *batch[T]
		select {
		case b = <-p.empty:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			p.err = context.Cause(ctx)
			return
		}
		most := batchRows
		if limit > 0 {
			most = min(most, limit-first)
		}
		err := b.fill(r, first, most)
		first += len(b.rows)
		p.raw <- b
		p.ordered <- b
		if err != nil {
			if !errors.Is(err, io.EOF) {
				p.err = err
			}
			return
		}
	}
}

// make works on batches until there are no more.
func (p *pipeline[T]) make(of func(seq int, row sheet.Row, made *T)) {
	for b := range p.raw {
		for i, row := range b.rows {
			of(b.first+i, row, &b.made[i])
		}
		b.done <- struct{}{}
	}
}
