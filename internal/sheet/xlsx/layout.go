package xlsx

import "crmferry/internal/sheet/rows"

// Options say which worksheet is read. The zero value decides by the workbook's content.
type Options struct {
	Sheet   string // its name, without case; "" for the only visible one with a table
	Further bool   // read on in the worksheets that go on where that one is full; the rows' numbers start again in each
}

// Layout is what is read of a workbook. Workbooks are opened by it again without looking at their other worksheets.
type Layout struct {
	Sheet string      // the worksheet's name as the workbook writes it
	Facts []rows.Fact // why it is this one

	sheets     []worksheetPart // it, and those that go on from it
	styles     []numberFormat
	shared     string // the part that holds the shared texts, "" if there is none
	epoch      int
	uncomputed bool
	saved      bool
}

// AsSaved has rows tell how their numbers are saved, beside how they are shown.
func (l Layout) AsSaved() Layout {
	l.saved = true
	return l
}
