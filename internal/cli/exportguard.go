package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
)

// exportGuard refuses a file that is suspiciously small.
type exportGuard struct {
	minRows   int64
	maxShrink *float64 // the share of rows that may be gone, nil for any
	old       string   // the file that the new one is compared with, "" if there is none
	oldRows   int64
}

// tooFewError refuses a file of fewer rows than were asked for, or than the old one lets expect.
type tooFewError struct {
	Rows      int64
	MinRows   int64   // that were asked for, 0 if the old file is what counts
	Old       string  // the old file,
	OldRows   int64   // its rows,
	MaxShrink float64 // and the share of them that may be gone
}

// Error says how many there are and how many there should be.
func (e *tooFewError) Error() string {
	if e.MinRows > 0 {
		return fmt.Sprintf("only %s, at least %s are asked for: nothing was written", humanize.Count(e.Rows, "contact"), humanize.Number(e.MinRows))
	}
	return fmt.Sprintf("only %s, and %s has %s: nothing was written", humanize.Count(e.Rows, "contact"), e.Old, humanize.Number(e.OldRows))
}

// oldFileError is an old file whose rows cannot be counted.
type oldFileError struct{ Err error }

// Error says what is wrong with the file.
func (e *oldFileError) Error() string { return "count the rows of the old file: " + e.Err.Error() }

// Unwrap returns the error of the file.
func (e *oldFileError) Unwrap() error { return e.Err }

// newExportGuard counts the rows of the file that is to be replaced, if they matter.
func newExportGuard(r *exportRequest) (*exportGuard, error) {
	g := &exportGuard{minRows: r.MinRows, maxShrink: r.MaxShrink}
	if r.MaxShrink == nil {
		return g, nil
	}
	var err error
	if g.old, err = previousFile(r.File); err != nil || g.old == "" {
		return g, err
	}
	if g.oldRows, err = countRows(g.old); err != nil {
		return nil, &oldFileError{err}
	}
	return g, nil
}

// check refuses so few rows that they may not take the old file's place.
func (g *exportGuard) check(rows int64) error {
	switch {
	case rows < g.minRows:
		return &tooFewError{Rows: rows, MinRows: g.minRows}
	case g.maxShrink != nil && float64(rows) < float64(g.oldRows)*(1-*g.maxShrink):
		return &tooFewError{Rows: rows, Old: g.old, OldRows: g.oldRows, MaxShrink: *g.maxShrink}
	}
	return nil
}

// previousFile is the file that the new one replaces, or, where each has a name of its own, the newest of those names; ""
// if there is none.
func previousFile(f outputFile) (string, error) {
	if !f.Dated() {
		if _, err := os.Stat(f.Path); err != nil {
			return "", nil
		}
		return f.Path, nil
	}
	if f.DatedFolder() {
		return "", fmt.Errorf("look for the file before: the name of its folder has a time in it")
	}
	folder, base := filepath.Split(f.Name)
	pattern := strings.NewReplacer(regexp.QuoteMeta(placeDate), `\d{4}-\d\d-\d\d`, regexp.QuoteMeta(placeTime), `\d{6}`).Replace(regexp.QuoteMeta(base))
	like, err := regexp.Compile("^" + pattern + "$")
	if err != nil {
		return "", err
	}
	entries, err := os.ReadDir(cmp.Or(folder, "."))
	if err != nil {
		return "", fmt.Errorf("look for the file before: %w", err)
	}
	newest, when := "", time.Time{}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && like.MatchString(e.Name()) && info.ModTime().After(when) {
			newest, when = filepath.Join(folder, e.Name()), info.ModTime()
		}
	}
	return newest, nil
}

// countRows counts the rows of a file, in all sheets that they go on in.
func countRows(path string) (int64, error) {
	r, err := sheet.Open(path, sheet.Options{Further: true})
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for n := int64(0); ; n++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return 0, err
		}
	}
}
