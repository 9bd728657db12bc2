package importer

import (
	"context"
	"sync"

	"crmferry/importer/copied"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// What is deleted is copied first: every contact with every field that an export has, all of them before the first delete
// leaves. A contact that is not as it was copied any more is left.

// Copies takes the contacts that are about to be deleted.
type Copies interface {
	// Write takes the cells of one contact, as an export has them. They are valid until it returns.
	Write(cells []cell.Cell) error
	// Commit makes all that was written durable. No delete leaves before it has returned.
	Commit() error
	// Abort leaves nothing of what was written. After Commit it does nothing.
	Abort()
}

// copyChunk is how many rows are looked up at a time to be copied.
const copyChunk = 256

// copying is one pass over the rows by which the contacts are copied.
type copying[C any] struct {
	*run[C]
	out     Copies // nil until there is something to copy
	columns []int
	cells   []cell.Cell
	fresh   []int // rows whose contacts were written
}

// copies reports whether contacts are copied before they are deleted.
func (im *Importer[C]) copies() bool {
	return im.o.Mode == modes.DeleteOnly && im.o.Copies != nil && !im.o.DryRun
}

// copyFirst looks up every contact that is to be deleted and copies those that no earlier session has copied as they are.
// All copies are durable when it returns, and the journal says so.
func (r *run[C]) copyFirst(ctx context.Context, progress Progress) (err error) {
	if !r.copies() || r.survey.Keys == 0 {
		return nil
	}
	c := &copying[C]{run: r}
	if c.columns, err = r.table.Columns(nil, nil); err != nil {
		return err
	}
	r.copied = copied.New(r.table, r.survey.Rows)
	defer func() {
		if c.out != nil {
			c.out.Abort()
		}
	}()
	if err := c.all(ctx, progress); err != nil || c.out == nil {
		return err
	}
	if err := c.out.Commit(); err != nil {
		return err
	}
	return c.remember(ctx)
}

// remember writes down which contacts stand in a file, and as what.
func (c *copying[C]) remember(ctx context.Context) error {
	var end int64
	for _, seq := range c.fresh {
		sum, _ := c.copied.Get(seq)
		var err error
		if end, err = c.o.Journal.AppendCopied(seq, sum); err != nil {
			return err
		}
	}
	return c.o.Journal.Sync(ctx, end)
}

// all goes through the rows that have no outcome yet.
func (c *copying[C]) all(ctx context.Context, progress Progress) error {
	rules, chunk := c.newPrecheck(), make([]*item.Row[C], 0, copyChunk)
	flush := func() error {
		defer func() { chunk = chunk[:0] }()
		if err := c.chunk(ctx, chunk); err != nil {
			return err
		}
		progress.Rows(c.o.Journal.Counts().Finished, c.forecast.Left())
		return nil
	}
	err := c.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
		it := rules.Row(seq, says)
		if it.Res.Outcome != "" || c.o.Journal.HasOutcome(seq) {
			return nil
		}
		if chunk = append(chunk, it); len(chunk) < copyChunk {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// chunk looks rows up, several at a time, and copies their contacts in the order of the rows.
func (c *copying[C]) chunk(ctx context.Context, rows []*item.Row[C]) error {
	if err := c.lookUp(ctx, rows); err != nil {
		return err
	}
	for _, it := range rows {
		if !it.Looked { // it fails by itself later
			continue
		}
		if err := c.copy(it); err != nil {
			return err
		}
	}
	return nil
}

// lookUp looks rows up with as many requests at a time as there are workers. The first error that is not a row's own ends
// it; a row whose key the vendor refuses stays without an answer.
func (c *copying[C]) lookUp(ctx context.Context, rows []*item.Row[C]) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := make(chan []*item.Row[C])
	var workers sync.WaitGroup
	for range max(c.o.Workers, 1) {
		workers.Go(func() {
			for batch := range batches {
				if err := c.lookUpBatch(ctx, batch); err != nil {
					stop(err)
				}
			}
		})
	}
	size := c.batchSize()
	for from := 0; from < len(rows) && ctx.Err() == nil; from += size {
		batches <- rows[from:min(from+size, len(rows))]
	}
	close(batches)
	workers.Wait()
	return context.Cause(ctx)
}

// lookUpBatch looks rows up with one call. A batch that the vendor refuses is halved.
func (c *copying[C]) lookUpBatch(ctx context.Context, batch []*item.Row[C]) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err := c.find(ctx, batch...)
	switch {
	case err == nil:
		return nil
	case c.stops(batch[0], err) || faults.Canceled(ctx, err):
		return err
	case len(batch) == 1 || crm.ClassOf(err) != crm.Permanent:
		return nil
	}
	half := len(batch) / 2
	if err := c.lookUpBatch(ctx, batch[:half]); err != nil {
		return err
	}
	return c.lookUpBatch(ctx, batch[half:])
}

// copy takes down what was found of a row, and writes the contact unless an earlier session has written it as it is. One
// that will not be deleted is not copied.
func (c *copying[C]) copy(it *item.Row[C]) error {
	sum, read := uint64(copied.Absent), it.ReadAt.Sub(c.began)
	if len(it.Found) > 0 {
		if c.rules.Reported(it) != "" {
			if !c.o.accepts(outcome.CodeMismatch) {
				return nil
			}
			read -= 2 * MaxAge // it is read again, so that its row is noted
		}
		sum = c.copied.Of(it.Found[0])
		if sum != c.o.Journal.CopySum(it.Seq) || c.o.CopyAnew {
			if err := c.put(it); err != nil {
				return err
			}
		}
	}
	c.copied.Set(it.Seq, sum, read)
	return nil
}

func (c *copying[C]) put(it *item.Row[C]) (err error) {
	if c.out == nil {
		if c.out, err = c.o.Copies(); err != nil {
			return err
		}
	}
	if _, err := c.o.Journal.AppendBefore(it.Seq, c.table.Image(it.Found[0], nil)); err != nil {
		return err
	}
	c.fresh = append(c.fresh, it.Seq)
	c.cells = c.table.Cells(&it.Found[0], c.columns, c.cells[:0])
	return c.out.Write(c.cells)
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
	message := "the " + r.table.Noun() + " was changed after it was copied"
	switch sum, _ := r.copied.Get(it.Seq); sum {
	case r.copied.Of(it.Found[0]):
		return true
	case 0, copied.Absent:
		message = "the " + r.table.Noun() + " could not be copied, because it was not found when the others were"
	}
	r.notDone(it) // it is there
	it.Res.Action = ""
	it.Reject(mapping.Problem{Code: outcome.CodeNotCopied, Message: message + ", and was left"})
	return false
}
