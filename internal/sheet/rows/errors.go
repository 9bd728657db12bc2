package rows

import (
	"errors"
	"fmt"
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
	ErrPacked        = fmt.Errorf("%w: packed", ErrNotSheet)
	ErrDocument      = fmt.Errorf("%w: a document or data of another program", ErrNotSheet)
	ErrOldExcel      = errors.New("workbook of Excel 97-2003")
	ErrEncrypted     = errors.New("encrypted")
	ErrNoSheet       = errors.New("no such sheet")
	ErrWhichSheet    = errors.New("more than one sheet with a table")
	ErrCutOff        = errors.New("cut off")
	ErrRowsMissing   = errors.New("rows that were left out when it was printed")
	ErrDamaged       = errors.New("damaged")
	ErrQuote         = errors.New("misplaced quote")
	ErrNeverCloses   = fmt.Errorf("%w: never closes", ErrQuote) // the text ends inside a quoted cell
	ErrEncoding      = errors.New("not UTF-8")
	ErrDamagedText   = fmt.Errorf("%w: damaged", ErrEncoding) // of a text that is UTF-8 but for some bytes
	ErrWhichEncoding = errors.New("none or more than one encoding that it could be in")
	ErrDelimiter     = errors.New("wrong delimiter")
	ErrMixed         = errors.New("header and rows with different delimiters")
	ErrOneCell       = errors.New("all columns in one")
	ErrTooBig        = errors.New("too big")
	ErrOption        = errors.New("option that does not fit the file")
	ErrChanged       = errors.New("changed while it was read")
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

// Plain leaves out the operation and path of an error of the file system: Error says them already.
func Plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Readings is the error for a text of which nothing shows the encoding: a cell, and how it would read in the likeliest ones.
type Readings struct {
	Line      int
	Bytes     string // the cell, what is not ASCII as \xe9
	Texts     []string
	Encodings []string
}

// Error shows the readings side by side.
func (e *Readings) Error() string {
	var reads []string
	for i, text := range e.Texts {
		reads = append(reads, fmt.Sprintf("%q in %s", text, e.Encodings[i]))
	}
	return fmt.Sprintf("line %d: %s reads %s, and which is right must be told", e.Line, e.Bytes, strings.Join(reads, " and "))
}

// Unwrap is ErrWhichEncoding.
func (e *Readings) Unwrap() error { return ErrWhichEncoding }

// OneCell is the error for a table whose columns all stand in one cell.
type OneCell struct {
	Delimiter rune   // that stands between them
	Text      string // the header
	Told      bool   // told, it parts them
}

// Error shows the header.
func (e *OneCell) Error() string {
	return fmt.Sprintf("all columns stand in one cell, with %q between them: %q", e.Delimiter, e.Text)
}

// Unwrap is ErrOneCell.
func (e *OneCell) Unwrap() error { return ErrOneCell }

// Cause is a complete message, and the sentinel to recognise it by.
type Cause struct {
	kind error
	text string
}

// Error is the text.
func (c *Cause) Error() string { return c.text }

// Unwrap is the sentinel.
func (c *Cause) Unwrap() error { return c.kind }

// Errorf returns a *Cause: an error of a kind, which says that text.
func Errorf(kind error, format string, args ...any) error {
	return &Cause{kind, fmt.Sprintf(format, args...)}
}

// Kinds are all that can be wrong with a file, those that are a case of another one before it.
func Kinds() []error {
	return []error{ErrNoFile, ErrFolder, ErrEmpty, ErrPacked, ErrDocument, ErrNotSheet, ErrOldExcel, ErrEncrypted, ErrNoSheet, ErrWhichSheet, ErrCutOff, ErrRowsMissing, ErrDamaged,
		ErrNeverCloses, ErrQuote, ErrDamagedText, ErrEncoding, ErrWhichEncoding, ErrDelimiter, ErrMixed, ErrOneCell, ErrTooBig, ErrOption, ErrChanged}
}

// KindOf is the first of Kinds that an error is, nil if it is none.
func KindOf(err error) error {
	for _, kind := range Kinds() {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return nil
}
