package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// workbookFile saves a workbook made with excelize.
func workbookFile(t testing.TB, build func(f *excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := build(f); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWorksheetXML(t *testing.T) {
	tests := []struct {
		name, rows string
		want       []string // "number: cells joined by |"
	}{
		{"no references", `<row><c t="str"><v>x</v></c><c/><c><v>3</v></c></row>`, []string{"2: x||3"}},
		{"shared", `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c></row>`, []string{"2: name|rich |"}},
		{"inline", `<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>b</t></r><r><t>c</t></r></is></c></row>`, []string{"2: a|bc|"}},
		{"escapes", `<row r="2"><c r="A2" t="str"><v>x_x000D_&#10;y_x000d__x000A_z</v></c><c r="B2" t="str"><v>_x005F_x000D_</v></c><c r="C2" t="str"><v>_xD83D__xDE00_ _xD83D_ _x1</v></c></row>`,
			[]string{"2: x\ny\nz|_x000D_|😀 _xD83D_ _x1"}},
		{"references", `<row r="2"><c r="A2" t="str"><v>&lt;&amp;amp;&gt; &quot;&apos; &#233;&#xE9; &nbsp; &</v></c></row>`, []string{"2: <&amp;> \"' éé &nbsp; &||"}},
		{"CDATA and comments", `<!-- <row/> --><row r="2"><c r="A2" t="str"><v>a<!-- no --><![CDATA[<b>]]&]]>c</v></c><?pi <x> ?></row>`, []string{"2: a<b>]]&c||"}},
		{"booleans and errors", `<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="b"><v>0</v></c><c r="C2" t="e"><v>#REF!</v></c></row>`, []string{"2: TRUE|FALSE|#REF!"}},
		{"ISO dates", `<row r="2"><c r="A2" t="d"><v>2024-03-12T00:00:00</v></c><c r="B2" t="d"><v>2024-03-12T09:30:00</v></c></row>`, []string{"2: 2024-03-12|2024-03-12T09:30:00|"}},
		{"styles", `<row r="2"><c r="A2" s="1"><v>45292</v></c><c r="B2" s="2"><v>2134</v></c><c r="C2" s="99"><v>5</v></c></row>`, []string{"2: 2024-01-01|02134|5"}},
		{"formula", `<row r="2"><c r="A2" t="str"><f>B2&amp;"x"</f><v>yx</v></c><c r="B2"><f t="shared" si="0"/><v>7</v></c><c r="C2"><f>1/0</f></c></row>`, []string{"2: yx|7|"}},
		{"prefixes", `<x:row r="2"><x:c r="A2" t="str"><x:v>p</x:v></x:c></x:row>`, []string{"2: p||"}},
		{"blank and styled rows", `<row r="3"/><row r="4"><c r="A4" s="1"/><c r="B4" s="1"></c></row><row r="9"><c r="B9"><v>1</v></c></row><row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>`, []string{"9: |1|"}},
		{"beyond the header", `<row r="2"><c r="A2"><v>1</v></c><c r="E2"><v>5</v></c></row>`, []string{"2: 1||||5"}},
		{"odd attributes", `<row spans='1:3' r = '2' x="a>b"><c s="0" r='A2' x="/>" ><v>1</v></c ></row >`, []string{"2: 1||"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readAll(file(t, "x.xlsx", string(xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header+tt.rows), nil).Bytes(t))), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, row := range got[1:] {
				lines = append(lines, fmt.Sprintf("%d: %s", row.Number, strings.Join(row.Cells, "|")))
			}
			if diff := cmp.Diff(tt.want, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPoints: a number keeps its three decimals, and is known to have a point. Texts, dates and whole numbers are not.
func TestPoints(t *testing.T) {
	rows := `<row r="2"><c r="A2"><v>12.345</v></c><c r="B2" t="str"><v>12.345</v></c><c r="C2"><v>1.2345E1</v></c></row>` +
		`<row r="3"><c r="A3" s="1"><v>45292.5</v></c><c r="B3" s="2"><v>12345</v></c><c r="C3"><v>12</v></c></row>`
	got, err := readAll(file(t, "x.xlsx", string(xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header+rows), nil).Bytes(t))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{Number: 2, Cells: []string{"12.345", "12.345", "12.345"}, Points: []int{0, 2}}, {Number: 3, Cells: []string{"2024-01-01", "12345", "12"}}}
	if diff := cmp.Diff(want, got[1:]); diff != "" {
		t.Error(diff)
	}
}

func TestWorksheetErrors(t *testing.T) {
	tests := []struct {
		name, xml string
		kind      error
		text      string
	}{
		{"cut between rows", strings.Split(xlsxtest.SheetOf(xlsxtest.Header), "</sheetData>")[0], rows.ErrCutOff, "after row 1"},
		{"cut inside a row", xlsxtest.SheetOf(xlsxtest.Header)[:len(xlsxtest.SheetOf(xlsxtest.Header))-70], rows.ErrCutOff, "cut off"},
		{"no rows at all", `<worksheet/>`, rows.ErrCutOff, "after row 0"},
		{"HTML", strings.Repeat("text", 3), rows.ErrDamaged, "not XML"},
		{"order", xlsxtest.SheetOf(xlsxtest.Header + `<row r="7"/><row r="5"/>`), rows.ErrDamaged, "row 5 comes after row 7"},
		{"row number", xlsxtest.SheetOf(xlsxtest.Header + `<row r="x"/>`), rows.ErrDamaged, `the number "x"`},
		{"too many rows", xlsxtest.SheetOf(xlsxtest.Header + `<row r="1048577"/>`), rows.ErrTooBig, "1048577"},
		{"reference", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="2"><v>1</v></c></row>`), rows.ErrDamaged, `the reference "2"`},
		{"shared text", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2" t="s"><v>17</v></c></row>`), rows.ErrDamaged, `row 2, column A: the workbook has only 3 shared texts`},
		{"not UTF-8", xlsxtest.SheetOf(xlsxtest.Header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>Caf\xe9</v></c></row>"), rows.ErrDamaged, `row 2, column A: the cell is not UTF-8: "Caf\xe9"`},
		{"open row", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2">`), rows.ErrDamaged, "row 2 does not end"},
		{"open cell", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2"><v>1</v></row>`), rows.ErrDamaged, "does not end"},
		{"DTD", "<!DOCTYPE x [<!ENTITY a \"b\">]>" + xlsxtest.SheetOf(xlsxtest.Header), rows.ErrDamaged, "document type"},
		{"big cell", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2" t="str"><v>` + strings.Repeat("x", maxToken) + `</v></c></row>`), rows.ErrTooBig, "row 2, column A"},
		{"one cell for ever", xlsxtest.SheetOf(`<row r="1">` + strings.Repeat(`<c r="A1"><v>1</v></c>`, cell.MaxColumns+1) + `</row>`), rows.ErrDamaged, "row 1, column A: the row has a cell twice"},
		{"empty", xlsxtest.SheetOf(`<row r="1"><c r="A1" s="1"/></row>`), rows.ErrEmpty, "no row"},
		{"empty sheetData", `<worksheet><sheetData/></worksheet>`, rows.ErrEmpty, "no row"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(file(t, "x.xlsx", string(xlsxtest.Handmade(tt.xml, nil).Bytes(t))), Options{})
			if !errors.Is(err, tt.kind) || !strings.Contains(fmt.Sprint(err), tt.text) {
				t.Errorf("got %v", err)
			}
			if !strings.Contains(fmt.Sprint(err), `x.xlsx", sheet "One": `) {
				t.Errorf("%v does not name file and sheet", err)
			}
		})
	}
}

func TestDamagedZip(t *testing.T) {
	lines := strings.Builder{}
	for i := range 5000 {
		fmt.Fprintf(&lines, `<row r="%d"><c r="A%[1]d" t="str"><v>%d</v></c></row>`, i+2, i*7919%104729)
	}
	whole := xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header+lines.String()), nil).Bytes(t)
	if _, err := readAll(file(t, "x.xlsx", string(whole[:len(whole)/2])), Options{}); !errors.Is(err, rows.ErrCutOff) {
		t.Errorf("half a file: %v", err)
	}
	at := bytes.Index(whole, []byte("xl/worksheets/sheet1.xml")) + 9000
	whole[at] ^= 0x10
	if _, err := readAll(file(t, "x.xlsx", string(whole)), Options{}); err == nil {
		t.Error("a changed byte was not noticed")
	}
}

// TestChangedByte changes a byte of each part that is read, at many places: all are refused, as the part's checksum says.
func TestChangedByte(t *testing.T) {
	more := xlsxtest.Parts{"xl/sharedStrings.xml": `<sst><si><t>bob@example.net</t></si><si><t>unused</t></si></sst>`,
		"xl/styles.xml": `<styleSheet><numFmts count="0"/><cellXfs><xf numFmtId="0"/></cellXfs><dxfs/></styleSheet>`}
	sheetXML := xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2" t="s"><v>0</v></c></row>`)
	parts := xlsxtest.Handmade(sheetXML, more)
	whole := parts.Stored(t)
	for name, content := range parts {
		from := bytes.Index(whole, []byte(content))
		if name == "[Content_Types].xml" || from < 0 {
			continue // it is not read
		}
		for at := 0; at < len(content); at += 1 + len(content)/40 {
			changed := bytes.Clone(whole)
			changed[from+at] ^= 0x01
			if err := drain(file(t, "x.xlsx", string(changed))); rows.KindOf(err) == nil {
				t.Errorf("%s: byte %d of %q was changed, and that was not noticed: %v", name, at, content, err)
			}
		}
	}
}

func TestExcelizeWorkbook(t *testing.T) {
	for _, mac := range []bool{false, true} {
		path := workbookFile(t, func(f *excelize.File) error {
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}); err != nil {
				return err
			}
			day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
			style := func(code string) int {
				id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
				if err != nil {
					t.Fatal(err)
				}
				return id
			}
			f.SetSheetRow("Sheet1", "A1", &[]any{"date", "moment", "phone", "zip", "flag", "price", "id"})
			f.SetSheetRow("Sheet1", "A2", &[]any{day, day.Add(9*time.Hour + 5*time.Minute), 31612345678, 2134, true, 0.1 + 0.2, 3.1612345678e10})
			f.SetCellStyle("Sheet1", "A2", "A2", style("dd-mm-yyyy"))
			f.SetCellStyle("Sheet1", "B2", "B2", style("d/m/yy h:mm"))
			return f.SetCellStyle("Sheet1", "D2", "D2", style("00000"))
		})
		rows, err := readAll(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"2024-02-29", "2024-02-29T09:05:00", "31612345678", "02134", "TRUE", "0.3", "31612345678"}
		if diff := cmp.Diff(want, rows[1].Cells); diff != "" {
			t.Errorf("1904 %v: %s", mac, diff)
		}
	}
}

func TestSheets(t *testing.T) {
	path := workbookFile(t, func(f *excelize.File) error {
		f.SetSheetName("Sheet1", "Hidden")
		f.SetSheetRow("Hidden", "A1", &[]any{"secret"})
		f.NewSheet("Numbers")
		f.SetSheetRow("Numbers", "A1", &[]any{"n", "m"})
		f.NewSheet("Ünder")
		f.SetSheetRow("Ünder", "B3", &[]any{"u"})
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Hidden", false); err != nil {
			return err
		}
		return f.AddChartSheet("Chart", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Hidden!$A$1:$A$2"}}})
	})
	tests := []struct{ sheet, name, header string }{
		{"", "Numbers", "n|m"}, {"ünder", "Ünder", "|u"}, {"Hidden", "Hidden", "secret"},
	}
	for _, tt := range tests {
		r, err := Open(path, Options{Sheet: tt.sheet})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got := strings.Join(r.Header(), "|"); r.SheetName() != tt.name || got != tt.header || r.Format() != XLSX || r.Delimiter() != 0 {
			t.Errorf("%q: sheet %q, header %q", tt.sheet, r.SheetName(), got)
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("header without rows: %v", err)
		}
	}
	_, err := Open(path, Options{Sheet: "Chart"})
	if !errors.Is(err, rows.ErrNoSheet) || !strings.Contains(err.Error(), `there is no sheet "Chart"; there are "Hidden", "Numbers", "Ünder"`) {
		t.Error(err)
	}
}

func TestUnusualPackages(t *testing.T) {
	content := xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2" s="1"><v>1</v></c></row>`)
	moved := xlsxtest.Handmade(content, nil)
	for from, to := range map[string]string{
		"xl/workbook.xml": `XL\Workbook.XML`, "xl/styles.xml": "xl/Styles.xml", "xl/worksheets/sheet1.xml": `xl\worksheets\sheet1.xml`,
	} {
		moved[to] = moved[from]
		delete(moved, from)
	}
	strict := xlsxtest.Handmade(content, nil)
	for name, part := range strict {
		part = strings.ReplaceAll(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
		strict[name] = strings.ReplaceAll(part, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
	}
	noRoot := xlsxtest.Handmade(content, nil)
	delete(noRoot, "_rels/.rels")
	noShared := xlsxtest.Handmade(content, nil)
	delete(noShared, "xl/sharedStrings.xml")
	chart := xlsxtest.Handmade(content, nil)
	chart["xl/workbook.xml"] = strings.Replace(chart["xl/workbook.xml"], "<sheets>", `<sheets><sheet name="Chart" sheetId="2" r:id="rId9"/>`, 1)
	chart["xl/_rels/workbook.xml.rels"] = strings.Replace(chart["xl/_rels/workbook.xml.rels"], "</Rel", `<Relationship Id="rId9" Type="`+xlsxtest.RelType+`chartsheet" Target="chartsheets/sheet1.xml"/></Rel`, 1)
	mac := xlsxtest.Handmade(content, xlsxtest.Parts{"xl/workbook.xml": strings.Replace(xlsxtest.Handmade("", nil)["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)})
	for name, tt := range map[string]struct {
		parts xlsxtest.Parts
		want  string
	}{
		"moved": {moved, "1900-01-01"}, "strict": {strict, "1900-01-01"}, "no root": {noRoot, "1900-01-01"},
		"no shared texts": {noShared, "1900-01-01"}, "a chart first": {chart, "1900-01-01"}, "1904": {mac, "1904-01-02"},
	} {
		rows, err := readAll(file(t, "x.xlsx", string(tt.parts.Bytes(t))), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := rows[1].Cells[0]; got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

// TestStyledEmpty reads a small file of half a million styled empty cells, of which nothing may stay in memory.
func TestStyledEmpty(t *testing.T) {
	row := strings.Repeat(`<c s="1"/>`, 100)
	content := xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header+strings.Repeat("<row>"+row+"</row>", 5_000)), nil).Bytes(t)
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	rows, err := readAll(path, Options{})
	runtime.ReadMemStats(&after)
	if err != nil || len(rows) != 1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("%d bytes allocated for no rows", used)
	}
}
