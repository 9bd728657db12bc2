package exporter

import (
	"context"

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
