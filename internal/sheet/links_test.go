package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// TestLinks reads the addresses that cells of a workbook lead to and do not show.
func TestLinks(t *testing.T) {
	text := func(ref, text string) string { return fmt.Sprintf(`<c r="%s" t="str"><v>%s</v></c>`, ref, text) }
	formula := func(ref, formula, value string) string {
		return fmt.Sprintf(`<c r="%s" t="str"><f>%s</f>%s</c>`, ref, formula, value)
	}
	rows := xlsxtest.Header +
		`<row r="2">` + text("A2", "Ada") + text("B2", "mail") + `</row>` +
		`<row r="3">` + text("A3", "Ada@example.org") + text("B3", "x") + text("C3", "y") + `</row>` +
		`<row r="4">` + formula("A4", `HYPERLINK(&quot;mailto:bo@example.org&quot;,&quot;Bo&quot;)`, `<v>Bo</v>`) + formula("B4", `HYPERLINK("MAILTO:bo%40example.org")`, "") + formula("C4", `HYPERLINK("https://example.org","site")`, "") + `</row>` +
		`<row r="5">` + formula("A5", `HYPERLINK("mailto:"&amp;B5,"x")`, `<v>x</v>`) + text("B5", "shown") + `</row>` +
		`<row r="9">` + text("A9", "last") + `</row>`
	part := strings.Replace(xlsxtest.SheetOf(rows), "<pageMargins/>", `<hyperlinks><hyperlink ref="A9" r:id="r1"/><hyperlink ref="B2:C3" r:id="r2"/><hyperlink ref="A2" r:id="r1"/><hyperlink ref="A3" r:id="r3"/>`+
		`<hyperlink ref="A5:XFD1048576" r:id="r1"/><hyperlink ref="B5" r:id="r4"/><hyperlink ref="x" r:id="r1"/><hyperlink ref="B9" location="One!A1"/></hyperlinks>`, 1)
	rel := func(id, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%shyperlink" Target="%s" TargetMode="External"/>`, id, xlsxtest.RelType, target)
	}
	rels := "<Relationships>" + rel("r1", "mailto:ada@example.org?subject=Hello%20you&amp;cc=x@example.org") + rel("r2", "mailto:b%40example.org") + rel("r3", "mailto:ada@example.org") + rel("r4", "https://example.org/a@b") + "</Relationships>"
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, xlsxtest.Handmade(part, xlsxtest.Parts{"xl/worksheets/_rels/sheet1.xml.rels": rels}).Bytes(t), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got []string
	for {
		row, err := r.Next()
		if err != nil {
			if !isEnd(err) {
				t.Fatal(err)
			}
			break
		}
		line := fmt.Sprintf("%d: %s", row.Number, strings.Join(row.Cells, "|"))
		for _, l := range row.Links {
			line += fmt.Sprintf(" %d=%s", l.Column, l.Address)
		}
		got = append(got, line)
	}
	want := []string{"2: Ada|mail| 1=b@example.org 0=ada@example.org", "3: Ada@example.org|x|y 1=b@example.org 2=b@example.org",
		"4: Bo|MAILTO:bo%40example.org|site 0=bo@example.org 1=bo@example.org", "5: x|shown|", "9: last|| 0=ada@example.org"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
