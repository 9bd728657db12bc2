package report

import (
	"fmt"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
)

// Writer is the Sink that writes the report, and the rejects if there are any. Both files appear when Finish is
// called, whole or not at all.
type Writer struct {
	file    *state.File
	lines   lineWriter
	rejects *rejects
	own     *ownRows // of the input
	about   About
	advice  Adviser
	failure error // the first of Write: lines are missing
}

// NewWriter starts a report in the format of f. Rejects, and the user's rows in a workbook, are taken from the input, which is
// opened for another reading; without rejectsTo there are no rejects, and without input neither.
func NewWriter(to *state.Output, f sheet.Format, rejectsTo *state.Output, about About, input func() (*sheet.Reader, error), advice Adviser) (*Writer, error) {
	file, err := to.Create(0o600)
	if err != nil {
		return nil, err
	}
	r := &Writer{file: file, about: about, advice: advice, own: &ownRows{open: input}}
	if r.lines, err = r.newLines(f, input != nil); err != nil {
		r.Abort()
		return nil, fmt.Errorf("write report: %w", err)
	}
	if rejectsTo != nil {
		state.RemoveLeftovers(rejectsTo.Path()) // a run that was resumed may have no rejects to write
		r.rejects = &rejects{to: rejectsTo, own: r.own, about: about, advice: advice}
	}
	return r, nil
}

func (r *Writer) newLines(f sheet.Format, hasInput bool) (lineWriter, error) {
	if f != sheet.XLSX {
		return newCSVLines(r.file, r.about.CSV)
	}
	own := r.own
	if !hasInput {
		own = nil
	}
	return newWorkbook(r.file, own, r.advice)
}

// Write adds the line of one row. After an error neither file appears.
func (r *Writer) Write(res *outcome.Result) error {
	err := r.write(res)
	if r.failure == nil {
		r.failure = err
	}
	return err
}

func (r *Writer) write(res *outcome.Result) error {
	if err := r.lines.write(lineOf(res.Hinted(r.advice.OnOpen())), res); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if r.rejects == nil || res.IsTorn() || res.Outcome != outcome.Rejected && res.Outcome != outcome.Failed {
		return nil
	}
	return r.rejects.write(res)
}

// Finish puts the files in place. It returns whether rejects were written.
func (r *Writer) Finish(s *outcome.Summary) (bool, error) {
	defer r.own.close()
	if r.failure != nil {
		r.Abort()
		return false, r.failure
	}
	if r.rejects != nil && r.rejects.out != nil {
		r.about.rejects = r.rejects.to.Path()
	}
	if err := r.lines.finish(r.about, s); err != nil {
		r.Abort()
		return false, fmt.Errorf("write report: %w", err)
	}
	if err := r.file.Commit(); err != nil {
		return false, err
	}
	return r.rejects.finish()
}

// Abort leaves neither file.
func (r *Writer) Abort() {
	r.file.Abort()
	r.rejects.abort()
	r.own.close()
}
