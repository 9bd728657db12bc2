package check

import (
	"slices"

	"crmferry/importer/outcome"
	"crmferry/mapping"
)

// Problems is what a check finds wrong with rows.
type Problems struct {
	All      []RowProblem   // in the order of the file, if all were asked for
	Codes    []CodeProblems // in the order of their first row
	Rejected int            // rows that would not be sent
	Skipped  int            // rows that there is no need to send
}

// RowProblem is one thing that is wrong with a row.
type RowProblem struct {
	Row     int
	Line    int
	Outcome outcome.Outcome
	Field   string
	Column  string
	Code    string
	Message string
}

// CodeProblems are the problems of one code.
type CodeProblems struct {
	About    mapping.Problem // the code, and the field, column and advice if all have the same
	Count    int
	Rejected int          // rows that would be rejected
	First    []RowProblem // a few
}

const firstProblems = 5 // of each code

// add takes what is wrong with a row. all keeps more than the first problems of each code.
func (p *Problems) add(r outcome.Result, all bool) {
	switch r.Outcome {
	case outcome.Skipped:
		p.Skipped++
	case outcome.Rejected:
		p.Rejected++
	}
	for i, problem := range r.Problems {
		row := RowProblem{r.Row, r.Line, r.Outcome, problem.Field, problem.Column, problem.Code, problem.Message}
		if all {
			p.All = append(p.All, row)
		}
		c := p.ofCode(problem)
		c.add(problem, row)
		first := slices.IndexFunc(r.Problems, func(q mapping.Problem) bool { return q.Code == problem.Code }) == i
		if first && r.Outcome == outcome.Rejected {
			c.Rejected++
		}
	}
}

func (c *CodeProblems) add(p mapping.Problem, row RowProblem) {
	if c.Count++; c.Count <= firstProblems {
		c.First = append(c.First, row)
	}
	if p.Field != c.About.Field {
		c.About.Field = ""
	}
	if p.Column != c.About.Column {
		c.About.Column = ""
	}
	if p.Advice != c.About.Advice {
		c.About.Advice = ""
	}
}

// ofCode are the problems of a problem's code.
func (p *Problems) ofCode(problem mapping.Problem) *CodeProblems {
	i := slices.IndexFunc(p.Codes, func(c CodeProblems) bool { return c.About.Code == problem.Code })
	if i < 0 {
		i = len(p.Codes)
		p.Codes = append(p.Codes, CodeProblems{About: problem})
	}
	return &p.Codes[i]
}
