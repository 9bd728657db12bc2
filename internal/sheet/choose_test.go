package sheet

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/cell"
)

// tab is a worksheet of a workbook by hand: its name (with an ! before it if it is hidden) and its rows, cells joined
// by |.
type tab struct {
	name string
	rows []string
}

// xml is the tab's worksheet. A row that is "@7" moves on to row 7.
func (s tab) xml() string {
	var b strings.Builder
	n := 0
	for _, row := range s.rows {
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
	return sheetOf(b.String())
}

// tabs is a workbook of these worksheets.
func tabs(list ...tab) parts {
	p := handmade("", nil)
	var sheets, rels strings.Builder
	for i, s := range list {
		state := ""
		if strings.HasPrefix(s.name, "!") {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="s%[2]d"/>`, html.EscapeString(strings.TrimPrefix(s.name, "!")), i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/tab%[1]d.xml"/>`, i+1, relType)
		p[fmt.Sprintf("xl/worksheets/tab%d.xml", i+1)] = s.xml()
	}
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], `<sheet name="One" sheetId="1" r:id="rId1"/>`, sheets.String(), 1)
	p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Rel", rels.String()+"</Rel", 1)
	return p
}

func TestChooseSheet(t *testing.T) {
	var (
		leads   = tab{"Leads", []string{"Name|E-mail|Phone", "Jan Voorbeeld|jan@example.com|+31 20 555 0100", "Ann Sample||512-555-0101"}}
		more    = tab{"Leads 2", []string{"Name|E-mail|Phone", "Pia Muster|pia@example.com|"}}
		old     = tab{"!Old", []string{"Name|E-mail|Phone", "Oud Voorbeeld|oud@example.com|1"}}
		empty   = tab{"Sheet2", nil}
		blank   = tab{"Sheet3", []string{" | "}}
		words   = tab{"Notes", []string{"Please check the phones.", "", "Ask Ann."}}
		codes   = tab{"Legend", []string{"Code|Meaning", "H|hot", "C|cold"}}
		mails   = tab{"News", []string{"email", "a@example.com", "b@example.com", "c@example.com"}}
		heads   = tab{"Template", []string{"Name|E-mail|Phone"}}
		about   = tab{"About", []string{"Contacts of Example", "", "Exported|2026-01-02", "From|Grow CRM", "Rows|0"}}
		pair    = tab{"Contacts", []string{"Name|City"}}
		titled  = tab{"Report", []string{"All leads of the north", "", "Name|E-mail|Phone", "Jan|jan@example.com|1"}}
		numbers = tab{"Export Summary", []string{"This document was exported from Numbers.", "", "Numbers Sheet Name|Numbers Table Name|Excel Worksheet Name", "Sheet 1", "|Table 1|Leads", "|Table 2|Legend"}}
	)
	summary := tab{"Summary", []string{"Import of leads.xlsx", "File|leads.xlsx", "Rows|12", "", "Outcome|rows", "created|9", "rejected|3", "", "Error|rows|What to do", "required|2|fill the cell", "bad_email|1|mend the address"}}
	tests := []struct {
		name        string
		tabs        []tab
		sheet, want string // the sheet's name, or a part of the error
		why         string
	}{
		{"one", []tab{leads}, "", "Leads", ""},
		{"empty sheets", []tab{empty, blank, leads}, "", "Leads", `it is the only one with a table; "Sheet2" is empty; "Sheet3" is empty`},
		{"words first", []tab{words, leads}, "", "Leads", `it is the only one with a table; "Notes" has some words`},
		{"codes", []tab{codes, leads}, "", "Leads", `it is the only one with a table; "Legend" has 2 columns ("Code", "Meaning")`},
		{"hidden", []tab{old, leads}, "", "Leads", `it is the only one that is not hidden; "Old" is hidden`},
		{"hidden, named", []tab{old, leads}, "old", "Old", `it was named`},
		{"named", []tab{leads, more}, "LEADS 2", "Leads 2", `it was named`},
		{"mails", []tab{words, mails}, "", "News", `it is the only one with a table; "Notes" has some words`},
		{"title", []tab{titled, words}, "", "Report", `it is the only one with a table; "Notes" has some words`},
		{"export without rows", []tab{heads, about}, "", "Template", `it is the only one with a table; "About" tells about the others`},
		{"narrow export", []tab{pair, about}, "", "Contacts", `it is the only one with a table; "About" tells about the others`},
		{"a report", []tab{leads, summary}, "", "Leads", `it is the only one with a table; "Summary" has 3 columns ("File", "leads.xlsx")`},
		{"about alone", []tab{about, empty}, "", "About", `it is the only one with a table; "Sheet2" is empty`},
		{"Numbers", []tab{numbers, leads, codes}, "", "Leads", `it is the only one with a table; "Export Summary" tells about the others; "Legend" has 2 columns ("Code", "Meaning")`},
		{"Numbers, short", []tab{numbers, codes, {"Leads", nil}}, "", "Legend", `it is the only one with a table; "Export Summary" tells about the others; "Leads" is empty`},
		{"words alone", []tab{words, empty}, "", "Notes", `it is the only one with anything; "Sheet2" is empty`},
		{"two tables", []tab{leads, titled, words}, "", `which sheet is meant? "Leads" has 3 columns ("Name", "E-mail", "Phone"); "Report" has 3 columns ("Name", "E-mail", "Phone"); "Notes" has some words`, ""},
		{"two lists", []tab{codes, mails}, "", `which sheet is meant? "Legend" has 2 columns ("Code", "Meaning"); "News" has 1 column ("email")`, ""},
		{"full", []tab{leads, about, more}, "", `which sheet is meant? "Leads" has 3 columns ("Name", "E-mail", "Phone"); "Leads 2" goes on from "Leads": read them one after the other; "About" tells about the others`, ""},
		{"all empty", []tab{empty, blank}, "", `there is no row in it: "Sheet2", "Sheet3" are empty`, ""},
		{"all hidden", []tab{old}, "", `every sheet is hidden; there are "Old"`, ""},
		{"no such", []tab{old, leads}, "News", `there is no sheet "News"; there are "Old", "Leads"`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Open(file(t, "x.xlsx", string(tabs(tt.tabs...).bytes(t))), Options{Sheet: tt.sheet})
			if err != nil {
				if !strings.Contains(err.Error(), tt.want) || Hint(err) == "" {
					t.Errorf("got %v, hint %q", err, Hint(err))
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
	p := tabs(tab{"Leads", []string{"a|b|c", "1|2|3"}}, tab{"Bad", nil})
	p["xl/worksheets/tab2.xml"] = "<worksheet><sheetData><row>"
	path := file(t, "x.xlsx", string(p.bytes(t)))
	if _, err := Open(path, Options{}); !errors.Is(err, ErrCutOff) || !strings.Contains(err.Error(), `sheet "Bad": the sheet is cut off`) {
		t.Error(err)
	}
	if _, err := readAll(path, Options{Sheet: "Leads"}); err != nil {
		t.Error(err)
	}
}

// TestReadOn reads the sheets that a big export goes on in.
func TestReadOn(t *testing.T) {
	content, _ := manySheets(t, 27)
	path := file(t, "x.xlsx", string(content))
	if _, err := Open(path, Options{}); !errors.Is(err, ErrWhichSheet) {
		t.Errorf("without a flag: %v", err)
	}
	rows, err := readAll(path, Options{Further: true})
	if err != nil || len(rows) != 28 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i := range 27 {
		if got, want := rows[i+1].Cells[0], exportedRow(nil, i)[0].Text; got != want || rows[i+1].Number != i%9+2 {
			t.Errorf("row %d is %q, want %q", rows[i+1].Number, got, want)
		}
	}
	short, _ := manySheets(t, 3)
	if rows, err := readAll(file(t, "x.xlsx", string(short)), Options{}); err != nil || len(rows) != 4 {
		t.Errorf("an export of one sheet: %d rows, %v", len(rows), err)
	}
}

func TestWorkbookFindings(t *testing.T) {
	content := `<worksheet><cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols><sheetData>` + header +
		`<row r="2" hidden="1"><c r="A2" t="str"><v>x</v></c><c r="B2" t="e"><v>#REF!</v></c></row>` +
		`<row r="3" hidden="true"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3"><v>1</v></c></row>` +
		`<row r="4" hidden="1"/><row r="5" hidden="0"><c r="A5"><f>VLOOKUP(B5,Z:Z,1)</f></c><c r="B5"><f t="shared" si="1"/><v/></c><c r="C5" t="str"><f>""</f><v></v></c></row>` +
		`<row r="6"><c r="A6" t="str"><f>B6&amp;C6</f></c><c r="C6" t="s"><v>0</v></c></row>` +
		`</sheetData><autoFilter ref="A1:C5"/><mergeCells count="3"><mergeCell ref="A1:B1"/><mergeCell ref="C5:C6"/><mergeCell ref="bad"/></mergeCells></worksheet>`
	r, err := Open(file(t, "x.xlsx", string(handmade(content, nil).bytes(t))), Options{})
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
	content := strings.Replace(sheetOf(`<row r="3"><c r="A3"><v>1</v></c></row>`), "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:F2"/></mergeCells>`, 1)
	r, err := Open(file(t, "x.xlsx", string(handmade(content, nil).bytes(t))), Options{})
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
		_, r := rowsOf(t, file(t, "x.xlsx", string(handmade(sheetOf(header+`<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576">`+last+`</row>`), nil).bytes(t))))
		if got := told(r); got != want {
			t.Errorf("%s: %s", last, got)
		}
	}
}
