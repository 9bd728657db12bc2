package survey

import (
	"slices"

	"crmferry/importer/survey/shift"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/cells"
)

// Finding is something in a file that its owner should know of.
type Finding struct {
	Row, Line int    // 0 if it is about no row; Line is of a CSV file
	Column    int    // from 0; -1 if it is about no cell
	Before    string // the cell or words as they stand
	After     string // of a repair: what was read in their place
	Message   string // for people
}

// FindingKind is what a finding is about.
type FindingKind string

// The kinds of findings.
const (
	InFile   FindingKind = "file"     // the file, or rows of it that are no data
	Repaired FindingKind = "repaired" // cells that were read as something else than they say
	Doubtful FindingKind = "doubtful" // cells that look wrong, and were taken as they stand
)

// FindingCount is how often something was found, and the first of it, at most 5.
type FindingCount struct {
	Code  string
	Kind  FindingKind
	Count int
	First []Finding
}

const firstFindings = 5

// inFile are the findings of a sheet.
func inFile(found []sheet.FindingCount) []FindingCount {
	var list []FindingCount
	for _, c := range found {
		l := FindingCount{Code: c.Code, Kind: InFile, Count: c.Count}
		for _, f := range c.First {
			l.First = append(l.First, Finding{f.Row, f.Line, f.Column, f.Text, "", f.Message})
		}
		list = append(list, l)
	}
	return list
}

// inColumns are the findings about whole columns.
func inColumns(found []shift.Doubt) (list []FindingCount) {
	for _, d := range found {
		list = append(list, FindingCount{Code: d.Code, Kind: InFile, Count: 1, First: []Finding{{Column: d.Column, Before: d.Cell, Message: d.Message}}})
	}
	return list
}

// findings counts what was found in the cells of a row, and keeps the first of each kind.
func (t *tally) findings(row *sheet.Row, found []mapping.Remark) {
	for _, f := range found {
		if f.Code == cells.RemarkRefusal {
			t.s.addRefusal(t.s.ColumnAt(f.Column), f.Before)
		}
		kind := KindOf(f)
		i := slices.IndexFunc(t.found, func(c FindingCount) bool { return c.Code == f.Code && c.Kind == kind })
		if i < 0 {
			i = len(t.found)
			t.found = append(t.found, FindingCount{Code: f.Code, Kind: kind})
		}
		c := &t.found[i]
		if c.Count++; c.Count <= firstFindings {
			c.First = append(c.First, t.s.finding(row, f))
		}
	}
}

func (s *Survey) finding(row *sheet.Row, f mapping.Remark) Finding {
	return Finding{row.Number, row.Line, s.ColumnAt(f.Column), f.Before, f.After, f.Message}
}

// KindOf is what a finding in a cell is about.
func KindOf(f mapping.Remark) FindingKind {
	if f.After != f.Before {
		return Repaired
	}
	return Doubtful
}

// Refusal is a column by which people have refused to be mailed or called.
type Refusal struct {
	Column int
	Rows   int
	Values []string // the first that say so, one more than are worth a condition each
}

// MostRefusals is how many different cells of a column are worth a condition each.
const MostRefusals = 3

// addRefusal counts a cell by which a person has refused.
func (s *Survey) addRefusal(column int, cell string) {
	i := slices.IndexFunc(s.Refusals, func(r Refusal) bool { return r.Column == column })
	if i < 0 {
		i, s.Refusals = len(s.Refusals), append(s.Refusals, Refusal{Column: column})
	}
	r := &s.Refusals[i]
	if r.Rows++; len(r.Values) <= MostRefusals && !slices.ContainsFunc(r.Values, func(v string) bool { return crm.Fold(v) == crm.Fold(cell) }) {
		r.Values = append(r.Values, cell)
	}
}
