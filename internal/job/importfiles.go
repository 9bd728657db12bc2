package job

import (
	"cmp"
	"errors"
	"path/filepath"
	"strings"

	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
)

// place finds out where report and rejects may go: beside the file, in its format, unless the request says otherwise.
func (j *importJob) place() (err error) {
	stem, ext := j.stem()
	reportPath := cmp.Or(j.q.Report, stem+j.reportSuffix()+ext)
	rejectsPath := ""
	if !j.q.DryRun && j.q.Undo == nil && j.work.copyLost == nil {
		rejectsPath = cmp.Or(j.q.Rejects, stem+".rejects"+ext)
	}
	if err := errors.Join(files.CheckOutputs(j.q.Input.File, reportPath, rejectsPath), j.checkCopy(reportPath, rejectsPath), j.placeChanges(reportPath)); err != nil {
		return err
	}
	if j.report, err = j.output(state.ReportOutput, reportPath); err != nil || rejectsPath == "" {
		return err
	}
	if j.rejects, err = j.output(state.RejectsOutput, rejectsPath); err != nil || j.q.Deletes() || survey.OldIDs(j.im.Survey().Columns) < 0 {
		return err
	}
	if j.q.Report != "" { // what is written of the import stands together
		stem = strings.TrimSuffix(j.q.Report, filepath.Ext(j.q.Report))
	}
	j.ids, err = j.output(state.IDsOutput, stem+".ids.csv")
	return err
}

// output is a file that is written from the rows. One that cannot be written is refused now, not at the first row that needs it.
func (j *importJob) output(kind state.OutputKind, path string) (*state.Output, error) {
	out, err := j.Output(kind, path, j.q.Overwrite)
	if err != nil {
		return nil, err
	}
	out.Input = j.q.Input.File
	f, err := out.Create(0o600)
	if err != nil {
		return nil, failure.Refuse(err, files.NameOutput{Kind: kind})
	}
	f.Abort()
	return out, nil
}

// stem is the name of the file without its ending, and the ending of files about it.
func (j *importJob) stem() (stem, ext string) {
	file := j.q.Input.Stem()
	ext = filepath.Ext(file)
	if j.q.applied != nil {
		file = strings.TrimSuffix(strings.TrimSuffix(file, ext), planSuffix) + ext
	}
	if !strings.EqualFold(ext, ".csv") && !strings.EqualFold(ext, ".xlsx") {
		return file, "." + string(j.im.Survey().Format)
	}
	return strings.TrimSuffix(file, ext), ext
}

// planSuffix is what the name of a plan's file has behind that of the input.
const planSuffix = ".dry-run"

// reportSuffix tells reports apart: that of a delete never takes the place of one by which an import can be taken back.
func (j *importJob) reportSuffix() string {
	switch {
	case j.q.Undo != nil && j.q.DryRun:
		return ".undo.dry-run"
	case j.q.Undo != nil:
		return ".undo"
	case j.q.DryRun:
		return planSuffix
	case j.q.Deletes():
		return ".deleted"
	}
	return ".report"
}

// runOrigin is what workbooks of the run say of their account.
func (j *importJob) runOrigin() string {
	return account.Origin{Identity: j.conn.Identity(), Run: j.work.run.ID}.String()
}

// CSVForm is the form of reports and rejects that are CSV files: as the input is separated, with a mark by which spreadsheet
// programs know UTF-8; plain is for programs.
func CSVForm(delimiter rune, plain bool) write.TextOptions {
	if plain {
		return write.TextOptions{}
	}
	return write.TextOptions{Delimiter: delimiter, Mark: true}
}

// newReport begins the report and the rejects.
func (j *importJob) newReport() (reporter, error) {
	title := report.Title(j.q.Resource.ID(), j.q.Deletes())
	if j.q.Undo != nil {
		title = "Undo of " + j.q.Undo.Past.Run.ID
	}
	switch {
	case j.q.DryRun:
		title = "Dry run: " + title
	case j.q.applied != nil:
		title = "Plan applied: " + title
	}
	if j.q.Connect.Sandbox {
		title += " (sandbox)"
	}
	about := report.About{Title: title, File: j.q.Input.Name(), Sheet: j.im.Survey().SheetName, Run: j.work.run.ID, Account: j.conn.Identity().String(), Origin: j.runOrigin(), InputOrigin: cmp.Or(j.origin, j.runOrigin()), DryRun: j.q.DryRun, Blind: j.plan != nil && j.plan.Blind, Time: j.Now()}
	about.CSV = CSVForm(j.im.Survey().Delimiter, j.q.PlainCSV)
	if j.q.plans() {
		return j.newPlanReport(about)
	}
	input := j.im.Open
	if j.rejects == nil {
		input = nil // the rows are not those of a file, or the file is lost
	}
	w, err := report.NewWriter(j.report, files.FormatOf(j.report.Path()), j.rejects, about, input, j.q.Adviser)
	if err != nil || j.ids == nil {
		return w, err
	}
	return report.NewIDs(w, j.ids, j.q.Resource.ID(), j.im.Survey().Columns, j.im.Open), nil
}
