package report

import (
	"strconv"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet/write"
)

// Line is one line of the report; its columns are a contract with those who read reports by program.
type Line struct {
	Row        int    `csv:"row"`
	Outcome    string `csv:"outcome"`
	Key        string `csv:"key"`
	ID         string `csv:"id"`
	Changed    string `csv:"changed"`
	Field      string `csv:"field"`
	Error      string `csv:"error"`
	Message    string `csv:"message"`
	Action     string `csv:"action"`
	HTTPStatus string `csv:"http_status"`
	Attempts   int    `csv:"attempts"`
	RequestID  string `csv:"request_id"`
	LineNumber string `csv:"line"`
	DurationMS int64  `csv:"duration_ms"`
	FinishedAt string `csv:"finished_at"`
}

// lineOf is a result as the report shows it.
func lineOf(res *outcome.Result) Line {
	l := Line{
		Row: res.Number(), Outcome: string(res.Outcome), Key: res.Key, ID: res.ID, Changed: strings.Join(res.Changed, ","),
		Field: res.FieldNames(), Error: res.Codes(), Message: res.Message(), Action: string(res.Action),
		HTTPStatus: number(res.Status), Attempts: res.Attempts, RequestID: res.RequestID, LineNumber: number(res.Line),
		DurationMS: res.Duration.Milliseconds(),
	}
	if !res.Finished.IsZero() {
		l.FinishedAt = res.Finished.UTC().Format(time.RFC3339)
	}
	return l
}

// finishedAt is a point in time, nil if it is not known.
func (l *Line) finishedAt() any {
	at, err := time.Parse(time.RFC3339, l.FinishedAt)
	if err != nil {
		return nil
	}
	return at
}

// number leaves out what is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// lineWriter writes the lines of a report.
type lineWriter interface {
	write(l Line, res *outcome.Result) error
	// finish writes what is left, and the summary where the format has room for one.
	finish(about About, s *outcome.Summary) error
}

// About is what a report says of its run.
type About struct {
	Title       string // "Import into growcrm (sandbox)"
	File        string
	Sheet       string
	Run         string
	Account     string // whose data it is: "growcrm@acme at crm.acme.example"; "" if that is not known
	Origin      string // the same in the properties of a workbook, with the run
	InputOrigin string // of the rows in the file, which the rejects say on
	DryRun      bool
	Blind       bool // contacts may have been updated that were not read
	Time        time.Time

	CSV write.TextOptions // the form of CSV files

	rejects string // the file of the rejects, "" if there is none
}
