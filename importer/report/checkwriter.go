package report

import (
	"cmp"
	"fmt"
	"slices"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// CheckLine is one line of what a check found.
type CheckLine struct {
	Row     int    `csv:"row"` // 0 if it is about no row
	Letter  string `csv:"column"`
	Header  string `csv:"header"`
	Cell    string `csv:"cell"`
	Outcome string `csv:"outcome"` // "rejected", "skipped", or the kind of a finding
	Code    string `csv:"code"`
	Read    string `csv:"read_as"` // of a repair
	Message string `csv:"what_is_wrong"`
	Advice  string `csv:"what_to_do"`
}

// Sheets of the workbook of a check.
const (
	attentionSheet = "Needs attention"
	repairedSheet  = "Repaired"
	columnsSheet   = "Columns"
)

// ValuesSheet is the sheet of a check's workbook with the values that their field does not take: filled in, it says what to read in
// their place.
const ValuesSheet = "Values"

// CheckWriter writes all that a check finds into a CSV file, or a workbook to be worked off. The file appears when Finish
// is called, whole or not at all.
type CheckWriter struct {
	file   *state.File
	survey *survey.Survey
	of     string // the account and resource that the file is for
	advice Adviser
	csv    *lineFile[CheckLine]

	book                *write.Book
	attention, repaired *write.Grid
}

// NewCheckWriter starts a report of a file that is for an account, "growcrm@acme"; csv is the form of a CSV file. It begins
// with what was found about the file itself.
func NewCheckWriter(to *state.Output, f sheet.Format, csv write.TextOptions, s *survey.Survey, of string, advice Adviser) (*CheckWriter, error) {
	file, err := to.Create(0o600)
	if err != nil {
		return nil, err
	}
	r := &CheckWriter{file: file, survey: s, of: of, advice: advice}
	if f == sheet.XLSX {
		err = r.startBook()
	} else {
		r.csv, err = newLineFile[CheckLine](file, csv)
	}
	if err == nil {
		err = r.write(fileLines(s)...)
	}
	if err != nil {
		file.Abort()
		return nil, fmt.Errorf("write report: %w", err)
	}
	return r, nil
}

func (r *CheckWriter) startBook() (err error) {
	if r.book, err = newBook(r.file, attentionSheet, ""); err != nil {
		return err
	}
	r.attention, err = r.book.Grid(attentionSheet, write.Column("row", 8), write.Column("column", 9), write.Column("header", 22), write.Column("cell", 30),
		write.Column("outcome", 12), write.Column("code", 18), write.Column("what is wrong", 60), write.Column("what to do", 60))
	if err == nil {
		r.repaired, err = r.book.Grid(repairedSheet, write.Column("row", 8), write.Column("column", 9), write.Column("header", 22), write.Column("cell", 30), write.Column("read as", 30), write.Column("code", 18), write.Column("why", 60))
	}
	return err
}

// fileLines are the findings about the file itself, of which only the first of each code are known.
func fileLines(s *survey.Survey) []CheckLine {
	var lines []CheckLine
	for _, c := range s.Findings {
		if c.Kind != survey.InFile {
			continue
		}
		for _, f := range c.First {
			l := CheckLine{Row: f.Row, Cell: f.Before, Outcome: string(survey.InFile), Code: c.Code, Message: f.Message}
			l.at(s, f.Column)
			lines = append(lines, l)
		}
		if rest := c.Count - len(c.First); rest > 0 {
			lines = append(lines, CheckLine{Outcome: string(survey.InFile), Code: c.Code, Message: fmt.Sprintf("and %d more", rest)})
		}
	}
	slices.SortStableFunc(lines, func(a, b CheckLine) int { return cmp.Compare(a.Row, b.Row) })
	return lines
}

// at puts a line into a column, -1 for none.
func (l *CheckLine) at(s *survey.Survey, column int) {
	if column >= 0 && column < len(s.Columns) {
		l.Letter, l.Header = s.Columns[column].Letter, s.Columns[column].Title()
	}
}

// Add writes the lines of a row: what is wrong with it, with its outcome, and what was found in its cells.
func (r *CheckWriter) Add(row sheet.Row, problems []mapping.Problem, o outcome.Outcome, found []mapping.Remark) error {
	var lines []CheckLine
	for _, p := range problems {
		l := CheckLine{Row: row.Number, Outcome: string(o), Code: p.Code, Message: p.Message, Advice: r.advice.OnProblem(p)}
		if column := r.survey.ColumnAt(p.Column); column >= 0 {
			l.at(r.survey, column)
			l.Cell = row.Cells[column]
		}
		lines = append(lines, l)
	}
	for _, f := range found {
		l := CheckLine{Row: row.Number, Cell: f.Before, Outcome: string(survey.KindOf(f)), Code: f.Code, Message: f.Message}
		if l.at(r.survey, r.survey.ColumnAt(f.Column)); l.Outcome == string(survey.Repaired) {
			l.Read = f.After
		} else {
			l.Advice = r.advice.OnFinding(f.Code)
		}
		lines = append(lines, l)
	}
	if err := r.write(lines...); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func (r *CheckWriter) write(lines ...CheckLine) error {
	for _, l := range lines {
		var err error
		if r.csv != nil {
			err = r.csv.write(l)
		} else if l.Outcome == string(survey.Repaired) {
			err = r.repaired.Write(l.Row, l.Letter, l.Header, l.Cell, l.Read, l.Code, l.Message)
		} else {
			err = r.attention.Write(rowNumber(l.Row), l.Letter, l.Header, l.Cell, write.Word(l.Outcome), l.Code, l.Message, l.Advice)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rowNumber is an empty cell for no row.
func rowNumber(row int) any {
	if row == 0 {
		return nil
	}
	return row
}

// Finish puts the file in place.
func (r *CheckWriter) Finish() error {
	if err := r.end(); err != nil {
		r.file.Abort()
		return fmt.Errorf("write report: %w", err)
	}
	return r.file.Commit()
}

// Abort leaves no file.
func (r *CheckWriter) Abort() { r.file.Abort() }

func (r *CheckWriter) end() error {
	if r.csv != nil {
		return r.csv.close()
	}
	for _, finish := range []func() error{r.attention.Finish, r.repaired.Finish, r.columns, r.values} {
		if err := finish(); err != nil {
			r.book.Discard()
			return err
		}
	}
	return r.book.Close(write.Properties{Title: CheckTitle + r.survey.Name + " for " + r.of, Subject: r.survey.Name, Creator: Creator})
}

// columns writes the sheet of what each column is taken for.
func (r *CheckWriter) columns() error {
	g, err := r.book.Grid(columnsSheet, write.Column("column", 9), write.Column("header", 28), write.Column("field", 24), write.Column("state", 12), write.Column("filled", 9), write.Column("example", 30), write.Column("why", 60))
	if err != nil {
		return err
	}
	for i, c := range r.survey.Columns {
		why, how := c.Reason, c.MatchedBy()
		if how != "" && why != "" {
			why = how + ": " + why
		}
		err := g.Write(c.Letter, c.Title(), c.Field, c.State.String(), r.survey.Filled[i], r.survey.Examples[i], cmp.Or(why, how))
		if err != nil {
			return err
		}
	}
	return g.Finish()
}

// values writes the sheet of values that no field takes: with what to use in their place it is a table of values that an
// import can be given.
func (r *CheckWriter) values() error {
	if len(r.survey.Unmatched) == 0 {
		return nil
	}
	g, err := r.book.Grid(ValuesSheet, write.Column("field", 24), write.Column("from", 30), write.Column("to", 30), write.Column("rows", 9))
	if err != nil {
		return err
	}
	for _, u := range r.survey.Unmatched {
		if err := g.Write(u.Field, u.Value, "", u.Rows); err != nil {
			return err
		}
	}
	return g.Finish()
}
