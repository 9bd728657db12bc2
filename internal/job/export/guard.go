package export

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

	"crmferry/internal/failure"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
)

// guard refuses a file that is suspiciously small.
type guard struct {
	noun      string // of what is exported
	minRows   int64
	maxShrink *float64 // the share of rows that may be gone, nil for any
	old       string   // the file that the new one is compared with, "" if there is none
	oldRows   int64
}

// newGuard counts the rows of the file that is to be replaced, if they matter.
func newGuard(r *Request) (*guard, error) {
	g := &guard{noun: r.Resource.Noun(), minRows: r.MinRows, maxShrink: r.MaxShrink}
	if r.MaxShrink == nil {
		return g, nil
	}
	var err error
	if g.old, err = previousFile(r.File); err != nil || g.old == "" {
		return g, err
	}
	if g.oldRows, err = countRows(g.old); err != nil {
		return nil, &failure.Advised{Code: failure.ExitUsage, Err: fmt.Errorf("count the rows of the old file: %w", err), Advice: []failure.Advice{RemoveOldFile{}}}
	}
	return g, nil
}

// check refuses so few rows that they may not take the old file's place.
func (g *guard) check(rows int64) error {
	switch {
	case rows < g.minRows:
		return tooFew(&TooFewError{Rows: rows, Noun: g.noun, MinRows: g.minRows})
	case g.maxShrink != nil && float64(rows) < float64(g.oldRows)*(1-*g.maxShrink):
		return tooFew(&TooFewError{Rows: rows, Noun: g.noun, Old: g.old, OldRows: g.oldRows, MaxShrink: *g.maxShrink})
	}
	return nil
}

func tooFew(err *TooFewError) error {
	return &failure.Advised{Code: failure.ExitFailed, Err: err, Advice: []failure.Advice{CheckLoss{}}}
}

// previousFile is the file that the new one replaces, or, where each has a name of its own, the newest of those names; ""
// if there is none.
func previousFile(f files.OutputFile) (string, error) {
	if !f.Dated() {
		if _, err := os.Stat(f.Path); err != nil {
			return "", nil
		}
		return f.Path, nil
	}
	if f.DatedFolder() {
		return "", failure.Refusef(UsePlaceholdersInName{}, "no older file is found where the folder's name has a time in it")
	}
	folder, base := filepath.Split(f.Name)
	pattern := strings.NewReplacer(regexp.QuoteMeta(files.PlaceDate), `\d{4}-\d\d-\d\d`, regexp.QuoteMeta(files.PlaceTime), `\d{6}`).Replace(regexp.QuoteMeta(base))
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
