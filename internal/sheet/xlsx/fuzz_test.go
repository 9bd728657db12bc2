package xlsx

import (
	"bytes"
	"encoding/xml"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// FuzzXLSX reads any text as a worksheet: it ends, without panic, and its rows ascend.
func FuzzXLSX(f *testing.F) {
	f.Add([]byte(xlsxtest.SheetOf(xlsxtest.Header + `<row r="7"><c r="B7" s="1"><v>45292.5</v></c><c t="inlineStr"><is><r><t>x</t></r><rPh><t/></rPh></is></c></row>`)))
	f.Add([]byte(xlsxtest.SheetOf(`<row><c t="s"><v>1</v></c><c t="str"><v>a<![CDATA[b]]>&#10;_xD83D__xDE00_</v></c></row><!-- x --><?y ?>`)))
	f.Add([]byte(`<worksheet><sheetData/><a b="c>d"/>`))
	f.Add([]byte("\xEF\xBB\xBF<x:worksheet><x:sheetData><x:row r='1'></x:row></x:sheetData>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		w := fuzzSheet(bytes.NewReader(text))
		defer w.shared.close()
		slow := fuzzSheet(iotest.OneByteReader(bytes.NewReader(text)))
		number := 0
		for {
			var row, again rows.Row
			err, slowErr := w.next(&row), slow.next(&again)
			if (err == nil) != (slowErr == nil) || strings.Join(row.Cells, "\x00") != strings.Join(again.Cells, "\x00") {
				t.Fatalf("%q, %v; byte by byte %q, %v", row.Cells, err, again.Cells, slowErr)
			}
			if err != nil {
				return
			}
			if row.Number <= number || len(row.Cells) == 0 || len(row.Cells) > cell.MaxColumns {
				t.Fatalf("row %d with %d cells after row %d", row.Number, len(row.Cells), number)
			}
			number = row.Number
		}
	})
}

// FuzzWorkbook reads any bytes as a workbook.
func FuzzWorkbook(f *testing.F) {
	for _, p := range []xlsxtest.Parts{xlsxtest.ExcelBook(), xlsxtest.NumbersBook(), xlsxtest.LibraryBook(), xlsxtest.Tabs(xlsxtest.Tab{Name: "a", Rows: []string{"x|y|z"}}, xlsxtest.Tab{Name: "!b", Rows: nil})} {
		f.Add(p.Stored(f))
	}
	f.Fuzz(func(t *testing.T, file []byte) { fuzzWorkbook(t, file) })
}

// The relations of a worksheet, with a link to an address.
const (
	linksPart = "xl/worksheets/_rels/sheet1.xml.rels"
	mailLink  = `<Relationships><Relationship Id="rId1" Type="` + xlsxtest.RelType + `hyperlink" Target="mailto:ann%40example.org?subject=x" TargetMode="External"/></Relationships>`
)

// FuzzParts reads good workbooks of which one part is anything.
func FuzzParts(f *testing.F) {
	names := []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", linksPart}
	for i, name := range names {
		for _, p := range []xlsxtest.Parts{xlsxtest.ExcelBook(), xlsxtest.GoogleBook(), xlsxtest.StrictBook(), xlsxtest.LibraryBook()} {
			f.Add(byte(i), []byte(p[name]))
		}
	}
	f.Add(byte(len(names)-1), []byte(mailLink))
	f.Fuzz(func(t *testing.T, part byte, content []byte) {
		p := xlsxtest.ExcelBook()
		p[linksPart] = mailLink
		p[names[int(part)%len(names)]] = string(content)
		fuzzWorkbook(t, p.Stored(t))
	})
}

// fuzzWorkbook reads a workbook's worksheets: each ends, with rows that ascend or with an error that says what to do,
// and no more memory than a hundred megabytes.
func fuzzWorkbook(t *testing.T, file []byte) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := newWorkbook(bytes.NewReader(file), int64(len(file)))
	if err == nil {
		err = b.read()
	}
	if err == nil {
		err = fuzzRows(t, b)
	}
	if err != nil && rows.KindOf(err) == nil {
		t.Fatalf("no hint for %v", err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 100<<20 {
		t.Fatalf("%d bytes took %d MB", len(file), used>>20)
	}
}

// fuzzRows reads the worksheet that is chosen, or else each by its name.
func fuzzRows(t *testing.T, b *workbook) error {
	sheets, _, err := b.choose(Options{Further: true})
	if err != nil {
		sheets = b.sheets[:min(len(b.sheets), 3)]
	}
	for _, s := range sheets {
		w, openErr := b.open(s)
		if openErr == nil {
			w.links, openErr = b.links(s)
		}
		if openErr != nil {
			return openErr
		}
		w.findings, w.headerRow = new(rows.Findings), 1
		var row rows.Row
		for last, rowErr := 0, error(nil); rowErr == nil; last = row.Number {
			if rowErr = w.next(&row); rowErr == nil && row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			} else if rowErr != nil && rowErr != io.EOF && err == nil {
				err = rowErr
			}
		}
		w.part.Close()
	}
	return err
}

func fuzzSheet(src io.Reader) *worksheet {
	shared := func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(`<sst><si><t>x</t></si><si><r><t>y</t></r></si></sst>`)), nil
	}
	return &worksheet{
		xml: newXMLScanner(src), part: io.NopCloser(src),
		styles: []numberFormat{{}, {date: true, time: true}, parseFormat(`"+"00-#0`), {elapsed: true, time: true}},
		epoch:  cell.Epoch1900, findings: new(rows.Findings), headerRow: 1, shared: &sharedTexts{open: shared},
	}
}

