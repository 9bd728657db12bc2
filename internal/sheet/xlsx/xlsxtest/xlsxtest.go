// Package xlsxtest has workbooks made by hand for tests, with the ways of the programs that make them.
package xlsxtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/cell"
)

// Parts are the files of a workbook by hand.
type Parts map[string]string

// RelType begins the types of relations between parts.
const RelType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Handmade is a workbook with one sheet of that XML; further parts are added or replaced.
func Handmade(sheetXML string, more Parts) Parts {
	p := Parts{
		"_rels/.rels": `<Relationships><Relationship Id="rId1" Type="` + RelType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + RelType + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + RelType + `sharedStrings" Target="/xl/sharedStrings.xml"/>` +
			`<Relationship Id="rId3" Type="` + RelType + `styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>` +
			`<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>name</t></si><si><r><t>ri</t></r><rPh sb="0" eb="1"><t>no</t></rPh><r><t xml:space="preserve">ch </t></r></si><si/></sst>`,
		"xl/worksheets/sheet1.xml": sheetXML,
	}
	for name, content := range more {
		p[name] = content
	}
	return p
}

// Bytes is the workbook as a file.
func (p Parts) Bytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range p {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// SheetOf wraps rows into a worksheet.
func SheetOf(rows string) string {
	return `<?xml version="1.0"?><worksheet xmlns="x"><dimension ref="A1:XFD1048576"/><sheetData>` + rows + `</sheetData><pageMargins/></worksheet>`
}

// Header is a header of columns a, b, c.
const Header = `<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c><c r="C1" t="str"><v>c</v></c></row>`

// Tab is a worksheet of a workbook by hand: its name (with an ! before it if it is hidden) and its rows, cells joined
// by |.
type Tab struct {
	Name string
	Rows []string
}

// xml is the tab's worksheet. A row that is "@7" moves on to row 7.
func (s Tab) xml() string {
	var b strings.Builder
	n := 0
	for _, row := range s.Rows {
		n++
		if _, err := fmt.Sscanf(row, "@%d", &n); err == nil {
			n--
			continue
		}
		fmt.Fprintf(&b, `<row r="%d">`, n)
		for i, c := range strings.Split(row, "|") {
			if c != "" {
				fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, cell.ColumnLetter(i), n, html.EscapeString(c))
			}
		}
		b.WriteString(`</row>`)
	}
	return SheetOf(b.String())
}

