package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"crmferry/internal/cell"
)

// FuzzCSV holds the scanner against itself with a reader of single bytes, and where both understand the text, against
// encoding/csv.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"x\r\ny\",\"\"\"\"\n", "a\rb\r\r\nc", "\"a\" ,b", "\"never", ",,\n\n,", "\"a\"b", "\xff,\"\n\xfe\"", "a\n\r\nb"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, err := scanAll(bytes.NewReader(text))
		slow, slowErr := scanAll(iotest.OneByteReader(bytes.NewReader(text)))
		if len(rows) != len(slow) || (err == nil) != (slowErr == nil) {
			t.Fatalf("%d rows, %v; byte by byte %d rows, %v", len(rows), err, len(slow), slowErr)
		}
		line := 0
		for i, row := range rows {
			if row.Number != i+1 || row.Line <= line || len(row.Cells) == 0 {
				t.Fatalf("row %d: %+v after line %d", i, row, line)
			}
			line = row.Line
		}
		sniffDelimiter(text, true)
		sniffDelimiter(text, false)
		compareCSV(t, text, rows, err)
	})
}

// compareCSV compares with encoding/csv, which leaves blank lines out and knows no lone CR.
func compareCSV(t *testing.T, text []byte, rows []Row, err error) {
	if err != nil || bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte{'\r'}) || bytes.Contains(text, []byte("\" ")) {
		return
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimRight(text, "\x1a")))
	r.FieldsPerRecord = -1
	want, err := r.ReadAll()
	if err != nil {
		return
	}
	i := 0
	for _, row := range rows {
		if len(row.Cells) == 1 && row.Cells[0] == "" && (i == len(want) || len(want[i]) > 1 || want[i][0] != "") {
			continue
		}
		if i == len(want) || strings.Join(row.Cells, "\x00") != strings.Join(want[i], "\x00") {
			t.Fatalf("row %d is %q, not as in %q", row.Number, row.Cells, want)
		}
		i++
	}
}

func scanAll(src io.Reader) (rows []Row, err error) {
	s := newCSVScanner(src, ',')
	for {
		var row Row
		if err := s.next(&row); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return rows, err
		}
		rows = append(rows, row)
	}
}

