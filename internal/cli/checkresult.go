package cli

import (
	"slices"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// checkResult is what check --json prints.
type checkResult struct {
	File      string           `json:"file"`
	Sheet     string           `json:"sheet,omitempty"`
	Format    string           `json:"format"`
	Source    string           `json:"source,omitempty"`
	Facts     []factResult     `json:"facts"`
	Rows      int              `json:"rows"`
	Columns   []columnResult   `json:"columns"`
	Findings  []findingResult  `json:"findings"`
	Problems  []rowProblem     `json:"problems"`
	Unmatched []unmatchedValue `json:"unmatched_values"`
	Clears    map[string]int   `json:"clears"`
	Defaults  map[string]int   `json:"filled_by_default"` // rows by field of --default
	Replaces  map[string]int   `json:"replaced_by_set"`   // rows by field of --set that have another value
	Rejected  int              `json:"rejected"`
	Skipped   int              `json:"skipped"`
	NoKey     int              `json:"rows_without_key"`
	Report    string           `json:"report,omitempty"`
	Map       string           `json:"map,omitempty"`
	Kept      []string         `json:"kept,omitempty"` // earlier ones that were changed and stay
	Exit      int              `json:"exit"`
	Error     *checkError      `json:"error,omitempty"` // then no row was looked at
}

// checkError is why a file, its header or a flag cannot be used.
type checkError struct {
	Message string   `json:"message"`
	Hint    string   `json:"hint,omitempty"`
	Fields  []string `json:"fields,omitempty"` // those that have no column that can be used
}

type factResult struct {
	What  string `json:"what"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

type columnResult struct {
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

// findingResult is one kind of finding, with the first of it.
type findingResult struct {
	Code  string      `json:"code"`
	Kind  string      `json:"kind"` // file, repaired, doubtful
	Count int         `json:"count"`
	First []foundCell `json:"first"`
}

type foundCell struct {
	Row     int    `json:"row,omitempty"`
	Line    int    `json:"line,omitempty"`
	Letter  string `json:"letter,omitempty"`
	Before  string `json:"before,omitempty"`
	After   string `json:"after,omitempty"`
	Message string `json:"message"`
}

type rowProblem struct {
	Row     int    `json:"row"`
	Line    int    `json:"line,omitempty"`
	Outcome string `json:"outcome"`
	Field   string `json:"field,omitempty"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type unmatchedValue struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Rows  int    `json:"rows"`
}

func newCheckResult(file string, s *survey.Survey, problems *problemList, code failure.ExitCode) checkResult {
	r := checkResult{File: file, Sheet: s.SheetName, Format: string(s.Format), Source: s.Source, Facts: []factResult{}, Rows: s.Rows,
		Columns: columnResults(s), Findings: findingResults(s), Problems: problems.all, Unmatched: []unmatchedValue{}, Clears: s.Clears,
		Defaults: s.Defaulted, Replaces: s.Replaced,
		Rejected: problems.rejected, Skipped: problems.skipped, NoKey: s.NoKey, Exit: int(code)}
	for _, f := range s.Facts {
		r.Facts = append(r.Facts, factResult{What: f.What, Value: f.Value, Why: text.FactReason(f)})
	}
	for _, u := range s.Unmatched {
		r.Unmatched = append(r.Unmatched, unmatchedValue(u))
	}
	return r
}

func columnResults(s *survey.Survey) []columnResult {
	list := make([]columnResult, len(s.Columns))
	for i, c := range s.Columns {
		list[i] = columnResult{Letter: c.Letter, Header: c.Header, State: c.State.String(), How: c.How, Reason: c.Reason, Filled: s.Filled[i], Example: s.Examples[i]}
		switch c.State {
		case match.Mapped:
			list[i].Field = c.Field
		case match.Proposed:
			list[i].Proposed = c.Field
		}
	}
	return list
}

func findingResults(s *survey.Survey) []findingResult {
	list := make([]findingResult, len(s.Findings))
	for i, c := range s.Findings {
		list[i] = findingResult{Code: c.Code, Kind: string(c.Kind), Count: c.Count}
		for _, f := range c.First {
			list[i].First = append(list[i].First, foundCell{f.Row, f.Line, letterOf(s, f.Column), f.Before, f.After, f.Message})
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

// problemList collects what a check finds wrong with rows: of each code the first, or all.
type problemList struct {
	keep   bool // all
	all    []rowProblem
	counts []problemCount // in the order of their first row

	rejected, skipped int // rows

	local    int      // phone numbers without a country code
	examples []string // the first of them
}

type problemCount struct {
	about    mapping.Problem // its code, and the field, column and advice if all have the same
	count    int
	rejected int // rows that would be rejected
	first    []rowProblem
}

// localExamples bounds the phone numbers that are kept to tell where they may be from.
const localExamples = 200

// firstProblems bounds the rows that are shown of each code.
const firstProblems = 5

func newProblemList(keep bool) *problemList { return &problemList{keep: keep, all: []rowProblem{}} }

// add takes a row.
func (l *problemList) add(r outcome.Result) {
	switch r.Outcome {
	case outcome.Skipped:
		l.skipped++
	case outcome.Rejected:
		l.rejected++
	}
	for i, p := range r.Problems {
		row := rowProblem{r.Row, r.Line, string(r.Outcome), p.Field, p.Column, p.Code, p.Message}
		if l.keep {
			l.all = append(l.all, row)
		}
		c := l.Of(p)
		c.add(p, row)
		first := slices.IndexFunc(r.Problems, func(q mapping.Problem) bool { return q.Code == p.Code }) == i
		if first && r.Outcome == outcome.Rejected {
			c.rejected++
		}
		if p.Local == "" {
			continue
		}
		if l.local++; l.local <= localExamples {
			l.examples = append(l.examples, p.Local)
		}
	}
}

func (c *problemCount) add(p mapping.Problem, row rowProblem) {
	if c.count++; c.count <= firstProblems {
		c.first = append(c.first, row)
	}
	if p.Field != c.about.Field {
		c.about.Field = ""
	}
	if p.Column != c.about.Column {
		c.about.Column = ""
	}
	if p.Advice != c.about.Advice {
		c.about.Advice = ""
	}
}

// Of is the counter of a problem's code.
func (l *problemList) Of(p mapping.Problem) *problemCount {
	i := slices.IndexFunc(l.counts, func(c problemCount) bool { return c.about.Code == p.Code })
	if i < 0 {
		i = len(l.counts)
		l.counts = append(l.counts, problemCount{about: p})
	}
	return &l.counts[i]
}

// wrote adds the files that were written.
func (r checkResult) wrote(o *checkOptions) checkResult {
	if o.toReport != nil {
		r.Report, r.Kept = o.toReport.Path(), keptOf(o.toReport)
	}
	if o.toMap != nil {
		r.Map, r.Kept = o.toMap.Path(), append(r.Kept, keptOf(o.toMap)...)
	}
	return r
}
