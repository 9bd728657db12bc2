package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// TestBombs reads workbooks of some 10 KB each that unpack to a thousand times as much, in every part that is read.
// None may take more than 200 MB, all that was ever allocated counted together.
func TestBombs(t *testing.T) {
	fill := func(head, body, tail string) string {
		return head + strings.Repeat(body, (8<<20)/len(body)) + tail
	}
	sheet := xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2"><v>1</v></c></row>`)
	var all strings.Builder
	for n := 2; n < 6_000; n++ {
		fmt.Fprintf(&all, `<row r="%d"><c r="XFD%[1]d"><v>1</v></c></row>`, n)
	}
	tests := []struct {
		name, part, content string
	}{
		{"styles", "xl/styles.xml", fill("<styleSheet><cellXfs>", `<xf/>`, "</cellXfs></styleSheet>")},
		{"formats", "xl/styles.xml", fill("<styleSheet><numFmts>", `<numFmt numFmtId="200" formatCode="0"/>`, "</numFmts></styleSheet>")},
		{"shared texts", "xl/sharedStrings.xml", fill("<sst>", `<si/>`, "</sst>")},
		{"a shared text", "xl/sharedStrings.xml", fill("<sst><si><t>", `x`, "</t></si></sst>")},
		{"sheets", "xl/workbook.xml", fill("<workbook><sheets>", `<sheet name="a" r:id="rId1"/>`, "</sheets></workbook>")},
		{"relations", "xl/_rels/workbook.xml.rels", fill("<Relationships>", `<Relationship Id="a" Target="x"/>`, "</Relationships>")},
		{"empty cells", "xl/worksheets/sheet1.xml", fill("<worksheet><sheetData><row>", `<c/>`, "</row></sheetData></worksheet>")},
		{"empty rows", "xl/worksheets/sheet1.xml", fill("<worksheet><sheetData>", `<row/>`, "</sheetData></worksheet>")},
		{"wide rows", "xl/worksheets/sheet1.xml", xlsxtest.SheetOf(all.String())},
		{"merged cells", "xl/worksheets/sheet1.xml", strings.Replace(sheet, "<pageMargins/>", fill("<mergeCells>", `<mergeCell ref="A1:B2"/>`, "</mergeCells>"), 1)},
		{"columns", "xl/worksheets/sheet1.xml", strings.Replace(sheet, "<sheetData>", fill("<cols>", `<col min="1" max="16384" hidden="1"/>`, "</cols>")+"<sheetData>", 1)},
		{"an attribute", "xl/worksheets/sheet1.xml", strings.Replace(sheet, "<sheetData>", fill(`<a b="`, `x`, `"/>`)+"<sheetData>", 1)},
		{"a comment", "xl/worksheets/sheet1.xml", strings.Replace(sheet, "<sheetData>", fill(`<!--`, `x`, `-->`)+"<sheetData>", 1)},
		{"a formula", "xl/worksheets/sheet1.xml", xlsxtest.SheetOf(xlsxtest.Header + `<row r="2"><c r="A2"><f>` + fill("", "x", "") + `</f></c></row>`)},
		{"entities", "xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` + sheet},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			content := xlsxtest.Handmade(sheet, xlsxtest.Parts{tt.part: tt.content}).Bytes(t)
			path := file(t, "x.xlsx", string(content))
			if strings.HasSuffix(tt.part, "sharedStrings.xml") {
				path = file(t, "x.xlsx", string(xlsxtest.Handmade(xlsxtest.SheetOf(`<row><c t="s"><v>1800000</v></c></row>`), xlsxtest.Parts{tt.part: tt.content}).Bytes(t)))
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := drain(path)
			runtime.ReadMemStats(&after)
			used := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d bytes took %d MB: %v", len(content), used, err)
			if used > 200 {
				t.Errorf("%d bytes took %d MB", len(content), used)
			}
			if err != nil && rows.KindOf(err) == nil {
				t.Errorf("no hint for %v", err)
			}
		})
	}
}

// drain reads a file to its end and keeps nothing.
func drain(path string) error {
	r, err := Open(path, Options{})
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if _, err := r.Next(); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
}

// TestTruncated cuts a workbook at many places: it is refused with a reason, wherever it ends.
func TestTruncated(t *testing.T) {
	content := xlsxtest.ExcelBook().Bytes(t)
	path := filepath.Join(t.TempDir(), "x.xlsx")
	for size := 4; size < len(content); size += 1 + len(content)/200 {
		if err := os.WriteFile(path, content[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if err := drain(path); !errors.Is(err, rows.ErrCutOff) {
			t.Errorf("%d of %d bytes: %v", size, len(content), err)
		}
	}
}
