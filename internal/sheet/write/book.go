package write

import (
	"io"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/sheet/rows"
)

// BookOptions say what a book is.
type BookOptions struct {
	First string            // the name of its first sheet
	Opens string            // the name of the second one, if the workbook opens there
	Fills map[string]string // the colours of words (see Word): the word says it, the colour only helps the eye
}

// Book is a workbook of several sheets for people to work off: grids of rows, and a summary. The grids may be written by
// turns.
type Book struct {
	out  io.Writer
	file *excelize.File

	text, wrapped, number, head, title int
	theirs, wrong, moment              int                // headers of the user's columns, their cells that are wrong, points in time
	formats                            map[rows.Saved]int // styles of the user's numbers, 0 for a format that cannot be taken over
	words, tinted                      map[string]int     // styles by word: of the word itself, and of texts in its colour
}

// Word is the text of a cell in the colour that the book has for it.
type Word string

// Tinted is a text in the colour that the book has for a word. It may be empty: the colour shows then that it is.
type Tinted struct{ Text, Word string }

// NewBook starts a workbook.
func NewBook(w io.Writer, o BookOptions) (*Book, error) {
	b := &Book{out: w, file: excelize.NewFile(), words: map[string]int{}, tinted: map[string]int{}, formats: map[rows.Saved]int{}}
	if err := b.file.SetSheetName("Sheet1", o.First); err != nil {
		return nil, err
	}
	if o.Opens != "" { // before there are rows: a sheet that is being written is not changed
		i, err := b.file.NewSheet(o.Opens)
		if err != nil {
			return nil, err
		}
		b.file.SetActiveSheet(i)
	}
	return b, b.addStyles(o.Fills)
}

func (b *Book) addStyles(fills map[string]string) (err error) {
	momentFormat := "yyyy-mm-dd hh:mm:ss"
	top := &excelize.Alignment{Vertical: "top"} // beside cells of several lines
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.text, excelize.Style{NumFmt: textFormat, Alignment: top}},
		{&b.number, excelize.Style{Alignment: &excelize.Alignment{Horizontal: "right", Indent: 1, Vertical: "top"}}},
		{&b.head, excelize.Style{Font: font(11, headerText, true), Fill: fill("1F4E78")}},
		{&b.theirs, excelize.Style{Font: font(11, "1F3864", true), Fill: fill("D9E1F2"), NumFmt: textFormat}},
		{&b.wrong, excelize.Style{Font: font(11, "9C0006", false), Fill: fill("FFC7CE"), NumFmt: textFormat, Alignment: top}},
		{&b.moment, excelize.Style{CustomNumFmt: &momentFormat, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top"}}},
		{&b.title, excelize.Style{Font: &excelize.Font{Family: "Calibri", Bold: true, Size: 14}}},
		{&b.wrapped, excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *x.id, err = b.file.NewStyle(&x.style); err != nil {
			return err
		}
	}
	for _, word := range slices.Sorted(maps.Keys(fills)) {
		if b.words[word], err = b.file.NewStyle(&excelize.Style{Fill: fill(fills[word]), Alignment: top}); err != nil {
			return err
		}
		if b.tinted[word], err = b.file.NewStyle(&excelize.Style{Fill: fill(fills[word]), NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
			return err
		}
	}
	return nil
}

// Properties are those of a workbook as a document.
type Properties struct{ Title, Subject, Description, Creator string }

// Close writes the workbook, with these properties, and frees what it holds. Its grids are to be finished before.
func (b *Book) Close(p Properties) error {
	defer b.file.Close()
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: p.Title, Subject: p.Subject, Description: p.Description, Creator: p.Creator}); err != nil {
		return err
	}
	return writeSealed(b.file, b.out)
}

// Discard frees what a book holds that is not to be finished.
func (b *Book) Discard() { b.file.Close() }
