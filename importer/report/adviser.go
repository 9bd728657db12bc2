package report

import "crmferry/mapping"

// Adviser says for people what to do about what a report holds. What is called how where the user is, only those know who
// speak to the user. An empty sentence is left out.
type Adviser interface {
	// OnCode says what to do about rows with a code.
	OnCode(code string) string
	// OnProblem says what to do about one problem of a row.
	OnProblem(p mapping.Problem) string
	// OnFinding says what to do about a doubtful cell, by the code of the finding.
	OnFinding(code string) string
	// OnOpen says what to do about a row that is unknown for now.
	OnOpen() string
	// OnTooManyRows says what to do about a workbook that is full.
	OnTooManyRows() string
}