// Tabs is a workbook of these worksheets.
func Tabs(list ...Tab) Parts {
	p := Handmade("", nil)
	var sheets, rels strings.Builder
	for i, s := range list {
		state := ""
		if strings.HasPrefix(s.Name, "!") {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="s%[2]d"/>`, html.EscapeString(strings.TrimPrefix(s.Name, "!")), i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/tab%[1]d.xml"/>`, i+1, RelType)
		p[fmt.Sprintf("xl/worksheets/tab%d.xml", i+1)] = s.xml()
	}
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], `<sheet name="One" sheetId="1" r:id="rId1"/>`, sheets.String(), 1)
	p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Rel", rels.String()+"</Rel", 1)
	return p
}

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	rootRels  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + RelType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`
)

// ExcelBook has the ways of Excel: mark-up of later versions everywhere, shared texts with phonetic runs and escapes,
// spans, styles for whole rows, an apostrophe kept in the style, formulas with their values, what follows the rows.
func ExcelBook() Parts {
	return Parts{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels":         rootRels,
		"xl/workbook.xml": "\uFEFF" + `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<workbook ` + mainSpace + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15 xr" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">` +
			`<fileVersion appName="xl" lastEdited="7"/><workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\a&amp;b\" xmlns:x15ac="x"/></mc:Choice></mc:AlternateContent>` +
			`<bookViews><workbookView activeTab="0"/></bookViews><sheets><sheet name="R&amp;D &#x2013; &quot;Leads&quot;" sheetId="3" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Leads!$A$1:$H$3</definedName></definedNames><calcPr calcId="191029"/>` +
			`<extLst><ext uri="{x}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="x"><Relationship Id="rId3" Type="` + RelType + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + RelType + `theme" Target="theme/theme1.xml"/>` +
			`<Relationship Id="rId1" Type="` + RelType + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId4" Type="` + RelType + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet ` + mainSpace + `><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-413]d\ mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="[&lt;=9999999]###\-####;\(###\)\ ###\-####"/></numFmts>` +
			`<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" xfId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165"/><xf numFmtId="49" quotePrefix="1"/><xf numFmtId="9"/><xf numFmtId="20"><alignment wrapText="1"/></xf></cellXfs>` +
			`<dxfs count="1"><dxf><numFmt numFmtId="19" formatCode="yyyy"/></dxf></dxfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst ` + mainSpace + ` count="9" uniqueCount="5"><si><t>Name</t></si><si><t>Phone</t></si><si><t xml:space="preserve"> Jan_x000D_` + "\n" + `Voorbeeld</t></si>` +
			`<si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><phoneticPr fontId="1"/></si><si><r><rPr><b/><sz val="11"/></rPr><t>Ann</t></r><r><rPr><sz val="11"/></rPr><t xml:space="preserve"> Sample</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainSpace + ` mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xr:uid="{0}"><sheetPr filterMode="1"/><dimension ref="A1:H4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>` +
			`<sheetFormatPr defaultRowHeight="14.4" x14ac:dyDescent="0.3"/><cols><col min="1" max="1" width="9" customWidth="1"/></cols><sheetData>` +
			`<row r="1" spans="1:8" s="3" customFormat="1" x14ac:dyDescent="0.3"><c r="A1" s="3" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><f>"Bo"&amp;"rn"</f><v>Born</v></c><c r="D1" t="inlineStr"><is><t>Zip</t></is></c><c r="E1" t="str"><v>Share</v></c><c r="F1" t="str"><v>At</v></c><c r="G1" t="str"><v>OK</v></c></row>` +
			`<row r="2" spans="1:8"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>3.1612345678E10</v></c><c r="C2" s="1"><v>45363</v></c><c r="D2" s="3" t="str"><v>02134</v></c><c r="E2" s="4"><v>0.07</v></c><c r="F2" s="5"><v>0.39583333333333331</v></c><c r="G2" t="b"><v>1</v></c></row>` +
			`<row r="3" spans="1:8"><c r="A3" t="s"><v>3</v></c><c r="B3" s="2"><v>5125550101</v></c><c r="C3" s="1"><f>C2+1.5</f><v>45364.5</v></c><c r="G3" t="b"><f>NOT(G2)</f><v>0</v></c></row>` +
			`<row r="4" spans="1:8"><c r="A4" t="s"><v>4</v></c><c r="B4"><v>31612345678901234</v></c><c r="H4" s="3"/></row>` +
			`</sheetData><autoFilter ref="A1:H4"/><conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1&gt;0</formula></cfRule></conditionalFormatting><hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks><pageMargins left="0.7"/><extLst><ext uri="x"><x14:sheetData/></ext></extLst></worksheet>`,
	}
}

