package job

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"crmferry/importer"
	"crmferry/internal/cell"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
)

// deletedCopy is the file that contacts are written into before they are deleted. An import takes it like an export.
type deletedCopy struct {
	job   *importJob
	path  string
	file  *state.File
	table write.Table
	rows  int
}

// copies starts the file of the contacts that are to be deleted; nil where none is kept.
func (j *importJob) copies() func() (importer.Copies, error) {
	if !j.q.Deletes() || j.q.NoCopy {
		return nil
	}
	return func() (importer.Copies, error) {
		d := &deletedCopy{job: j, path: j.copyPath()}
		if err := d.open(); err != nil {
			return nil, uncopied(err)
		}
		return d, nil
	}
}

// uncopied explains a copy that cannot be written.
func uncopied(err error) error {
	return failure.New(failure.ExitFailed, err, append(failure.Explain(err).Hints, "no contact was deleted that is not copied")...)
}

func (d *deletedCopy) open() (err error) {
	if d.file, err = state.CreateFile(d.path, 0o600); err != nil {
		return err
	}
	o := files.TableOptions(d.job.UserAgent, d.job.q.Resource, d.job.q.Resource.ExportColumns(), files.FormatOf(d.path) == sheet.XLSX)
	o.Subject = files.CopySubject + d.job.q.Resource.ID() + " by crmferry"
	o.Delimiter, o.Created = d.job.im.Survey().Delimiter, d.job.Now()
	if d.table, err = write.NewTable(d.file, files.FormatOf(d.path), o); err != nil {
		d.file.Abort()
	}
	return err
}

// Write appends one contact.
func (d *deletedCopy) Write(cells []cell.Cell) error {
	if err := d.table.Write(cells); err != nil {
		return uncopied(fmt.Errorf("write %q: %w", d.path, err))
	}
	d.rows++
	return nil
}

// Commit gives the file its name.
func (d *deletedCopy) Commit() error {
	if err := d.commit(); err != nil {
		return uncopied(err)
	}
	d.job.Event(ContactsCopied{d.rows, d.path})
	return nil
}

// commit names the file in the record of the run first, so that no file is ever without a record.
func (d *deletedCopy) commit() error {
	d.table.About(d.about())
	if _, err := d.table.Close(); err != nil {
		return fmt.Errorf("write %q: %w", d.path, err)
	}
	if _, err := os.Lstat(d.path); err == nil {
		return failure.New(failure.ExitFailed, fmt.Errorf("write %q: somebody has written a file of that name meanwhile", d.path), "do it again, and the copy gets another name")
	}
	rec := &d.job.work.record
	if path := history.Absolute(d.path); !slices.Contains(rec.Copies, path) {
		rec.Copies = append(rec.Copies, path)
	}
	if err := rec.Write(); err != nil {
		return err
	}
	return d.file.Commit()
}

// Abort leaves no file.
func (d *deletedCopy) Abort() {
	d.table.Discard()
	d.file.Abort()
}

// about is the second sheet of a workbook.
func (d *deletedCopy) about() [][]string {
	j := d.job
	from := j.conn.Base().String()
	if j.q.Connect.Sandbox {
		from = "sandbox of crmferry: invented people"
	}
	return [][]string{
		{"What", j.q.Resource.Name() + " of " + j.q.Resource.Vendor().Name + ", as they were before they were deleted"},
		{"From", from},
		{"When", j.Now().UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Made by", j.UserAgent},
		{"Run", j.work.run.ID},
		{humanize.Title(j.q.Resource.Name()), humanize.Number(int64(d.rows))},
	}
}

// copyPath is where the copy goes: beside the file, in its format, under the name of what was imported. What stands there is
// the only record of somebody who was deleted earlier, so that it is never replaced.
func (j *importJob) copyPath() string {
	stem, ext := j.stem()
	stem = strings.TrimSuffix(stem, ".report")
	path := stem + ".before-delete" + ext
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path
		}
		path = fmt.Sprintf("%s.before-delete-%d%s", stem, n, ext)
	}
}

// checkCopy refuses other files in the place of the copy, and a folder that takes none.
func (j *importJob) checkCopy(report, rejects string) error {
	if !j.q.Deletes() || j.q.NoCopy || j.q.DryRun || j.work.finishedBefore() {
		return nil
	}
	path := j.copyPath()
	for kind, other := range map[state.OutputKind]string{state.ReportOutput: report, state.RejectsOutput: rejects} {
		if other != "" && files.SameFile(other, path) {
			return failure.Refuse(&CopyPlaceError{kind, other}, files.NameOutput{Kind: kind})
		}
	}
	f, err := state.CreateFile(path, 0o600)
	if err != nil {
		return failure.Refuse(fmt.Errorf("copy what is to be deleted: %w", err), CopyElsewhere{})
	}
	f.Abort()
	return nil
}

// copiesGone reports whether a copy that an earlier session of the run has made is no longer there.
func (w *workspace) copiesGone() bool {
	return slices.ContainsFunc(w.record.Copies, func(path string) bool { return !state.Exists(path) })
}

// copyNames are the copies that the run has made, as people in this folder call them.
func (w *workspace) copyNames() []string {
	var names []string
	for _, path := range w.record.Copies {
		if state.Exists(path) {
			names = append(names, history.Relative(path))
		}
	}
	return names
}
