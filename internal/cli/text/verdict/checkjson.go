package verdict

import (
	"errors"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job/check"
	"crmferry/mapping/match/columns"
)

// CheckJSON is what check --json prints.
type CheckJSON struct {
	File      string          `json:"file"`
	Sheet     string          `json:"sheet,omitempty"`
	Format    string          `json:"format"`
	Source    string          `json:"source,omitempty"`
	Facts     []FactJSON      `json:"facts"`
	Rows      int             `json:"rows"`
	Columns   []ColumnJSON    `json:"columns"`
	Findings  []FindingJSON   `json:"findings"`
	Problems  []ProblemJSON   `json:"problems"`
	Unmatched []UnmatchedJSON `json:"unmatched_values"`
	Clears    map[string]int  `json:"clears"`
	Defaults  map[string]int  `json:"filled_by_default"` // rows by field of --default
	Replaces  map[string]int  `json:"replaced_by_set"`   // rows by field of --set that have another value
	Rejected  int             `json:"rejected"`
	Skipped   int             `json:"skipped"`
	NoKey     int             `json:"rows_without_key"`
	Report    string          `json:"report,omitempty"`
	Map       string          `json:"map,omitempty"`
	Kept      []string        `json:"kept,omitempty"` // earlier ones that were changed and stay
	Exit      int             `json:"exit"`
}

// FactJSON is what was found out about a file.
type FactJSON struct {
	What  string `json:"what"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

// ColumnJSON is a column, and what it is taken for.
type ColumnJSON struct {
	Letter   string `json:"letter"`
	Header   string `json:"header"`
	State    string `json:"state"`
	Field    string `json:"field,omitempty"`
	Proposed string `json:"proposed,omitempty"` // a field that --map has to confirm
	How      string `json:"how,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Filled   int    `json:"filled"`
	Example  string `json:"example,omitempty"`
}

// FindingJSON is one kind of finding, with the first of it.
type FindingJSON struct {
	Code  string     `json:"code"`
	Kind  string     `json:"kind"` // file, repaired, doubtful
	Count int        `json:"count"`
	First []CellJSON `json:"first"`
}

// CellJSON is a finding in a cell.
type CellJSON struct {
	Row     int    `json:"row,omitempty"`
	Line    int    `json:"line,omitempty"`
	Letter  string `json:"letter,omitempty"`
	Before  string `json:"before,omitempty"`
	After   string `json:"after,omitempty"`
	Message string `json:"message"`
}

// ProblemJSON is what is wrong with a row.
type ProblemJSON struct {
	Row     int             `json:"row"`
	Line    int             `json:"line,omitempty"`
	Outcome outcome.Outcome `json:"outcome"`
	Field   string          `json:"field,omitempty"`
	Column  string          `json:"column,omitempty"`
	Code    string          `json:"code"`
	Message string          `json:"message"`
}

// UnmatchedJSON is a value that its field does not take.
type UnmatchedJSON struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Rows  int    `json:"rows"`
}

// NewCheckJSON is a check that ended with an exit code.
func NewCheckJSON(file string, c *check.Result, code failure.ExitCode) CheckJSON {
	s, problems := c.Survey, &c.Problems
	r := CheckJSON{File: file, Sheet: s.SheetName, Format: string(s.Format), Source: s.Source, Facts: []FactJSON{}, Rows: s.Rows,
		Columns: columnsJSON(s), Findings: findingsJSON(s), Problems: make([]ProblemJSON, len(problems.All)), Unmatched: []UnmatchedJSON{}, Clears: s.Clears,
		Defaults: s.Defaulted, Replaces: s.Replaced,
		Rejected: problems.Rejected, Skipped: problems.Skipped, NoKey: s.NoKey, Exit: int(code)}
	for _, f := range s.Facts {
		r.Facts = append(r.Facts, FactJSON{What: f.What, Value: f.Value, Why: text.FactReason(f)})
	}
	for i, p := range problems.All {
		r.Problems[i] = ProblemJSON(p)
	}
	for _, u := range s.Unmatched {
		r.Unmatched = append(r.Unmatched, UnmatchedJSON(u))
	}
	if c.Report != nil {
		r.Report, r.Kept = c.Report.Path(), text.KeptFiles(c.Report)
	}
	if c.Map != nil {
		r.Map, r.Kept = c.Map.Path(), append(r.Kept, text.KeptFiles(c.Map)...)
	}
	return r
}

// NewCheckFailureJSON is a check that did not come to rows. Of a header that cannot be used it says how far it was understood.
func NewCheckFailureJSON(file string, f *failure.Error) CheckJSON {
	s := &survey.Survey{Clears: map[string]int{}, Defaulted: map[string]int{}, Replaced: map[string]int{}}
	if refused := (*survey.HeaderError)(nil); errors.As(f.Err, &refused) {
		s = refused.Survey
	}
	return NewCheckJSON(file, &check.Result{Survey: s}, f.Code)
}

func columnsJSON(s *survey.Survey) []ColumnJSON {
	list := make([]ColumnJSON, len(s.Columns))
	for i, c := range s.Columns {
		list[i] = ColumnJSON{Letter: c.Letter, Header: c.Header, State: c.State.String(), How: c.How, Reason: c.Reason, Filled: s.Filled[i], Example: s.Examples[i]}
		switch c.State {
		case columns.Mapped:
			list[i].Field = c.Field
		case columns.Proposed:
			list[i].Proposed = c.Field
		}
	}
	return list
}

func findingsJSON(s *survey.Survey) []FindingJSON {
	list := make([]FindingJSON, len(s.Findings))
	for i, c := range s.Findings {
		list[i] = FindingJSON{Code: c.Code, Kind: string(c.Kind), Count: c.Count}
		for _, f := range c.First {
			list[i].First = append(list[i].First, CellJSON{f.Row, f.Line, letterOf(s, f.Column), f.Before, f.After, f.Message})
		}
	}
	return list
}

// letterOf is the letter of a column, "" for none.
func letterOf(s *survey.Survey, column int) string {
	if column < 0 || column >= len(s.Columns) {
		return ""
	}
	return s.Columns[column].Letter
}