// FuzzXLSX reads any text as a worksheet: it ends, without panic, and its rows ascend.
func FuzzXLSX(f *testing.F) {
	f.Add([]byte(sheetOf(header + `<row r="7"><c r="B7" s="1"><v>45292.5</v></c><c t="inlineStr"><is><r><t>x</t></r><rPh><t/></rPh></is></c></row>`)))
	f.Add([]byte(sheetOf(`<row><c t="s"><v>1</v></c><c t="str"><v>a<![CDATA[b]]>&#10;_xD83D__xDE00_</v></c></row><!-- x --><?y ?>`)))
	f.Add([]byte(`<worksheet><sheetData/><a b="c>d"/>`))
	f.Add([]byte("\xEF\xBB\xBF<x:worksheet><x:sheetData><x:row r='1'></x:row></x:sheetData>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		w := fuzzSheet(bytes.NewReader(text))
		defer w.close()
		slow := fuzzSheet(iotest.OneByteReader(bytes.NewReader(text)))
		number := 0
		for {
			var row, again Row
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
	for _, p := range []parts{excelBook(), numbersBook(), libraryBook(), tabs(tab{"a", []string{"x|y|z"}}, tab{"!b", nil})} {
		f.Add(p.stored(f))
	}
	f.Fuzz(func(t *testing.T, file []byte) { fuzzWorkbook(t, file) })
}

// FuzzParts reads good workbooks of which one part is anything.
func FuzzParts(f *testing.F) {
	names := []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}
	for i, name := range names {
		for _, p := range []parts{excelBook(), googleBook(), strictBook(), libraryBook()} {
			f.Add(byte(i), []byte(p[name]))
		}
	}
	f.Fuzz(func(t *testing.T, part byte, content []byte) {
		p := excelBook()
		p[names[int(part)%len(names)]] = string(content)
		fuzzWorkbook(t, p.stored(t))
	})
}

// fuzzWorkbook reads a workbook's worksheets: each ends, with rows that ascend or with an error that says what to do,
// and no more memory than a hundred megabytes.
func fuzzWorkbook(t *testing.T, file []byte) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := newWorkbook(bytes.NewReader(file), int64(len(file)))
	if err == nil {
		err = fuzzRows(t, b)
	}
	if err != nil && Hint(err) == "" {
		t.Fatalf("no hint for %v", err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 100<<20 {
		t.Fatalf("%d bytes took %d MB", len(file), used>>20)
	}
}

// fuzzRows reads the worksheet that is chosen, or else each by its name.
func fuzzRows(t *testing.T, b *workbook) error {
	sheets, err := b.choose(Options{Further: true}, new(notes))
	if err != nil {
		sheets = b.sheets[:min(len(b.sheets), 3)]
	}
	for _, s := range sheets {
		w, openErr := b.open(s, io.NopCloser(nil))
		if openErr != nil {
			return openErr
		}
		w.notes, w.headerRow = new(notes), func() int { return 1 }
		var row Row
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

// stored is a workbook that is not compressed, so that changes of its bytes reach its parts.
func (p parts) stored(t testing.TB) []byte {
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

func fuzzSheet(src io.Reader) *worksheet {
	shared := func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(`<sst><si><t>x</t></si><si><r><t>y</t></r></si></sst>`)), nil
	}
	return &worksheet{
		xml: newXMLScanner(src), part: io.NopCloser(src), file: io.NopCloser(nil),
		styles: []numberFormat{{}, {date: true, time: true}, {mask: "+00-#0"}, {elapsed: true, time: true}},
		epoch:  epoch1900, notes: new(notes), headerRow: func() int { return 1 }, shared: &sharedTexts{open: shared},
	}
}

// FuzzFormat reads any format and number.
func FuzzFormat(f *testing.F) {
	f.Add(`[$-413]dd/mm/yyyy\ hh:mm;@`, "45292.5")
	f.Add(`"+"00 0#-#`, "3.1612345678E10")
	f.Fuzz(func(t *testing.T, code, value string) {
		parseFormat(code).append(nil, value, epoch1900)
		parseFormat(code).append(nil, value, epoch1904)
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

// FuzzText reads any bytes as a CSV file in any encoding: there are rows or a clear error, all text is UTF-8, memory is
// bounded by the input, and each row that is not blank is the header, comes, or is counted as left out.
func FuzzText(f *testing.F) {
	for _, text := range []string{
		"Notes:\n\n\"a\"\n\nName,Email,City\nJan,jan@example.com,Delft\n\nTotal,,3\nGenerated by Jan\n", "sep=;\na;b\n1;2\n",
		"\xFF\xFEa\x00,\x00b\x00\n\x001\x00,\x00\xE9\x00", "\xFE\xFF\x00a\x00\t\x00b\x00\n\xD8\x00", "a;b\r1;Jos\xE9\r2;M\x9Fller\r", "a,b\n\"x\"y,\"Jan \"de\" M\"\n",
		"Person,,Reach,\nFirst,Last,Mail,Phone\na,b,a@example.com,1\nFirst,Last,Mail,Phone\nc,d,c@example.com,2\n", "n,m\nJosÃ©,\xC2\x81\n", "a\n\"", "\xEF\xBB\xBF",
	} {
		f.Add([]byte(text), "")
	}
	f.Add([]byte("a,b\n\x81,\xA5\n"), "cp850")
	f.Fuzz(func(t *testing.T, text []byte, encoding string) {
		raw, _ := fuzzText(text, encoding)
		if raw == nil {
			return
		}
		all := map[int]bool{}
		var row Row
		for raw.src.next(&row) == nil {
			all[row.Number] = filled(row.Cells) > 0
		}
		r, err := fuzzText(text, encoding)
		if err == nil {
			err = r.readHeader(Options{})
		}
		if err != nil {
			return
		}
		come := map[int]bool{r.headerRow: true}
		for {
			row, err := r.Next()
			if err != nil {
				if errors.Is(err, io.EOF) {
					accounted(t, r, all, come)
				}
				return
			}
			if come[row.Number] || len(row.Cells) < len(r.header) || !utf8.ValidString(strings.Join(row.Cells, "")) {
				t.Fatalf("row %d: %q, header %q", row.Number, row.Cells, r.header)
			}
			come[row.Number] = true
		}
	})
}

func fuzzText(text []byte, encoding string) (*Reader, error) {
	r := &Reader{format: CSV}
	src := bytes.NewReader(text)
	set, err := r.findCharset(src, encoding)
	if err != nil {
		return nil, err
	}
	if r.src, err = openCSV(set.reader(src), io.NopCloser(nil), 0, &r.notes); err != nil {
		return nil, err
	}
	return r, nil
}

// accounted holds the rows of a file that did not come against those that are counted as left out.
func accounted(t *testing.T, r *Reader, all, come map[int]bool) {
	missing, left := 0, 0
	for number, holds := range all {
		if holds && !come[number] {
			missing++
		}
	}
	for _, c := range r.Findings() {
		switch {
		case c.Code == "above_table" || c.Code == "footer" || c.Code == "repeated_header":
			left += c.Count
		case c.Code == "two_header_rows" && c.First[0].Row < r.headerRow:
			left++
		}
		if len(c.First) > maxFirst {
			t.Errorf("%d findings of %s are kept", len(c.First), c.Code)
		}
	}
	if missing != left {
		t.Errorf("%d rows did not come, %d are counted as left out: %+v", missing, left, r.Findings())
	}
}
