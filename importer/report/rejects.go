package report

import (
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping/match/columns"
)

// rejectsSheet is the name of the sheet of a rejects workbook.
const rejectsSheet = "Rejects"

// rejects writes the rows to be mended, in the file's own columns, as they were.
type rejects struct {
	to     *state.Output
	own    *ownRows
	advice Adviser
	about  About
	file   *state.File
	out    rejectsWriter // nil before the first
}

// rejectsWriter writes rejects in a format.
type rejectsWriter interface {
	write(row sheet.Row, res *outcome.Result) error
	close() error
	discard()
}

func (r *rejects) start() (err error) {
	if err := r.own.start(); err != nil {
		return err
	}
	if r.file, err = r.to.Create(0o600); err != nil {
		return err
	}
	if strings.HasSuffix(strings.ToLower(r.to.Path()), ".xlsx") {
		r.out, err = newRejectsBook(r.file, r)
		return err
	}
	out, err := write.NewWriter(r.file, write.TextOptions{Delimiter: r.own.in.Delimiter(), Mark: r.about.CSV.Mark}) // what was said of the file goes for them
	if err != nil {
		return err
	}
	r.out = &rejectsText{r.own, out}
	return out.Write(append(r.own.header(), columns.ColumnRow, columns.ColumnError, columns.ColumnMessage))
}

func (r *rejects) write(res *outcome.Result) error {
	if r.out == nil {
		if err := r.start(); err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
	}
	row, err := r.own.at(res.Row)
	if err != nil {
		return fmt.Errorf("write rejects: %w", err)
	}
	return r.out.write(row, res)
}

// finish puts the file in place, if there were rejects.
func (r *rejects) finish() (bool, error) {
	if r == nil || r.out == nil {
		return false, nil
	}
	defer r.abort()
	if err := r.out.close(); err != nil {
		return false, fmt.Errorf("write rejects: %w", err)
	}
	return true, r.file.Commit()
}

func (r *rejects) abort() {
	if r == nil {
		return
	}
	if r.out != nil {
		r.out.discard()
	}
	if r.file != nil {
		r.file.Abort()
	}
}

// rejectsText writes rejects as a CSV file, with what is wrong behind the file's own columns.
type rejectsText struct {
	own *ownRows
	out write.Writer
}

func (t *rejectsText) write(row sheet.Row, res *outcome.Result) error {
	return t.out.Write(append(t.own.pick(row.Cells), number(res.Number()), res.Codes(), res.Message()))
}

func (t *rejectsText) close() error { return t.out.Close() }

func (t *rejectsText) discard() {}

// rejectsBook writes rejects as a workbook to be worked off: what is wrong and what to do first, and the cells that are wrong
// in a colour, with what is wrong as a remark.
type rejectsBook struct {
	own        *ownRows
	advice     Adviser
	book       *write.Book
	grid       *write.Grid
	properties write.Properties
}

func newRejectsBook(file *state.File, r *rejects) (*rejectsBook, error) {
	b, err := newBook(file, rejectsSheet, "")
	if err != nil {
		return nil, err
	}
	ours := []write.GridColumn{write.Column(columns.ColumnRow, 14), write.Column(columns.ColumnError, 18), write.Wrapped(columns.ColumnMessage, 44), write.Wrapped(columns.ColumnAdvice, 36)}
	grid, err := b.OwnGrid(rejectsSheet, ours, r.own.columns())
	if err != nil {
		b.Discard()
		return nil, err
	}
	return &rejectsBook{r.own, r.advice, b, grid, write.Properties{Title: RejectsTitle + r.about.File, Subject: r.about.File, Description: r.about.InputOrigin, Creator: Creator}}, nil
}

func (b *rejectsBook) write(row sheet.Row, res *outcome.Result) error {
	ours := []any{res.Number(), res.Codes(), res.Message(), adviceOn(b.advice, res)}
	return b.grid.Write(append(ours, b.own.cells(row, res.Problems)...)...)
}

// adviceOn is what to do about a row, each sentence once.
func adviceOn(a Adviser, res *outcome.Result) string {
	var list []string
	seen := map[string]bool{}
	for _, p := range res.Problems {
		if s := a.OnProblem(p); s != "" && !seen[s] {
			seen[s] = true
			list = append(list, s)
		}
	}
	return strings.Join(list, " ")
}

func (b *rejectsBook) close() error {
	if err := b.grid.Finish(); err != nil {
		return err
	}
	return b.book.Close(b.properties)
}

func (b *rejectsBook) discard() { b.book.Discard() }
