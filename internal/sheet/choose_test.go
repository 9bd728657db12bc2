package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

func TestChooseSheet(t *testing.T) {
	var (
		leads   = xlsxtest.Tab{Name: "Leads", Rows: []string{"Name|E-mail|Phone", "Jan Voorbeeld|jan@example.com|+31 20 555 0100", "Ann Sample||512-555-0101"}}
		more    = xlsxtest.Tab{Name: "Leads 2", Rows: []string{"Name|E-mail|Phone", "Pia Muster|pia@example.com|"}}
		old     = xlsxtest.Tab{Name: "!Old", Rows: []string{"Name|E-mail|Phone", "Oud Voorbeeld|oud@example.com|1"}}
		empty   = xlsxtest.Tab{Name: "Sheet2", Rows: nil}
		blank   = xlsxtest.Tab{Name: "Sheet3", Rows: []string{" | "}}
		words   = xlsxtest.Tab{Name: "Notes", Rows: []string{"Please check the phones.", "", "Ask Ann."}}
		codes   = xlsxtest.Tab{Name: "Legend", Rows: []string{"Code|Meaning", "H|hot", "C|cold"}}
		mails   = xlsxtest.Tab{Name: "News", Rows: []string{"email", "a@example.com", "b@example.com", "c@example.com"}}
		heads   = xlsxtest.Tab{Name: "Template", Rows: []string{"Name|E-mail|Phone"}}
		about   = xlsxtest.Tab{Name: "About", Rows: []string{"Contacts of Example", "", "Exported|2026-01-02", "From|Grow CRM", "Rows|0"}}
		pair    = xlsxtest.Tab{Name: "Contacts", Rows: []string{"Name|City"}}
		titled  = xlsxtest.Tab{Name: "Report", Rows: []string{"All leads of the north", "", "Name|E-mail|Phone", "Jan|jan@example.com|1"}}
		numbers = xlsxtest.Tab{Name: "Export Summary", Rows: []string{"This document was exported from Numbers.", "", "Numbers Sheet Name|Numbers Table Name|Excel Worksheet Name", "Sheet 1", "|Table 1|Leads", "|Table 2|Legend"}}
	)
	summary := xlsxtest.Tab{Name: "Summary", Rows: []string{"Import of leads.xlsx", "File|leads.xlsx", "Rows|12", "", "Outcome|rows", "created|9", "rejected|3", "", "Error|rows|What to do", "required|2|fill the cell", "bad_email|1|mend the address"}}
	tests := []struct {
		name        string
		tabs        []xlsxtest.Tab
		sheet, want string // the sheet's name, or a part of the error
		why         string
	}{
		{"one", []xlsxtest.Tab{leads}, "", "Leads", ""},
		{"empty sheets", []xlsxtest.Tab{empty, blank, leads}, "", "Leads", `it is the only one with a table; "Sheet2" is empty; "Sheet3" is empty`},
		{"words first", []xlsxtest.Tab{words, leads}, "", "Leads", `it is the only one with a table; "Notes" has some words`},
		{"codes", []xlsxtest.Tab{codes, leads}, "", "Leads", `it is the only one with a table; "Legend" has 2 columns ("Code", "Meaning")`},
		{"hidden", []xlsxtest.Tab{old, leads}, "", "Leads", `it is the only one that is not hidden; "Old" is hidden`},
		{"hidden, named", []xlsxtest.Tab{old, leads}, "old", "Old", `it was named`},
		{"named", []xlsxtest.Tab{leads, more}, "LEADS 2", "Leads 2", `it was named`},
		{"mails", []xlsxtest.Tab{words, mails}, "", "News", `it is the only one with a table; "Notes" has some words`},
		{"title", []xlsxtest.Tab{titled, words}, "", "Report", `it is the only one with a table; "Notes" has some words`},
		{"export without rows", []xlsxtest.Tab{heads, about}, "", "Template", `it is the only one with a table; "About" tells about the others`},
		{"narrow export", []xlsxtest.Tab{pair, about}, "", "Contacts", `it is the only one with a table; "About" tells about the others`},
		{"a report", []xlsxtest.Tab{leads, summary}, "", "Leads", `it is the only one with a table; "Summary" has 3 columns ("File", "leads.xlsx")`},
		{"about alone", []xlsxtest.Tab{about, empty}, "", "About", `it is the only one with a table; "Sheet2" is empty`},
		{"Numbers", []xlsxtest.Tab{numbers, leads, codes}, "", "Leads", `it is the only one with a table; "Export Summary" tells about the others; "Legend" has 2 columns ("Code", "Meaning")`},
		{"Numbers, short", []xlsxtest.Tab{numbers, codes, {Name: "Leads"}}, "", "Legend", `it is the only one with a table; "Export Summary" tells about the others; "Leads" is empty`},
		{"words alone", []xlsxtest.Tab{words, empty}, "", "Notes", `it is the only one with anything; "Sheet2" is empty`},
		{"two tables", []xlsxtest.Tab{leads, titled, words}, "", `which sheet is meant? "Leads" has 3 columns ("Name", "E-mail", "Phone"); "Report" has 3 columns ("Name", "E-mail", "Phone"); "Notes" has some words`, ""},
		{"two lists", []xlsxtest.Tab{codes, mails}, "", `which sheet is meant? "Legend" has 2 columns ("Code", "Meaning"); "News" has 1 column ("email")`, ""},
		{"full", []xlsxtest.Tab{leads, about, more}, "", `which sheet is meant? "Leads" has 3 columns ("Name", "E-mail", "Phone"); "Leads 2" goes on from "Leads": read them one after the other; "About" tells about the others`, ""},
		{"all empty", []xlsxtest.Tab{empty, blank}, "", `there is no row in it: "Sheet2", "Sheet3" are empty`, ""},
		{"all hidden", []xlsxtest.Tab{old}, "", `every sheet is hidden; there are "Old"`, ""},
		{"no such", []xlsxtest.Tab{old, leads}, "News", `there is no sheet "News"; there are "Old", "Leads"`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Open(file(t, "x.xlsx", string(xlsxtest.Tabs(tt.tabs...).Bytes(t))), Options{Sheet: tt.sheet})
			if err != nil {
				if !strings.Contains(err.Error(), tt.want) || rows.KindOf(err) == nil {
					t.Errorf("got %v, kind %v", err, rows.KindOf(err))
				}
				return
			}
			defer r.Close()
			why := ""
			for _, f := range r.Facts() {
				if f.What == "sheet" {
					why = f.Why
				}
			}
			if r.SheetName() != tt.want || why != tt.why {
				t.Errorf("got %q because %s\nwant %q because %s", r.SheetName(), why, tt.want, tt.why)
			}
		})
	}
}

