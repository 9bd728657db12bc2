package copied

import (
	"context"
	"sync"
	"time"

	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
)

// Copies takes the contacts that are about to be deleted.
type Copies interface {
	// Write takes the cells of one contact, as an export has them. They are valid until it returns.
	Write(cells []cell.Cell) error
	// Commit makes all that was written durable. No delete leaves before it has returned.
	Commit() error
	// Abort leaves nothing of what was written. After Commit it does nothing.
	Abort()
}

// chunkSize is how many rows are looked up at a time to be copied.
const chunkSize = 256

// Pass is one pass over rows by which their contacts are copied.
type Pass[C any] struct {
	Sums    *Sums[C] // takes down what is read
	Journal *journal.Journal
	Open    func() (Copies, error) // called once at most, for the first contact that is to be written
	Anew    bool                   // what earlier sessions have copied is gone
	Workers int
	Batch   int // how many rows one call of Find takes

	// Find looks rows up.
	Find func(context.Context, ...*item.Row[C]) error
	// Age is when what was found of a row was read, since the run began, and whether it is copied.
	Age func(*item.Row[C]) (read time.Duration, isCopied bool)
	// Ends reports whether an error of a row ends the pass.
	Ends func(context.Context, *item.Row[C], error) bool
	// Done is called after each chunk of rows.
	Done func()

	out     Copies // nil until there is something to copy
	columns []int
	cells   []cell.Cell
	fresh   []int // rows whose contacts were written
}

// Run copies the contacts of the rows that it is given by add, but for those that an earlier session has copied as they are. All
// copies are durable when it returns, and the journal says so.
func (p *Pass[C]) Run(ctx context.Context, rows func(add func(*item.Row[C]) error) error) (err error) {
	if p.columns, err = p.Sums.table.Columns(nil, nil); err != nil {
		return err
	}
	defer func() {
		if p.out != nil {
			p.out.Abort()
		}
	}()
	chunk := make([]*item.Row[C], 0, chunkSize)
	flush := func() error {
		defer func() { chunk = chunk[:0] }()
		if err := p.chunk(ctx, chunk); err != nil {
			return err
		}
		p.Done()
		return nil
	}
	err = rows(func(it *item.Row[C]) error {
		if chunk = append(chunk, it); len(chunk) < chunkSize {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil || p.out == nil {
		return err
	}
	if err := p.out.Commit(); err != nil {
		return err
	}
	return p.remember(ctx)
}

// remember writes down which contacts stand in a file, and as what.
func (p *Pass[C]) remember(ctx context.Context) error {
	var end int64
	for _, seq := range p.fresh {
		sum, _ := p.Sums.Get(seq)
		var err error
		if end, err = p.Journal.AppendCopied(seq, sum); err != nil {
			return err
		}
	}
	return p.Journal.Sync(ctx, end)
}

// chunk looks rows up, several at a time, and copies their contacts in the order of the rows.
func (p *Pass[C]) chunk(ctx context.Context, rows []*item.Row[C]) error {
	if err := p.lookUp(ctx, rows); err != nil {
		return err
	}
	for _, it := range rows {
		if !it.Looked { // it fails by itself later
			continue
		}
		if err := p.copy(it); err != nil {
			return err
		}
	}
	return nil
}

// lookUp looks rows up with as many requests at a time as there are workers. The first error that is not a row's own ends
// it; a row whose key the vendor refuses stays without an answer.
func (p *Pass[C]) lookUp(ctx context.Context, rows []*item.Row[C]) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := make(chan []*item.Row[C])
	var workers sync.WaitGroup
	for range max(p.Workers, 1) {
		workers.Go(func() {
			for batch := range batches {
				if err := p.lookUpBatch(ctx, batch); err != nil {
					stop(err)
				}
			}
		})
	}
	for from := 0; from < len(rows) && ctx.Err() == nil; from += p.Batch {
		batches <- rows[from:min(from+p.Batch, len(rows))]
	}
	close(batches)
	workers.Wait()
	return context.Cause(ctx)
}

// lookUpBatch looks rows up with one call. A batch that the vendor refuses is halved.
func (p *Pass[C]) lookUpBatch(ctx context.Context, batch []*item.Row[C]) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err := p.Find(ctx, batch...)
	switch {
	case err == nil:
		return nil
	case p.Ends(ctx, batch[0], err):
		return err
	case len(batch) == 1 || crm.ClassOf(err) != crm.Permanent:
		return nil
	}
	half := len(batch) / 2
	if err := p.lookUpBatch(ctx, batch[:half]); err != nil {
		return err
	}
	return p.lookUpBatch(ctx, batch[half:])
}

// copy takes down what was found of a row, and writes the contact unless an earlier session has written it as it is.
func (p *Pass[C]) copy(it *item.Row[C]) error {
	read, isCopied := p.Age(it)
	if !isCopied {
		return nil
	}
	sum := uint64(Absent)
	if len(it.Found) > 0 {
		sum = p.Sums.Of(it.Found[0])
		if sum != p.Journal.CopySum(it.Seq) || p.Anew {
			if err := p.put(it); err != nil {
				return err
			}
		}
	}
	p.Sums.Set(it.Seq, sum, read)
	return nil
}

func (p *Pass[C]) put(it *item.Row[C]) (err error) {
	if p.out == nil {
		if p.out, err = p.Open(); err != nil {
			return err
		}
	}
	table := p.Sums.table
	if _, err := p.Journal.AppendBefore(it.Seq, table.Image(it.Found[0], nil)); err != nil {
		return err
	}
	p.fresh = append(p.fresh, it.Seq)
	p.cells = table.Cells(&it.Found[0], p.columns, p.cells[:0])
	return p.out.Write(p.cells)
}
