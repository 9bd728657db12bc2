// Package batches hands the rows of a sheet on in their order, each with what was made of it beside the others.
package batches

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"crmferry/internal/sheet"
)

// Rows travel together, because handing each on by itself would cost more than what is done with it: so many at most,
// and fewer of long ones, so that what is on its way takes little memory whatever the sheet.
const (
	Rows       = 128 // at most
	batchCells = 8 << 10
	batchBytes = 128 << 10
)

// mostWorkers is how many goroutines one reader keeps busy.
const mostWorkers = 4

// batch is some rows on their way from the reader, and what was made of each.
type batch[T any] struct {
	rows  []sheet.Row
	cells []string // of all rows
	first int      // position of the first row among all, from 0
	made  [Rows]T
	done  chan struct{} // takes one when made is complete
}

// fill reads the next rows, so many at most. It returns io.EOF with the last ones.
func (b *batch[T]) fill(r *sheet.Reader, first, most int) error {
	if cap(b.cells) > 2*batchCells {
		b.cells = nil
	}
	b.first, b.rows, b.cells = first, b.rows[:0], b.cells[:0]
	for size := 0; len(b.rows) < most && len(b.cells) < batchCells && size < batchBytes; {
		row, err := r.Next()
		if err != nil {
			return err
		}
		from := len(b.cells)
		b.cells = append(b.cells, row.Cells...)
		row.Cells = b.cells[from:len(b.cells):len(b.cells)]
		b.rows = append(b.rows, row)
		for _, c := range row.Cells {
			size += len(c)
		}
	}
	return nil
}

// Each reads all rows, or the first limit ones where that is not 0, in one goroutine, prepares something of each in several, and hands
// them on in their order: seq counts them from 0, and the cells of a row are valid until take returns. All goroutines have
// ended when it returns.
func Each[T any](ctx context.Context, rows *sheet.Reader, limit int, prepare func(seq int, row *sheet.Row, made *T), take func(seq int, row *sheet.Row, made *T) error) error {
	ctx, stop := context.WithCancel(ctx)
	workers := min(runtime.GOMAXPROCS(0), mostWorkers)
	p := newPipeline[T](2*workers + 2)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { p.read(ctx, rows, limit) })
	for range workers {
		running.Go(func() { p.prepare(prepare) })
	}
	for b := range p.ordered {
		<-b.done
		for i := range b.rows {
			if err := take(b.first+i, &b.rows[i], &b.made[i]); err != nil {
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
	p := &pipeline[T]{empty: make(chan *batch[T], batches), raw: make(chan *batch[T], batches), ordered: make(chan *batch[T], batches)}
	for range batches {
		p.empty <- &batch[T]{done: make(chan struct{}, 1)}
	}
	return p
}

// read sends all rows on their way, or the first limit ones.
func (p *pipeline[T]) read(ctx context.Context, rows *sheet.Reader, limit int) {
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
		most := Rows
		if limit > 0 {
			most = min(most, limit-first)
		}
		err := b.fill(rows, first, most)
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

// prepare works on batches until there are no more.
func (p *pipeline[T]) prepare(each func(seq int, row *sheet.Row, made *T)) {
	for b := range p.raw {
		for i := range b.rows {
			each(b.first+i, &b.rows[i], &b.made[i])
		}
		b.done <- struct{}{}
	}
}