// TestDamagedNeighbour: a sheet that cannot be read may be the one that was meant, unless another is named.
func TestDamagedNeighbour(t *testing.T) {
	p := xlsxtest.Tabs(xlsxtest.Tab{Name: "Leads", Rows: []string{"a|b|c", "1|2|3"}}, xlsxtest.Tab{Name: "Bad", Rows: nil})
	p["xl/worksheets/tab2.xml"] = "<worksheet><sheetData><row>"
	path := file(t, "x.xlsx", string(p.Bytes(t)))
	if _, err := Open(path, Options{}); !errors.Is(err, rows.ErrCutOff) || !strings.Contains(err.Error(), `sheet "Bad": the sheet is cut off`) {
		t.Error(err)
	}
	if _, err := readAll(path, Options{Sheet: "Leads"}); err != nil {
		t.Error(err)
	}
}

func TestWorkbookFindings(t *testing.T) {
	content := `<worksheet><cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols><sheetData>` + xlsxtest.Header +
		`<row r="2" hidden="1"><c r="A2" t="str"><v>x</v></c><c r="B2" t="e"><v>#REF!</v></c></row>` +
		`<row r="3" hidden="true"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3"><v>1</v></c></row>` +
		`<row r="4" hidden="1"/><row r="5" hidden="0"><c r="A5"><f>VLOOKUP(B5,Z:Z,1)</f></c><c r="B5"><f t="shared" si="1"/><v/></c><c r="C5" t="str"><f>""</f><v></v></c></row>` +
		`<row r="6"><c r="A6" t="str"><f>B6&amp;C6</f></c><c r="C6" t="s"><v>0</v></c></row>` +
		`</sheetData><autoFilter ref="A1:C5"/><mergeCells count="3"><mergeCell ref="A1:B1"/><mergeCell ref="C5:C6"/><mergeCell ref="bad"/></mergeCells></worksheet>`
	r, err := Open(file(t, "x.xlsx", string(xlsxtest.Handmade(content, nil).Bytes(t))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for err == nil {
		_, err = r.Next()
	}
	var got []string
	for _, c := range r.Findings() {
		for _, f := range c.First {
			got = append(got, fmt.Sprintf("%s %d: row %d column %d %q", c.Code, c.Count, f.Row, f.Column, f.Text))
			if f.Message == "" || f.Code != c.Code {
				t.Errorf("%+v", f)
			}
		}
	}
	want := []string{
		`hidden_columns 1: row 1 column 1 ""`,
		`hidden_rows 2: row 2 column -1 ""`,
		`hidden_rows 2: row 3 column -1 ""`,
		`formula_without_value 3: row 5 column 0 "=VLOOKUP(B5,Z:Z,1)"`,
		`formula_without_value 3: row 5 column 1 "="`,
		`formula_without_value 3: row 6 column 0 "=B6&C6"`,
		`merged_cells 2: row 1 column 0 "A1:B1"`,
		`merged_cells 2: row 5 column 2 "C5:C6"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestMergedTitle: only a merged cell that touches the table matters.
func TestMergedTitle(t *testing.T) {
	content := strings.Replace(xlsxtest.SheetOf(`<row r="3"><c r="A3"><v>1</v></c></row>`), "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:F2"/></mergeCells>`, 1)
	r, err := Open(file(t, "x.xlsx", string(xlsxtest.Handmade(content, nil).Bytes(t))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Next(); err == nil || len(r.Findings()) > 0 {
		t.Errorf("%v, %+v", err, r.Findings())
	}
}

func TestFullSheet(t *testing.T) {
	for last, want := range map[string]string{`<c r="A1048576"><v>1</v></c>`: "full_sheet 1048576", `<c r="A1048576" s="1"/>`: ""} {
		_, r := rowsOf(t, file(t, "x.xlsx", string(xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header+`<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576">`+last+`</row>`), nil).Bytes(t))))
		if got := told(r); got != want {
			t.Errorf("%s: %s", last, got)
		}
	}
}

// TestUncomputed: a formula whose saved value is 0 was never computed where the workbook asks to be computed when it is opened.
func TestUncomputed(t *testing.T) {
	content := xlsxtest.SheetOf(`<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Price</v></c></row>` +
		`<row r="2"><c r="A2" t="str"><f>B2&amp;C2</f><v>Ada</v></c><c r="B2"><f>1+1</f><v>0</v></c></row>` +
		`<row r="3"><c r="A3" t="str"><v>Ben</v></c><c r="B3"><v>0</v></c></row>`)
	for calc, want := range map[string]string{`<calcPr fullCalcOnLoad="1"/>`: "", `<calcPr calcId="191029"/>`: "0"} {
		book := xlsxtest.Handmade(content, nil)
		book["xl/workbook.xml"] = strings.Replace(book["xl/workbook.xml"], "</sheets>", "</sheets>"+calc, 1)
		r, err := Open(file(t, "x.xlsx", string(book.Bytes(t))), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		var got []string
		for row, err := r.Next(); err == nil; row, err = r.Next() {
			got = append(got, row.Cells...)
		}
		if !slices.Equal(got, []string{"Ada", want, "Ben", "0"}) {
			t.Errorf("%s: %q", calc, got)
		}
		if found := slices.ContainsFunc(r.Findings(), func(c FindingCount) bool { return c.Code == "formula_without_value" }); found != (want == "") {
			t.Errorf("%s: findings %v", calc, r.Findings())
		}
	}
}
