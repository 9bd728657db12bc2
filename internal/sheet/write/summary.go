package write

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
)

// Heading is a cell that begins the lines below it, shown across all columns of a summary.
type Heading string

// Chart draws the numbers beside some lines of a summary as bars, below all lines.
type Chart struct {
	Title, Alt string
	Bars       []Bar
}

// Bar is one bar of a chart: of which line, from 1, and in which colour.
type Bar struct {
	Line   int
	Colour string
}

// Summary writes a sheet that sums up the others: lines of a name, a value and a remark, the title first. Cells are
// texts, whole numbers, Headings and Words. chart may be nil.
func (b *Book) Summary(name string, lines [][]any, chart *Chart) error {
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	for i, cells := range lines {
		if err := b.summaryLine(name, i+1, cells); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 24, "B": 14, "C": 80} {
		if err := b.file.SetColWidth(name, column, column, width); err != nil {
			return err
		}
	}
	if err := b.file.SetCellStyle(name, "A1", "A1", b.title); err != nil {
		return err
	}
	if err := b.landscape(name, 1, 1); err != nil {
		return err
	}
	if chart == nil || len(chart.Bars) == 0 {
		return nil
	}
	return b.addChart(name, *chart, len(lines)+2)
}

func (b *Book) summaryLine(sheet string, n int, cells []any) error {
	for i, c := range cells {
		at := fmt.Sprintf("%s%d", cell.ColumnLetter(i), n)
		style := b.text
		switch v := c.(type) {
		case int:
			style = b.number
		case Word:
			c, style = string(v), b.words[string(v)]
		case Heading:
			c = string(v)
		}
		if err := b.file.SetCellValue(sheet, at, c); err != nil {
			return err
		}
		if err := b.file.SetCellStyle(sheet, at, at, style); err != nil {
			return err
		}
	}
	if len(cells) > 0 && isHeading(cells[0]) {
		return b.file.SetCellStyle(sheet, fmt.Sprintf("A%d", n), fmt.Sprintf("C%d", n), b.head)
	}
	return nil
}

func isHeading(c any) bool { _, ok := c.(Heading); return ok }

// addChart draws each bar as a series of its own: excelize colours only those.
func (b *Book) addChart(sheet string, c Chart, at int) error {
	var series []excelize.ChartSeries
	for _, bar := range c.Bars {
		series = append(series, excelize.ChartSeries{Name: fmt.Sprintf("%s!$A$%d", sheet, bar.Line), Values: fmt.Sprintf("%s!$B$%d", sheet, bar.Line), Fill: fill(bar.Colour)})
	}
	gap := uint(30)
	return b.file.AddChart(sheet, fmt.Sprintf("A%d", at), &excelize.Chart{
		Type:      excelize.Bar,
		Series:    series,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		Format:    excelize.GraphicOptions{AltText: c.Alt},
		GapWidth:  &gap,
		Dimension: excelize.ChartDimension{Width: 620, Height: uint(90 + 34*len(series))},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, ShowSerName: true},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, None: true},
		YAxis:     excelize.ChartAxis{None: true},
	})
}
