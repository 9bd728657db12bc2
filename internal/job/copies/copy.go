// Package copies keeps contacts that are about to be deleted, in a file that can be imported like an export.
package copies

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/cell"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
)

// Options say what is copied, and where to.
type Options struct {
	Path      string
	Resource  account.Resource
	From      string          // where the contacts are, for people
	Account   string          // whose they are
	Origin    string          // the same in the properties of a workbook, with the run
	Record    *history.Record // of the run, which names the file
	Delimiter rune            // of a CSV file, 0 for the default
	UserAgent string          // how crmferry names itself
	Now       func() time.Time
	Committed func(contacts int) // is told when the file has its name
}

// File is the file that contacts are written into before they are deleted. An import takes it like an export.
type File struct {
	Options
	file  *state.File
	table write.Table
	rows  int
}

// Create starts the file.
func Create(o Options) (*File, error) {
	f := &File{Options: o}
	if err := f.open(); err != nil {
		return nil, uncopied(err)
	}
	return f, nil
}

// uncopied explains a copy that cannot be written.
func uncopied(err error) error {
	return failure.New(failure.ExitFailed, err, append(failure.Explain(err).Hints, "no contact was deleted that is not copied")...)
}

func (f *File) open() (err error) {
	if f.file, err = state.CreateFile(f.Path, 0o600); err != nil {
		return err
	}
	o := files.TableOptions(f.UserAgent, f.Resource, f.Resource.ExportColumns(), files.FormatOf(f.Path) == sheet.XLSX)
	o.Subject = files.CopySubject + f.Resource.ID() + " by crmferry"
	o.Delimiter, o.Created, o.Description = f.Delimiter, f.Now(), f.Origin
	if f.table, err = write.NewTable(f.file, files.FormatOf(f.Path), o); err != nil {
		f.file.Abort()
	}
	return err
}

// Write appends one contact.
func (f *File) Write(cells []cell.Cell) error {
	if err := f.table.Write(cells); err != nil {
		return uncopied(fmt.Errorf("write %q: %w", f.Path, err))
	}
	f.rows++
	return nil
}

// Commit gives the file its name.
func (f *File) Commit() error {
	if err := f.commit(); err != nil {
		return uncopied(err)
	}
	f.Committed(f.rows)
	return nil
}

// commit names the file in the record of the run first, so that no file is ever without a record.
func (f *File) commit() error {
	f.table.About(f.about())
	if _, err := f.table.Close(); err != nil {
		return fmt.Errorf("write %q: %w", f.Path, err)
	}
	if _, err := os.Lstat(f.Path); err == nil {
		return failure.New(failure.ExitFailed, fmt.Errorf("write %q: somebody has written a file of that name meanwhile", f.Path), "do it again, and the copy gets another name")
	}
	if err := f.Record.AddCopy(f.Path); err != nil {
		return err
	}
	return f.file.Commit()
}

// Abort leaves no file.
func (f *File) Abort() {
	f.table.Discard()
	f.file.Abort()
}

// about is the second sheet of a workbook.
func (f *File) about() [][]string {
	return [][]string{
		{"What", f.Resource.Name() + " of " + f.Resource.Vendor().Name + ", as they were before they were deleted"},
		{"From", f.From},
		{"Account", f.Account},
		{"When", f.Now().UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Made by", f.UserAgent},
		{"Run", f.Record.Run.ID},
		{humanize.Title(f.Resource.Name()), humanize.Number(int64(f.rows))},
	}
}

// Path is where a copy goes: beside the imported file, whose name without its ending is stem. What stands there is the only
// record of somebody who was deleted earlier, so that it is never replaced.
func Path(stem, ext string) string {
	stem = strings.TrimSuffix(stem, ".report")
	path := stem + ".before-delete" + ext
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path
		}
		path = fmt.Sprintf("%s.before-delete-%d%s", stem, n, ext)
	}
}
