package sheet

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"crmferry/internal/cell"
)

// What can be wrong with a file, to be asked for with errors.Is. The error that wraps one says it in full.
var (
	ErrNoFile        = errors.New("no such file")
	ErrFolder        = errors.New("a folder")
	ErrEmpty         = errors.New("empty")
	ErrNotSheet      = errors.New("not what its name says, or no sheet at all")
	ErrOldExcel      = errors.New("workbook of Excel 97-2003")
	ErrEncrypted     = errors.New("encrypted")
	ErrNoSheet       = errors.New("no such sheet")
	ErrWhichSheet    = errors.New("more than one sheet with a table")
	ErrCutOff        = errors.New("cut off")
	ErrDamaged       = errors.New("damaged")
	ErrQuote         = errors.New("misplaced quote")
	ErrEncoding      = errors.New("not UTF-8")
	ErrWhichEncoding = errors.New("none or more than one encoding that it could be in")
	ErrDelimiter     = errors.New("wrong delimiter")
	ErrOneCell       = errors.New("all columns in one")
	ErrTooBig        = errors.New("too big")
	ErrOption        = errors.New("option that does not fit the file")
)

// Error is a file that cannot be read, with the place as far as it is known.
type Error struct {
	Path   string
	Sheet  string // the worksheet, "" for CSV
	Row    int    // as Excel shows it, 0 if it is not about a row
	Line   int    // the physical line of a CSV file, 0 if unknown
	Column int    // from 1, 0 if it is not about a cell
	Err    error
}

// Error reads `read "leads.csv": row 7, line 9, column C: the cell is not UTF-8`.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "read %q", e.Path)
	if e.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", e.Sheet)
	}
	b.WriteString(": ")
	if e.Row > 0 {
		fmt.Fprintf(&b, "row %d", e.Row)
		if e.Line > 0 {
			fmt.Fprintf(&b, ", line %d", e.Line)
		}
		if e.Column > 0 {
			fmt.Fprintf(&b, ", column %s", cell.ColumnLetter(e.Column-1))
		}
		b.WriteString(": ")
	}
	b.WriteString(e.Err.Error())
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// place puts the file's name on an error; the end of the sheet stays io.EOF itself.
func (r *Reader) place(err error) error {
	if err == io.EOF {
		return err
	}
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Err: plain(err)}
	}
	e.Path = r.path
	if r.sheet != "" {
		e.Sheet = r.sheet
	}
	return e
}

// plain leaves out the operation and path of an error of the file system: Error says them already.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// cause is a text that tells everything, and the sentinel to recognise it by.
type cause struct {
	kind error
	text string
}

func (c *cause) Error() string { return c.text }
func (c *cause) Unwrap() error { return c.kind }

func because(kind error, format string, args ...any) error {
	return &cause{kind, fmt.Sprintf(format, args...)}
}

// Hint says in one line what to do about an error of this package, "" if there is nothing to say.
func Hint(err error) string {
	hints := []struct {
		kind error
		hint string
	}{
		{ErrNoFile, "check the path; names with spaces need quotes"},
		{ErrFolder, "name the file in it"},
		{ErrEmpty, "the first row must hold the headers, each further row one contact"},
		{ErrOldExcel, "open it in Excel or LibreOffice and save it as .xlsx"},
		{ErrNotSheet, "export it again as .xlsx or CSV; or open it in a spreadsheet program and save it as one of them"},
		{ErrEncrypted, "open it in Excel, remove the password (File, Info, Protect Workbook) and save it again"},
		{ErrNoSheet, "name one of the sheets that there are with --sheet"},
		{ErrWhichSheet, `name it: --sheet "NAME"`},
		{ErrCutOff, "the download or copy broke off: get the file again"},
		{ErrDamaged, "open it in Excel or LibreOffice, let it repair the file and save it as .xlsx"},
		{errNeverCloses, "look at that line: close the quote, or take it out; a quote inside a quoted cell is written twice"},
		{ErrQuote, `a quote inside a quoted cell is written twice: "5"" pipe"`},
		{errDamagedText, "mend that character in a text editor, and save the file as UTF-8; an encoding named for all of it would garble the rest"},
		{ErrEncoding, "save it as \"CSV UTF-8\" in Excel or as .xlsx, or name its encoding: --encoding windows-1252"},
		{ErrWhichEncoding, "name its encoding: --encoding windows-1252, mac-roman, cp850, windows-1251 (Cyrillic), windows-1253 (Greek) ..."},
		{ErrOneCell, "put them into columns (in Excel: Data, Text to Columns) and save it again"},
		{ErrDelimiter, "leave --delimiter out, or name the character that stands between the cells"},
		{ErrTooBig, "split the file; in a CSV file, look for a quote that is never closed"},
		{ErrOption, "leave the option out"},
	}
	for _, h := range hints {
		if errors.Is(err, h.kind) {
			return h.hint
		}
	}
	return ""
}
