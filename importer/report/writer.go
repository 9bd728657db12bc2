package report

import (
	"fmt"
	"io"

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
	about   About
	advice  Adviser
	failure error // the first of Write: lines are missing
}

// NewWriter starts a report in the format of f. Rejects are taken from the input, which is opened for another reading if
// there are any; without rejectsTo there are none.
func NewWriter(to *state.Output, f sheet.Format, rejectsTo *state.Output, about About, input func() (*sheet.Reader, error), advice Adviser) (*Writer, error) {
	file, err := to.Create(0o600)
	if err != nil {
		return nil, err
	}
	r := &Writer{file: file, about: about, advice: advice}
	if r.lines, err = newLineWriter(file, f, advice); err != nil {
		file.Abort()
		return nil, err
	}
	if rejectsTo != nil {
		state.RemoveLeftovers(rejectsTo.Path()) // a run that was resumed may have no rejects to write
		r.rejects = &rejects{to: rejectsTo, open: input, origin: about.InputOrigin}
	}
	return r, nil
}

func newLineWriter(w io.Writer, f sheet.Format, advice Adviser) (lineWriter, error) {
	if f == sheet.XLSX {
		return newWorkbook(w, advice)
	}
	return newCSVLines(w)
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
	if err := r.lines.write(lineOf(res.Hinted(r.advice.OnOpen()))); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if r.rejects == nil || res.Outcome != outcome.Rejected && res.Outcome != outcome.Failed {
		return nil
	}
	return r.rejects.write(res)
}

// Finish puts the files in place. It returns whether rejects were written.
func (r *Writer) Finish(s *outcome.Summary) (bool, error) {
	if r.failure != nil {
		r.Abort()
		return false, r.failure
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
}
