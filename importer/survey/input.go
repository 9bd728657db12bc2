package survey

import (
	"context"
	"errors"
	"fmt"

	"crmferry/importer/survey/batches"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
	"crmferry/mapping"
	"crmferry/mapping/cells"
	"crmferry/mapping/match"
)

// Options say which file is read, and how.
type Options struct {
	Path   string // the file that is read: the run's copy of the input
	Name   string // the file as the user named it
	Sheet  sheet.Options
	Match  mapping.MatchOptions
	Limit  int      // rows, 0 for all
	Accept []string // codes of rule breaks whose rows are taken as they stand
	Keep   string   // the file in which the rows are kept as they were converted, "" for none

	Deletes       bool // the rows say by their ids which contacts are to be deleted
	BelievesIDs   bool // ids say by themselves which contacts are meant
	MatchesPhones bool // the vendor may take contacts with one phone for the same, as its traits say
}

// ErrNoRows is the cause for a file that has a header and nothing below it.
var ErrNoRows = errors.New("a header and no rows")

// ErrAllLeftOut is the cause for a file of which the conditions of the user take no row.
var ErrAllLeftOut = errors.New("no row meets the conditions")

// HeaderError is a header, or a field named for all rows, that cannot be used: why, and how far the file was understood up
// to there.
type HeaderError struct {
	Survey *Survey // its columns, and what is odd about the file above its rows; none of these is counted
	Err    *match.Error
}

// Error is the message without the hint.
func (e *HeaderError) Error() string { return e.Err.Error() }

// Unwrap returns the *match.Error.
func (e *HeaderError) Unwrap() error { return e.Err }

// input is the file, which is read several times and understood the same each time.
type input struct {
	o      Options
	layout *sheet.Layout // nil until the first reading has found it
}

// Open opens the file for another reading.
func (in *input) Open() (*sheet.Reader, error) {
	if in.layout != nil {
		return in.layout.Open()
	}
	return sheet.Open(in.o.Path, in.o.Sheet)
}

// named puts the name that the user knows in place of the copy's path.
func (in *input) named(err error) error {
	var e *rows.Error
	if errors.As(err, &e) {
		c := *e
		c.Path = in.o.Name
		return &c
	}
	return err
}

func (in *input) allLeftOut() error { return fmt.Errorf("read %q: %w", in.o.Name, ErrAllLeftOut) }

func (in *input) noRows() error { return fmt.Errorf("read %q: %w", in.o.Name, ErrNoRows) }

// profile reads all rows, whatever the limit, so that a sheet is understood the same however much of it is taken. It
// keeps the layout of the file for all later readings. mails says which columns are e-mail addresses by their headers.
func (in *input) profile(ctx context.Context, mails func(header []string) []bool) (*cells.Profile, error) {
	r, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in.layout = r.Layout()
	p := cells.NewProfile(r.Header())
	var linked []bool // columns of addresses, of a file with links
	asTheyStand := func(int, *sheet.Row, *struct{}) {}
	err = batches.Each(ctx, r, 0, asTheyStand, func(_ int, row *sheet.Row, _ *struct{}) error {
		if len(row.Links) > 0 && linked == nil {
			linked = mails(r.Header())
		}
		if row.Shifted || row.Section || row.Swallows+row.Unclosed > 0 {
			p.Count(row.Cells)
			return nil
		}
		p.Add(withLinks(row, linked), row.Points...)
		return nil
	})
	p.Settle()
	return p, err
}
