package write

import (
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
)

// textFormat is the number of the format "@" in every workbook.
const textFormat = 49

// tableStyles are the styles of a workbook's cells; 0 is the usual one.
type tableStyles struct {
	header, lines, number, identifier, date, moment, link int
}

func newTableStyles(f *excelize.File) (s tableStyles, err error) {
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center"}
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.header, excelize.Style{
			Font:      font(11, headerText, true),
			Fill:      fill(headerFill),
			Alignment: left,
		}},
		{&s.lines, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&s.number, excelize.Style{Alignment: &excelize.Alignment{Horizontal: "right", Indent: 1}}},
		{&s.identifier, excelize.Style{NumFmt: textFormat}},
		{&s.date, excelize.Style{CustomNumFmt: &day, Alignment: left}},
		{&s.moment, excelize.Style{CustomNumFmt: &moment, Alignment: left}},
		{&s.link, excelize.Style{Font: underlined(font(11, linkColor, false))}},
	} {
		if *x.id, err = f.NewStyle(&x.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// font is the workbook's font in another size or colour. A font without a name is one with serifs to some programs.
func font(size float64, color string, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Color: color, Bold: bold}
}

// fill is a plain background of that colour.
func fill(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func underlined(f *excelize.Font) *excelize.Font {
	f.Underline = "single"
	return f
}

// kind is the style of cells of that kind.
func (s *tableStyles) kind(k cell.Kind) int {
	switch k {
	case cell.Number:
		return s.number
	case cell.Identifier:
		return s.identifier
	case cell.Date:
		return s.date
	case cell.DateTime:
		return s.moment
	case cell.Link:
		return s.link
	}
	return 0
}

// How a workbook looks. Widths are in characters, heights in points.
const (
	minWidth     = 9
	maxWidth     = 60
	dateWidth    = 12
	momentWidth  = 18
	rowHeight    = 15
	headerHeight = 21

	headerFill = "1F3864" // white on it has a contrast of 12 to 1
	headerText = "FFFFFF"
	lineColor  = "D9E1F2"
	linkColor  = "0563C1"

	// pageWidth is what one printed page shows of a sheet's width at a size that can be read.
	pageWidth = 190
)
