package report

import (
	"fmt"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping/match/columns"
)

// IDColumns are the columns of a list of ids.
func IDColumns() []string { return []string{"resource", "old_id", "new_id", "name"} }

// IDs is the Sink that writes a report, and beside it which id each row of another program has got: what other tables and
// tools need that go by the old ids. Like the report it is made of all rows in their order, so that it is whole whenever it is there.
type IDs struct {
	*Writer
	to       *state.Output
	own      *ownRows
	resource string
	old      survey.OldColumns
	file     *state.File
	out      write.Writer // nil before the first line
	failure  error
}

// NewIDs adds a list of ids to a report. input opens the file for another reading.
func NewIDs(w *Writer, to *state.Output, resource string, sheet []columns.Column, input func() (*sheet.Reader, error)) *IDs {
	return &IDs{Writer: w, to: to, own: &ownRows{open: input}, resource: resource, old: survey.OldColumnsOf(sheet)}
}

// Write adds the line of one row.
func (w *IDs) Write(res *outcome.Result) error {
	if err := w.Writer.Write(res); err != nil || res.ID == "" || res.Outcome == outcome.Rejected || w.failure != nil {
		return err
	}
	w.failure = w.list(res)
	return w.failure
}

func (w *IDs) list(res *outcome.Result) error {
	old, err := w.oldOf(res)
	if err != nil || old.ID == "" {
		return err
	}
	if w.out == nil {
		if err := w.start(); err != nil {
			return fmt.Errorf("write list of ids: %w", err)
		}
	}
	for _, id := range res.IDs() {
		if err := w.out.Write([]string{w.resource, old.ID, id, old.Name}); err != nil {
			return err
		}
	}
	return nil
}

// oldOf is what the row is called in the other program. Of one that this session has not sent the file itself tells.
func (w *IDs) oldOf(res *outcome.Result) (outcome.Old, error) {
	if res.Old != nil {
		return *res.Old, nil
	}
	row, err := w.own.at(res.Row)
	return w.old.Of(row.Cells), err
}

func (w *IDs) start() (err error) {
	if w.file, err = w.to.Create(0o600); err != nil {
		return err
	}
	if w.out, err = write.NewWriter(w.file, write.TextOptions{}); err != nil {
		return err
	}
	return w.out.Write(IDColumns())
}

// Written reports whether there is a list of ids, once the report is finished.
func (w *IDs) Written() bool { return w.out != nil && w.failure == nil }

// Finish puts the files in place.
func (w *IDs) Finish(s *outcome.Summary) (bool, error) {
	defer w.own.close()
	if w.failure == nil && w.out != nil {
		w.failure = w.out.Close()
	}
	if w.failure == nil && w.out != nil {
		w.failure = w.file.Commit()
	}
	if w.failure != nil {
		w.Abort()
		return false, w.failure
	}
	return w.Writer.Finish(s)
}

// Abort leaves no file.
func (w *IDs) Abort() {
	if w.file != nil {
		w.file.Abort()
	}
	w.own.close()
	w.Writer.Abort()
}
