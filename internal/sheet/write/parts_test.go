package write

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// manySheets writes a workbook whose sheets hold 10 rows with their header.
func manySheets(t *testing.T, rows int) ([]byte, Stats) {
	t.Helper()
	var b bytes.Buffer
	x, err := newWorkbookTable(&b, TableOptions{Columns: exported(), Sheet: "Q1 it's", Title: "Contacts", Creator: "crmferry"})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Discard()
	x.rowLimit = 10
	for i := range rows {
		if err := x.Write(exportedRow(nil, i)); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := x.Close()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), stats
}

func TestFurtherSheets(t *testing.T) {
	for _, tt := range []struct {
		rows, sheets int
		names        []string
	}{
		{0, 1, []string{"Q1 it's", "About"}},
		{9, 1, []string{"Q1 it's", "About"}},
		{10, 2, []string{"Q1 it's", "About", "Q1 it's 2"}},
		{27, 3, []string{"Q1 it's", "About", "Q1 it's 2", "Q1 it's 3"}},
	} {
		content, stats := manySheets(t, tt.rows)
		if stats != (Stats{Rows: int64(tt.rows), Sheets: tt.sheets}) {
			t.Errorf("%d rows: %+v", tt.rows, stats)
		}
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if got := f.GetSheetList(); !slices.Equal(got, tt.names) || f.GetActiveSheetIndex() != 0 {
			t.Errorf("%d rows: sheets %q, number %d is active", tt.rows, got, f.GetActiveSheetIndex())
		}
		f.Close()
		var got, want []string
		file := file(t, "x.xlsx", string(content))
		for _, name := range tt.names {
			if name == "About" {
				continue
			}
			rows, err := readAll(file, sheet.Options{Sheet: name})
			if err != nil || rows[0].Cells[0] != "ID" {
				t.Fatalf("sheet %q: %v", name, err)
			}
			for _, row := range rows[1:] {
				got = append(got, row.Cells[0])
			}
		}
		for i := range tt.rows {
			want = append(want, exportedRow(nil, i)[0].Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d rows: %s", tt.rows, diff)
		}
		checkParts(t, content, tt.sheets)
	}
}

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all finds the elements of that name at any depth.
func (e *element) all(name string) (found []*element) {
	for i := range e.Children {
		c := &e.Children[i]
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

// partsOf parses the parts of a workbook; each must be there once and be good XML.
func partsOf(t *testing.T, content []byte) map[string]*element {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]*element{}
	for _, f := range z.File {
		if parts[f.Name] != nil {
			t.Errorf("%s is there twice", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = &element{}
		if err := xml.Unmarshal(data, parts[f.Name]); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	return parts
}

// checkParts holds the parts of a workbook against what Excel demands of them, and what readers that trust them need.
func checkParts(t *testing.T, content []byte, tables int) {
	t.Helper()
	parts := partsOf(t, content)
	checkTypes(t, parts)
	names, ids := map[string]bool{}, map[string]bool{}
	for name, part := range parts {
		switch {
		case strings.HasSuffix(name, ".rels"):
			checkRelations(t, name, part, parts)
		case strings.HasPrefix(name, "xl/tables/"):
			checkTable(t, name, part, names, ids)
		case strings.HasPrefix(name, "xl/worksheets/"):
			checkWorksheet(t, name, part, parts)
		}
	}
	if len(names) != tables {
		t.Errorf("%d tables, want %d", len(names), tables)
	}
}

// checkTypes: every part has a content type, and every type that names a part has that part.
func checkTypes(t *testing.T, parts map[string]*element) {
	t.Helper()
	types := parts["[Content_Types].xml"]
	if types == nil {
		t.Fatal("no content types")
	}
	typed, endings := map[string]bool{}, map[string]bool{}
	for _, o := range types.all("Override") {
		name := strings.TrimPrefix(o.attr("PartName"), "/")
		if parts[name] == nil || typed[name] {
			t.Errorf("the content types name %s, which is not there or named twice", name)
		}
		typed[name] = true
	}
	for _, d := range types.all("Default") {
		endings[d.attr("Extension")] = true
	}
	for name := range parts {
		if ending := strings.TrimPrefix(path.Ext(name), "."); name != "[Content_Types].xml" && !typed[name] && (ending == "xml" || !endings[ending]) {
			t.Errorf("%s has no content type", name)
		}
	}
}

// checkRelations: every target is there, and no id comes twice.
func checkRelations(t *testing.T, name string, part *element, parts map[string]*element) {
	t.Helper()
	folder := path.Dir(path.Dir(name))
	ids := map[string]bool{}
	for _, r := range part.all("Relationship") {
		target := r.attr("Target")
		if full := strings.TrimPrefix(path.Join(folder, target), "/"); !strings.HasPrefix(target, "/") && parts[full] == nil {
			t.Errorf("%s leads to %s, which is not there", name, full)
		}
		if ids[r.attr("Id")] {
			t.Errorf("%s has the id %s twice", name, r.attr("Id"))
		}
		ids[r.attr("Id")] = true
	}
}

// checkTable: names and ids are unique in the workbook, and the columns' within the table.
func checkTable(t *testing.T, name string, part *element, names, ids map[string]bool) {
	t.Helper()
	if part.attr("name") != part.attr("displayName") || names[strings.ToLower(part.attr("name"))] || ids[part.attr("id")] {
		t.Errorf("%s: name %q and id %q are not unique", name, part.attr("name"), part.attr("id"))
	}
	names[strings.ToLower(part.attr("name"))], ids[part.attr("id")] = true, true
	if f := part.all("autoFilter"); len(f) != 1 || f[0].attr("ref") != part.attr("ref") {
		t.Errorf("%s: the filter is not the table's", name)
	}
	columns := map[string]bool{}
	for _, c := range part.all("tableColumn") {
		columns[strings.ToLower(c.attr("name"))] = true
	}
	if len(columns) != len(exported()) {
		t.Errorf("%s has %d different columns", name, len(columns))
	}
}

// checkWorksheet: rows ascend, cells belong to them, the header is the table's and stays in view.
func checkWorksheet(t *testing.T, name string, part *element, parts map[string]*element) {
	t.Helper()
	rows := part.all("row")
	if d := part.all("dimension"); len(d) > 0 && d[0].attr("ref") != "A1:B"+rows[len(rows)-1].attr("r") {
		t.Errorf("%s says it is %s", name, d[0].attr("ref"))
	}
	for i, row := range rows {
		for _, c := range row.Children {
			if !strings.HasSuffix(c.attr("r"), row.attr("r")) || i > 0 && row.attr("r") == rows[i-1].attr("r") {
				t.Errorf("%s: cell %s in row %s", name, c.attr("r"), row.attr("r"))
			}
		}
	}
	if strings.HasSuffix(name, "sheet2.xml") {
		return
	}
	relations := parts["xl/worksheets/_rels/"+path.Base(name)+".rels"]
	if relations == nil || len(part.all("tablePart")) != 1 {
		t.Fatalf("%s has no table", name)
	}
	table := parts[path.Join("xl/worksheets", relations.all("Relationship")[0].attr("Target"))]
	if want := "A1:P" + rows[len(rows)-1].attr("r"); len(rows) > 1 && table.attr("ref") != want {
		t.Errorf("%s: the table is %s, want %s", name, table.attr("ref"), want)
	}
	var header []string
	for _, c := range rows[0].all("t") {
		header = append(header, c.Text)
	}
	var columns []string
	for _, c := range table.all("tableColumn") {
		columns = append(columns, c.attr("name"))
	}
	if !slices.Equal(header, columns) {
		t.Errorf("%s: header %q, table %q", name, header, columns)
	}
	cols := part.all("col")
	for i, c := range cols {
		if c.attr("min") != strconv.Itoa(i+1) || c.attr("max") != c.attr("min") {
			t.Errorf("%s: width %d is of the columns %s to %s", name, i+1, c.attr("min"), c.attr("max"))
		}
	}
	if len(cols) != len(exported()) {
		t.Errorf("%s has %d widths", name, len(cols))
	}
	if p := part.all("pane"); len(p) != 1 || p[0].attr("state") != "frozen" || p[0].attr("ySplit") != "1" {
		t.Errorf("%s: the header is not frozen", name)
	}
	if part.all("ignoredError") == nil || part.all("ignoredError")[0].attr("numberStoredAsText") != "true" {
		t.Errorf("%s: green triangles", name)
	}
}

func TestProperties(t *testing.T) {
	content, _ := manySheets(t, 1)
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := f.GetDocProps()
	if err != nil || p.Title != "Contacts" || p.Creator != "crmferry" {
		t.Errorf("%+v, %v", p, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'Q1 it''s'!$1:$1" {
		t.Errorf("%+v", names)
	}
}

// TestLibreOffice has another program read each sheet.
func TestLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: no other program has read the workbook")
	}
	if testing.Short() {
		t.Skip("-short: LibreOffice takes seconds to start")
	}
	content, _ := manySheets(t, 12)
	name := file(t, "x.xlsx", string(content))
	folder := filepath.Dir(name)
	// UTF-8 (76), every sheet (-1).
	out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(folder)+"/profile", "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", folder, name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got [][]string
	for i, sheet := range []string{"Q1 it's", "Q1 it's 2"} {
		f, err := os.Open(filepath.Join(folder, "x-"+sheet+".csv"))
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(rows) != []int{10, 4}[i] {
			t.Fatalf("sheet %q: %d rows, %v", sheet, len(rows), err)
		}
		got = append(got, rows[1:]...)
	}
	for i, row := range got {
		for k, c := range exportedRow(nil, i) {
			want := c.String()
			if c.Kind == cell.DateTime {
				want = c.Time.Format(time.DateTime) // LibreOffice writes the seconds too
			}
			if row[k] != want {
				t.Errorf("row %d, column %s is %q, want %q", i+2, exported()[k].Header, row[k], want)
			}
		}
	}
}

// TestAboutSheet: a heading, names with their values, gaps; and a long name of a further sheet is cut.
func TestAboutSheet(t *testing.T) {
	var b bytes.Buffer
	x, err := newWorkbookTable(&b, TableOptions{Columns: []TableColumn{{Header: "a"}}, Sheet: strings.Repeat("x", 31), Title: "Contacts"})
	if err != nil {
		t.Fatal(err)
	}
	x.rowLimit = 2
	for range 2 {
		if err := x.Write([]cell.Cell{{Text: "=1"}}); err != nil {
			t.Fatal(err)
		}
	}
	x.About([][]string{{"What", "=all contacts"}, {}, {"Completeness"}, {"Contacts", "2"}})
	if _, err := x.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("About")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Contacts"}, nil, {"What", "=all contacts"}, nil, {"Completeness"}, {"Contacts", "2"}}
	if diff := cmp.Diff(want, rows[:len(want)]); diff != "" {
		t.Error(diff)
	}
	if d, _ := f.GetSheetDimension("About"); d != "A1:B7" {
		t.Errorf("dimension %s", d)
	}
	if names := f.GetSheetList(); len(names) != 3 || names[2] != strings.Repeat("x", 29)+" 2" {
		t.Errorf("%q", names)
	}
	if formula, _ := f.GetCellFormula("About", "B3"); formula != "" {
		t.Errorf("formula %s", formula)
	}
	x.About([][]string{{"a", "b", "c"}})
	if err := x.writeAbout(); err == nil {
		t.Error("a line of three cells")
	}
}

// TestReadOn reads the sheets that a big export goes on in.
func TestReadOn(t *testing.T) {
	content, _ := manySheets(t, 27)
	path := file(t, "x.xlsx", string(content))
	if _, err := sheet.Open(path, sheet.Options{}); !errors.Is(err, rows.ErrWhichSheet) {
		t.Errorf("without a flag: %v", err)
	}
	list, err := readAll(path, sheet.Options{Further: true})
	if err != nil || len(list) != 28 {
		t.Fatalf("%d rows, %v", len(list), err)
	}
	for i := range 27 {
		if got, want := list[i+1].Cells[0], exportedRow(nil, i)[0].Text; got != want || list[i+1].Number != i%9+2 {
			t.Errorf("row %d is %q, want %q", list[i+1].Number, got, want)
		}
	}
	short, _ := manySheets(t, 3)
	if list, err := readAll(file(t, "x.xlsx", string(short)), sheet.Options{}); err != nil || len(list) != 4 {
		t.Errorf("an export of one sheet: %d rows, %v", len(list), err)
	}
}
