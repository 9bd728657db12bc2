package exporter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// New returns an exporter of the list that client reads. The error is ErrNoList, ErrNoChangeDate, or a
// *match.Error for a column that there is not.
func New[C any](table *mapping.Table[C], client any, o Options) (*Exporter[C], error) {
	e := &Exporter[C]{table: table, o: o}
	e.numbered, _ = client.(crm.Numbered[C])
	e.cursored, _ = client.(crm.Cursored[C])
	if e.numbered == nil && e.cursored == nil {
		return nil, fmt.Errorf("export %s %s: %w", table.Vendor, table.Resource, ErrNoList)
	}
	if !o.Since.IsZero() && !table.HasChangeDate() {
		return nil, fmt.Errorf("export %s %s since %s: %w", table.Vendor, table.Resource, o.Since.Format(time.RFC3339), ErrNoChangeDate)
	}
	columns, err := table.Columns(o.Columns, o.Words)
	if err != nil {
		return nil, err
	}
	e.columns = columns
	if f, ok := client.(crm.Filterer); ok {
		e.specs = f.Filters()
	}
	e.traits = traitsOf(client)
	e.o.pageSize = e.traits.PageSize
	e.o.Workers = max(o.Workers, 1)
	if e.o.Noun == "" {
		e.o.Noun = "contacts"
	}
	return e, nil
}

// Columns describes the cells of a contact.
func (e *Exporter[C]) Columns() []mapping.ExportColumn {
	all := e.table.ExportColumns()
	columns := make([]mapping.ExportColumn, len(e.columns))
	for i, c := range e.columns {
		columns[i] = all[c]
	}
	return columns
}

// Run reads the list into sink. Without an error, every contact that was in the list all the while was written exactly
// once, or the summary says Limited or Unproven. It returns ErrIncomplete if that cannot be shown, and what client and sink return.
// The summary is never nil. progress may be nil.
func (e *Exporter[C]) Run(ctx context.Context, sink Sink, progress Progress) (*Summary, error) {
	if progress == nil {
		progress = noProgress{}
	}
	r := &reading[C]{table: e.table, columns: e.columns, o: e.o, sink: sink, progress: progress, sum: &Summary{}, total: -1}
	start := time.Now()
	var err error
	if e.cursored != nil {
		err = r.follow(ctx, e.cursored, e.o.Query)
	} else {
		err = e.sections(ctx, r)
	}
	if errors.Is(err, errFull) {
		r.sum.Limited, err = true, nil
	}
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
}

// sorts reports whether the query asks for an order of its own.
func (e *Exporter[C]) sorts() bool {
	return slices.ContainsFunc(e.o.Query.Filters, e.isSort)
}

func (e *Exporter[C]) isSort(f crm.Filter) bool {
	return slices.ContainsFunc(e.specs, func(s crm.FilterSpec) bool { return s.Name == f.Name && s.Sort })
}

// unsorted is the query in the list's own order.
func (e *Exporter[C]) unsorted() crm.Query {
	return crm.Query{Filters: slices.DeleteFunc(slices.Clone(e.o.Query.Filters), e.isSort)}
}