// FuzzFormat reads any format and number: a mask shows all digits of a number, in their order.
func FuzzFormat(f *testing.F) {
	f.Add(`[$-413]dd/mm/yyyy\ hh:mm;@`, "45292.5")
	f.Add(`"+"00 0#-#`, "3.1612345678E10")
	f.Add(`[<=9999999]###-####;\(###\)\ ###"-"####;[$+31 ]0`, "5125550100")
	f.Add(`[>=10000000000]\+0;[<1000000000]"0"0;"é"\é0_)*x`, "612345678")
	f.Fuzz(func(t *testing.T, code, value string) {
		parseFormat(code).append(nil, value, cell.Epoch1904)
		format := parseFormat(code)
		got := string(format.append(nil, value, cell.Epoch1900))
		if format.sections != nil {
			format = format.sectionFor(value)
		}
		if digits := plainNumber(value); format.mask != nil && isDigits(digits) {
			rest := digits
			for _, c := range got {
				rest = strings.TrimPrefix(rest, string(c))
			}
			if rest != "" {
				t.Fatalf("%q shows %q as %q", code, digits, got)
			}
		}
	})
}

// FuzzEscape holds the text of an element against encoding/xml.
func FuzzEscape(f *testing.F) {
	f.Add("a &amp; b &#233; <!-- c --> <![CDATA[d]]> e")
	f.Fuzz(func(t *testing.T, text string) {
		var want struct {
			Text string `xml:",chardata"`
		}
		d := xml.NewDecoder(strings.NewReader("<v>" + text + "</v>"))
		if d.Decode(&want) != nil || len(text) > maxReference || strings.ContainsAny(text, "\r") || strings.Contains(strings.NewReplacer("<!--", "", "<![CDATA[", "", "<?", "").Replace(text), "<") {
			return
		}
		s := newXMLScanner(strings.NewReader("<v>" + text + "</v>"))
		if _, err := s.next(); err != nil {
			t.Fatal(err)
		}
		if got, err := s.text(nil); err != nil || string(got) != want.Text {
			t.Fatalf("%q, %v, want %q", got, err, want.Text)
		}
	})
}
