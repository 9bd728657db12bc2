package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// BenchmarkWorkbook writes the workbook of a report of 20,000 rows, a tenth of which are rejected, with the user's rows and the
// rejects. How many rows there are makes no difference to the memory; CRMFERRY_REPORT_ROWS says another number.
func BenchmarkWorkbook(b *testing.B) {
	rows := 20_000
	if n := os.Getenv("CRMFERRY_REPORT_ROWS"); n != "" {
		if _, err := fmt.Sscan(n, &rows); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	input := filepath.Join(dir, "in.csv")
	f, err := os.Create(input)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Fprintln(f, "First name,Last name,Email,Phone,City,Country,Company,Note")
	for i := range rows {
		fmt.Fprintf(f, "Ann,Abel %d,ann.%d@example.com,+31612345678,Delft,NL,Voorbeeld B.V.,plain words of a note\n", i, i)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	open := func() (*sheet.Reader, error) { return sheet.Open(input, sheet.Options{}) }
	outputs := state.NewOutputs(dir, func(string) state.Origin { return state.Origin{} }, time.Now)
	for b.Loop() {
		w, err := report.NewWriter(outputs.Output(state.ReportOutput, filepath.Join(dir, "r.xlsx")), sheet.XLSX, outputs.Output(state.RejectsOutput, filepath.Join(dir, "rejects.xlsx")), report.About{Title: "Import"}, open, plain{})
		if err != nil {
			b.Fatal(err)
		}
		for i := range rows {
			res := outcome.Result{Row: i + 2, Outcome: outcome.Created, ID: fmt.Sprint(i), Key: "ann@example.com", Action: outcome.ActionCreate, Finished: time.Unix(1e9, 0)}
			if i%10 == 0 {
				res = outcome.Result{Row: i + 2, Outcome: outcome.Rejected, Problems: []mapping.Problem{{Code: "bad_email", Column: "Email", Message: `column "Email": no address`}}}
			}
			if err := w.Write(&res); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := w.Finish(summaryOf()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
