package exporter

import (
	"context"
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
	if (!o.Since.IsZero() || o.Fresh != nil) && !table.HasChangeDate() {
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
	e.unnamer, _ = client.(crm.Unnamer)
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

// Sections counts the parts that the list is read in: see Session.
func (e *Exporter[C]) Sections(ctx context.Context) (int, error) {
	if e.numbered == nil {
		return 0, nil
	}
	var err error
	e.counted, err = e.listSections(ctx)
	return len(e.counted), err
}

// listSections returns the sections that were counted, or lists them.
func (e *Exporter[C]) listSections(ctx context.Context) ([]crm.Section, error) {
	if e.counted != nil {
		return e.counted, nil
	}
	return e.numbered.Sections(ctx, e.o.Query)
}

// PageSize is how many contacts a page of the vendor's list holds, 1 at least.
func (e *Exporter[C]) PageSize() int { return max(e.traits.PageSize, 1) }

// Exporter exports one list.
type Exporter[C any] struct {
	table    *mapping.Table[C]
	numbered crm.Numbered[C]
	cursored crm.Cursored[C]
	unnamer  crm.Unnamer
	specs    []crm.FilterSpec
	traits   crm.Traits
	columns  []int
	counted  []crm.Section // nil unless they were counted
	o        Options
}
