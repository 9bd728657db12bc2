package report

import (
	"fmt"
	"io"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
)

// PlanWriter writes the report of a dry run as the file of its plan, to be marked and applied: a workbook that opens on the
// plan, or a CSV file whose lines have the plan's columns behind those of a report, with the changes in a file beside it.
// The files appear when Finish is called, whole or not at all.
type PlanWriter struct {
	file    *state.File
	changes *state.File // nil for a workbook, which holds them
	lines   planLines
	about   About
	advice  Adviser
}

// planLines writes the rows of a plan.
type planLines interface {
	writePlan(l Line, row *planfile.Row) error
	fields() []planfile.FieldCount
	finish(about About, s *outcome.Summary) error
	discard()
}

// NewPlanWriter starts the file of the plan of the run that about names, in the format of f. changesTo is where its changes
// go if it is a CSV file (see planfile.ChangesPath); a workbook needs none.
func NewPlanWriter(to *state.Output, f sheet.Format, changesTo *state.Output, about About, advice Adviser) (*PlanWriter, error) {
	file, err := to.Create(0o600)
	if err != nil {
		return nil, err
	}
	w := &PlanWriter{file: file, about: about, advice: advice}
	if f == sheet.XLSX {
		w.lines, err = newPlanWorkbook(file, about.Run, advice)
	} else if w.changes, err = changesTo.Create(0o600); err == nil {
		w.lines, err = newPlanCSV(file, w.changes, about)
	}
	if err != nil {
		w.abortFiles()
		return nil, fmt.Errorf("write plan: %w", err)
	}
	return w, nil
}

// Write adds the lines of one row.
func (w *PlanWriter) Write(res *outcome.Result, row *planfile.Row) error {
	if err := w.lines.writePlan(lineOf(res.Hinted(w.advice.OnOpen())), row); err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	return nil
}

// Fields counts what would become of fields, those that contacts would lose first.
func (w *PlanWriter) Fields() []planfile.FieldCount { return w.lines.fields() }

// Finish puts the files in place.
func (w *PlanWriter) Finish(s *outcome.Summary) error {
	if err := w.lines.finish(w.about, s); err != nil {
		w.abortFiles()
		return fmt.Errorf("write plan: %w", err)
	}
	if w.changes != nil { // first: a plan without its changes says less than it should
		if err := w.changes.Commit(); err != nil {
			w.file.Abort()
			return err
		}
	}
	return w.file.Commit()
}

// Abort leaves no file.
func (w *PlanWriter) Abort() {
	w.lines.discard()
	w.abortFiles()
}

func (w *PlanWriter) abortFiles() {
	w.file.Abort()
	if w.changes != nil {
		w.changes.Abort()
	}
}

// planLine is a line of a report with what a plan has beside it.
type planLine struct {
	Line
	Approve string `csv:"approve"`
	Name    string `csv:"name"`
	What    string `csv:"what"`
	Plan    string `csv:"plan"`
}

// planCSV writes a plan as a CSV file, and its changes as another.
type planCSV struct {
	*lineFile[planLine]
	run       string
	changes   *planfile.Changes
	changesTo io.Writer
	form      write.TextOptions
}

func newPlanCSV(w, changesTo io.Writer, about About) (*planCSV, error) {
	f, err := newLineFile[planLine](w, about.CSV)
	return &planCSV{f, about.Run, planfile.NewChanges(about.Run), changesTo, about.CSV}, err
}

func (p *planCSV) writePlan(l Line, row *planfile.Row) error {
	shown := row.Texts()
	l.Key, l.ID = shown.Key, shown.ID
	if err := p.write(planLine{Line: l, Name: shown.Name, What: shown.What, Plan: row.Ref(p.run)}); err != nil {
		return err
	}
	return p.changes.Add(row)
}

func (p *planCSV) fields() []planfile.FieldCount { return p.changes.Fields() }

func (p *planCSV) finish(About, *outcome.Summary) error {
	defer p.discard()
	if err := p.close(); err != nil {
		return err
	}
	return p.changes.WriteCSV(p.changesTo, p.form)
}

func (p *planCSV) discard() { p.changes.Discard() }
