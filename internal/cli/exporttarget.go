package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// toStdout is the name of an output that goes to stdout.
const toStdout = "-"

// Placeholders in the name of an output, and what they become: no character that a file system refuses.
const (
	placeDate, dateName = "{date}", "2006-01-02"
	placeTime, timeName = "{time}", "150405"
)

// target is the file that an export writes.
type target struct {
	name   string // as given
	path   string // with the time in it; "-" for stdout
	format sheet.Format

	output *state.Output // nil for stdout
	file   *state.File   // the file beside the target, until it is complete
	spool  *os.File      // for stdout
}

// newTarget understands the name of an output.
func newTarget(name string, now time.Time) (*target, error) {
	t := &target{name: name, path: name, format: sheet.CSV}
	if name == toStdout {
		return t, nil
	}
	t.path = strings.NewReplacer(placeDate, now.Format(dateName), placeTime, now.Format(timeName)).Replace(name)
	hint := "name a .csv or .xlsx file, or - for CSV on stdout: --output contacts.xlsx"
	if info, err := os.Stat(t.path); err == nil && info.IsDir() {
		return nil, failure.Usage(hint, "cannot write %q: it is a folder", t.path)
	}
	switch strings.ToLower(filepath.Ext(t.path)) {
	case ".csv":
	case ".xlsx":
		t.format = sheet.XLSX
	default:
		return nil, failure.Usage(hint, "--output %q is neither a CSV file nor a workbook", name)
	}
	return t, writable("--output", t.path)
}

// dated reports whether each export has a name of its own.
func (t *target) dated() bool {
	return strings.Contains(t.name, placeDate) || strings.Contains(t.name, placeTime)
}

// open starts the file. What is written appears at the target's place only by commit.
func (t *target) open() (io.Writer, error) {
	var err error
	if t.path == toStdout {
		if t.spool, err = os.CreateTemp("", "crmferry-*.csv"); err != nil {
			return nil, fmt.Errorf("make temporary file: %w", err)
		}
		_ = os.Remove(t.spool.Name()) // so that a killed process leaves nothing; Windows lets abort do it
		return t.spool, nil
	}
	if t.file, err = t.output.Create(0o600); err != nil {
		return nil, err
	}
	return t.file, nil
}

// commit gives the complete file its name, or copies it to stdout.
func (t *target) commit(ui *terminal.UI, now time.Time) error {
	if t.spool == nil {
		return t.file.CommitOrKeep(now)
	}
	if _, err := t.spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read temporary file: %w", err)
	}
	if _, err := io.Copy(ui.Out, t.spool); err != nil {
		return fmt.Errorf("write to stdout: %w", err)
	}
	return nil
}

// abort removes what was written. After commit it does nothing to the file.
func (t *target) abort() {
	if t.file != nil {
		t.file.Abort()
	}
	if t.spool != nil {
		_ = t.spool.Close()
		_ = os.Remove(t.spool.Name())
	}
}

// guard refuses a file that is suspiciously small.
type guard struct {
	minRows   int64
	maxShrink float64 // the share of rows that may be gone, negative: any
	old       string  // the file that the new one is compared with, "" if there is none
	oldRows   int64
}

// newGuard reads --min-rows and --max-shrink, and counts the rows of the file that is to be replaced.
func newGuard(o *exportOptions, t *target) (*guard, error) {
	g := &guard{minRows: int64(o.minRows), maxShrink: -1}
	if o.minRows < 0 {
		return nil, failure.Usage("give 0 or more", "--min-rows %d is negative", o.minRows)
	}
	if o.maxShrink == "" {
		return g, nil
	}
	percent, err := strconv.ParseFloat(strings.TrimSuffix(o.maxShrink, "%"), 64)
	if err != nil || percent < 0 || percent > 100 || !strings.HasSuffix(o.maxShrink, "%") {
		return nil, failure.Usage("give a share of the rows: --max-shrink 20%", "--max-shrink %q is not a percentage", o.maxShrink)
	}
	if t.path == toStdout {
		return nil, failure.Usage("--min-rows N works for stdout, too", "--max-shrink compares with an old file, and stdout has none")
	}
	g.maxShrink = percent / 100
	if g.old, err = t.previous(); err != nil || g.old == "" {
		return g, err
	}
	if g.oldRows, err = countRows(g.old); err != nil {
		return nil, failure.New(failure.ExitUsage, fmt.Errorf("count the rows of the old file: %w", err), "move it away, or leave --max-shrink out for once")
	}
	return g, nil
}

// check reports whether so many rows may take the old file's place.
func (g *guard) check(rows int64) error {
	hint := "see whether the CRM has really lost contacts; if so, leave the flag out for once"
	switch {
	case rows < g.minRows:
		return failure.New(failure.ExitFailed, fmt.Errorf("only %s, and --min-rows asks for %s: nothing was written", humanize.Count(rows, "contact"), humanize.Number(g.minRows)), hint)
	case g.maxShrink >= 0 && float64(rows) < float64(g.oldRows)*(1-g.maxShrink):
		return failure.New(failure.ExitFailed, fmt.Errorf("only %s, and %s has %s: that is more than --max-shrink %s%% less; nothing was written",
			humanize.Count(rows, "contact"), g.old, humanize.Number(g.oldRows), strconv.FormatFloat(g.maxShrink*100, 'f', -1, 64)), hint)
	}
	return nil
}

// previous is the file that the new one replaces, or, where each has a name of its own, the newest of those names.
func (t *target) previous() (string, error) {
	if !t.dated() {
		if _, err := os.Stat(t.path); err != nil {
			return "", nil
		}
		return t.path, nil
	}
	folder, base := filepath.Split(t.name)
	if strings.Contains(folder, placeDate) || strings.Contains(folder, placeTime) {
		return "", failure.Usage("put {date} and {time} into the file's name only", "--max-shrink finds no older file where the folder's name has a time in it")
	}
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