// GoogleBook has the ways of Google Sheets: no dimension, attributes in another order, a thousand rows with a height and
// no value, a state for visible sheets.
func GoogleBook() Parts {
	p := ExcelBook()
	p["xl/workbook.xml"] = `<workbook ` + mainSpace + `><workbookPr/><sheets><sheet state="visible" name="Leads" sheetId="1" r:id="rId1"/></sheets><definedNames/><calcPr/></workbook>`
	rows := ""
	for i := 4; i <= 1000; i++ {
		rows += fmt.Sprintf(`<row r="%d" ht="15.75" customHeight="1"/>`, i)
	}
	p["xl/worksheets/sheet1.xml"] = `<worksheet ` + mainSpace + `><sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetFormatPr customHeight="1" defaultColWidth="14.43" defaultRowHeight="15.75"/><sheetData>` +
		`<row r="1"><c t="s" s="1" r="A1"><v>0</v></c><c t="s" r="B1"><v>1</v></c><c t="inlineStr" r="C1"><is><t>Born</t></is></c></row>` +
		`<row r="2"><c t="s" r="A2"><v>4</v></c><c r="B2"><v>3.1612345678E10</v></c><c s="1" r="C2"><v>45363.0</v></c></row>` +
		`<row r="3"><c t="str" r="A3"><f>UPPER(A2)</f><v>ANN SAMPLE</v></c><c r="B3"><v>612345678.0</v></c><c t="b" r="C3"><v>0</v></c></row>` + rows + `</sheetData><drawing r:id="rId1"/></worksheet>`
	return p
}

// NumbersBook has the ways of Numbers: a first sheet that tells of the others, names in numeric references, parts named
// otherwise, no styles that matter.
func NumbersBook() Parts {
	p := Tabs(Tab{"Export Summary", []string{"This document was exported from Numbers. Each table was converted to an Excel worksheet.", "", "Numbers Sheet Name|Numbers Table Name|Excel Worksheet Name", "Blad 1", "|Tabel 1|Blad 1 – Tabel 1"}},
		Tab{"PLACE", []string{"Name|Phone|Born", "Jan|+31 20 555 0100|12-03-2024"}})
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "PLACE", "&#x42;lad 1 &#x2013; Tabel 1", 1)
	p["xl/worksheets/sheet-2.xml"] = p["xl/worksheets/tab2.xml"]
	delete(p, "xl/worksheets/tab2.xml")
	p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "worksheets/tab2.xml", "./worksheets/../worksheets/sheet-2.xml", 1)
	return p
}

// StrictBook is what Excel saves as "Strict Open XML": other name spaces, and dates as text.
func StrictBook() Parts {
	p := ExcelBook()
	for name, part := range p {
		part = strings.ReplaceAll(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
		p[name] = strings.ReplaceAll(part, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
	}
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<workbook ", `<workbook conformance="strict" `, 1)
	p["xl/worksheets/sheet1.xml"] = SheetOf(Header + `<row r="2"><c r="A2" t="d" s="1"><v>2024-03-12T00:00:00.000</v></c><c r="B2" t="d" s="1"><v>2024-03-12T09:30:00Z</v></c><c r="C2" t="d" s="5"><v>1899-12-31T09:30:00</v></c></row>` +
		`<row r="3"><c r="A3" t="d"><v>2024-03-12</v></c><c r="B3" t="d"><v>P1Y</v></c></row>`)
	return p
}

// LibraryBook has the ways of libraries that write workbooks: targets from the root, prefixes on every element, no
// references, no styles, no shared texts, formulas that were never computed.
func LibraryBook() Parts {
	return Parts{
		"_rels/.rels":                rootRels,
		"xl/workbook.xml":            `<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:ns3="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:workbookPr date1904="true"/><x:sheets><x:sheet ns3:id="R1" name='Leads' sheetId="1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Type="` + RelType + `worksheet" Target="/xl/worksheets/sheet.xml" Id="R1"/></Relationships>`,
		"xl/worksheets/sheet.xml": `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>Phone</x:t></x:is></x:c></x:row>` +
			`<x:row><x:c t="inlineStr"><x:is><x:t>Jan</x:t></x:is></x:c><x:c><x:v>31612345678</x:v></x:c></x:row><x:row><x:c><x:f>A2</x:f><x:v></x:v></x:c><x:c t="n"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
	}
}

// Stored is a workbook that is not compressed, so that changes of its bytes reach its parts.
func (p Parts) Stored(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if err := writeStored(z, name, []byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeStored(z *zip.Writer, name string, content []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}
