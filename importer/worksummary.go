package importer

import (
	"cmp"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// mostErrors is the number of kinds of errors that the sheet Summary lists.
const mostErrors = 10

// summarize writes the sheet Summary: what, when, the outcomes with a chart, the most frequent errors with what to do.
func (b *workbook) summarize(about About, s *Summary) error {
	if _, err := b.file.NewSheet(summarySheet); err != nil {
		return err
	}
	rows := summaryRows(about, s)
	for i, row := range rows {
		if err := b.summaryRow(i+1, row); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 24, "B": 14, "C": 80} {
		if err := b.file.SetColWidth(summarySheet, column, column, width); err != nil {
			return err
		}
	}
	if err := b.file.SetCellStyle(summarySheet, "A1", "A1", b.styles["title"]); err != nil {
		return err
	}
	if err := b.landscape(summarySheet, 1, 1); err != nil {
		return err
	}
	return b.outcomes(rows, len(s.Outcomes()))
}

func (b *workbook) summaryRow(n int, row []any) error {
	err := b.file.SetSheetRow(summarySheet, fmt.Sprintf("A%d", n), &row)
	for i, v := range row {
		style := b.text
		if _, ok := v.(int); ok {
			style = b.styles["number"]
		}
		cell := fmt.Sprintf("%s%d", columnName(i+1), n)
		err = cmp.Or(err, b.file.SetCellStyle(summarySheet, cell, cell, style))
	}
	return err
}

// summaryRows are the cells of the sheet Summary.
func summaryRows(about About, s *Summary) [][]any {
	rows := [][]any{
		{about.Title},
		{"File", about.File},
		{"Sheet", about.Sheet},
		{"When", about.Time.UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Took", s.Elapsed.Round(time.Second).String()},
		{"Run", about.Run},
		{"Rows", s.Rows},
		{},
		{outcomeHead, "rows"},
	}
	if about.DryRun {
		rows[8][0] = "What would be done"
		for _, a := range append(s.Planned(), None) {
			rows = append(rows, []any{string(a), s.Actions[a]})
		}
		rows = append(rows, []any{string(Rejected), s.Counts[Rejected]})
	} else {
		for _, o := range s.Outcomes() {
			rows = append(rows, []any{string(o), s.Counts[o]})
		}
	}
	if missed := s.Rows - s.Reached(); missed > 0 {
		rows = append(rows, []any{"not reached", missed, "the run stopped before these rows; they are not in the sheet Rows"})
	}
	rows = append(rows, []any{}, []any{"Most frequent errors", "rows", "what to do"})
	for _, e := range s.Errors[:min(len(s.Errors), mostErrors)] {
		rows = append(rows, []any{e.Code, e.Rows, Advice(e.Code)})
	}
	if len(s.Errors) == 0 {
		rows = append(rows, []any{"none"})
	}
	return rows
}

const outcomeHead = "Outcome"

// outcomes colours the table of so many kinds of outcomes and draws it as a chart beside the errors.
func (b *workbook) outcomes(rows [][]any, kinds int) error {
	first, last := 0, 0
	for i, row := range rows {
		if len(row) == 0 {
			continue
		}
		name := fmt.Sprint(row[0])
		if name == outcomeHead || name == "What would be done" || name == "Most frequent errors" {
			cells := []string{fmt.Sprintf("A%d", i+1), fmt.Sprintf("C%d", i+1)}
			if err := b.file.SetCellStyle(summarySheet, cells[0], cells[1], b.styles["head"]); err != nil {
				return err
			}
		}
		if name == outcomeHead {
			first, last = i+2, i+1+kinds
		}
		if id, ok := b.styles[name]; ok && first > 0 && i < last {
			cell := fmt.Sprintf("A%d", i+1)
			if err := b.file.SetCellStyle(summarySheet, cell, cell, id); err != nil {
				return err
			}
		}
	}
	if first == 0 {
		return nil
	}
	return b.chart(first, last, len(rows)+2)
}

func (b *workbook) chart(first, last, at int) error {
	ref := func(column string) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", summarySheet, column, first, column, last)
	}
	return b.file.AddChart(summarySheet, fmt.Sprintf("A%d", at), &excelize.Chart{
		Type:     excelize.Bar,
		Series:   []excelize.ChartSeries{{Name: "rows", Categories: ref("A"), Values: ref("B")}},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "Rows by outcome"}}},
		Legend:   excelize.ChartLegend{Position: "none"},
		Format:   excelize.GraphicOptions{AltText: "Bar chart of the numbers above: rows by outcome"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
		XAxis:    excelize.ChartAxis{ReverseOrder: true},
	})
}
