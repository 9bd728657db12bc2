package exporter

import (
	"context"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Session is the export of one list, whatever the type of its contacts.
type Session interface {
	// Sections counts the parts that the list is read in, which may take a request; 0 for a list that is not read in parts.
	// Run reads those that were counted.
	Sections(ctx context.Context) (int, error)
	// Columns describes the cells of a contact.
	Columns() []mapping.ExportColumn
	// PageSize is how many contacts a page of the vendor's list holds, 1 at least.
	PageSize() int
	// Run reads the list into sink: see Exporter.Run.
	Run(ctx context.Context, sink Sink, progress Progress) (*Summary, error)
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
	specs    []crm.FilterSpec
	traits   crm.Traits
	columns  []int
	counted  []crm.Section // nil unless they were counted
	o        Options
}
