package sheet

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// foreignKind is a kind of file that is not read, with what it begins with, and what it is.
type foreignKind struct {
	magic string
	kind  error
	what  string
}

// foreignError refuses a file whose first bytes are those of a format that is not read; nil for any other. It asks for more
// bytes than the letters of a header may be.
func foreignError(head []byte) error {
	for _, k := range []foreignKind{
		{"\x1F\x8B", rows.ErrPacked, "compressed (gzip): unpack it first"},
		{"\xFD7zXZ\x00", rows.ErrPacked, "compressed (xz): unpack it first"},
		{"\x28\xB5\x2F\xFD", rows.ErrPacked, "compressed (zstd): unpack it first"},
		{"\x04\x22\x4D\x18", rows.ErrPacked, "compressed (lz4): unpack it first"},
		{"7z\xBC\xAF\x27\x1C", rows.ErrPacked, "a 7z archive: unpack it first"},
		{"Rar!\x1A\x07", rows.ErrPacked, "a RAR archive: unpack it first"},
		{"MSCF\x00\x00\x00\x00", rows.ErrPacked, "a CAB archive: unpack it first"},
		{"PAR1", rows.ErrDocument, "a Parquet file, not a sheet"},
		{"ARROW1\x00\x00", rows.ErrDocument, "an Arrow file, not a sheet"},
		{"Obj\x01", rows.ErrDocument, "an Avro file, not a sheet"},
		{"ORC\x0A", rows.ErrDocument, "an ORC file, not a sheet"},
		{"SQLite format 3\x00", rows.ErrDocument, "an SQLite database, not a sheet"},
		{"\x00\x01\x00\x00Standard Jet DB", rows.ErrDocument, "an Access database, not a sheet"},
		{"\x00\x01\x00\x00Standard ACE DB", rows.ErrDocument, "an Access database, not a sheet"},
		{"!BDN", rows.ErrDocument, "an Outlook data file (.pst), not a sheet"},
		{"bplist00", rows.ErrDocument, "a property list, not a sheet"},
		{"%PDF-", rows.ErrDocument, "a PDF document"},
		{`{\rtf`, rows.ErrDocument, "a document (RTF), not a sheet"},
		{"\x89PNG\r\n", rows.ErrDocument, "a picture (PNG), not a sheet"},
		{"\xFF\xD8\xFF", rows.ErrDocument, "a picture (JPEG), not a sheet"},
		{"GIF89a", rows.ErrDocument, "a picture (GIF), not a sheet"},
		{"\x09\x08\x10\x00", rows.ErrOldExcel, oldExcel},
		{"\x09\x08\x08\x00", rows.ErrOldExcel, oldExcel},
		{"\x09\x04\x06\x00", rows.ErrOldExcel, oldExcel},
		{"\x09\x02\x06\x00", rows.ErrOldExcel, oldExcel},
		{"\x09\x00\x04\x00", rows.ErrOldExcel, oldExcel},
		{"\x00\x00\x1A\x00", rows.ErrNotSheet, "a Lotus 1-2-3 sheet, which is not read"},
		{"\x00\x00\x02\x00\x04\x04", rows.ErrNotSheet, "a Lotus 1-2-3 sheet, which is not read"},
	} {
		if hasPrefix(head, k.magic) {
			return rows.Errorf(k.kind, "is %s", k.what)
		}
	}
	switch {
	case hasPrefix(head, "BZh") && len(head) > 9 && string(head[4:10]) == "1AY&SY":
		return rows.Errorf(rows.ErrPacked, "is compressed (bzip2): unpack it first")
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return rows.Errorf(rows.ErrPacked, "is a tar archive: unpack it first")
	}
	return nil
}

const oldExcel = "a workbook of Excel 97-2003 or earlier (.xls), which is not read"

const ldif = "a file of a directory (LDIF), not a sheet"

const oneColumnPerLine = "a list with one column in each line (\\G of mysql, \\x of psql), not a table"

// markupError refuses text that is in a format of its own: pages, documents of data, mails, sheets of old programs.
func markupError(head []byte) error {
	text := strings.ToLower(string(bytes.TrimPrefix(head, []byte(charset.BOM))))
	bare := strings.Join(strings.Fields(text), "")
	for _, k := range []foreignKind{
		{"{\"\":\"warning!donotedit", rows.ErrDocument, "only a link to a Google sheet: open that, and choose File, Download"},
		{"{\"url\":\"https://docs.google.com", rows.ErrDocument, "only a link to a Google sheet: open that, and choose File, Download"},
		{"<?xml", rows.ErrNotSheet, "an XML document" + sheetInXML(bare)},
		{"<workbook", rows.ErrNotSheet, "an XML document" + sheetInXML(bare)},
		{"{\"", rows.ErrDocument, "a JSON document, not a sheet"},
		{"[{", rows.ErrDocument, "a JSON document, not a sheet"},
		{"[[\"", rows.ErrDocument, "a JSON document, not a sheet"},
		{"begin:vcard", rows.ErrDocument, "a file of vCards, not a sheet"},
		{"begin:vcalendar", rows.ErrDocument, "a calendar (iCalendar), not a sheet"},
		{"version:1dn:", rows.ErrDocument, ldif}, {"#extendedldif", rows.ErrDocument, ldif}, {"#ldif", rows.ErrDocument, ldif}, {"dn::", rows.ErrDocument, ldif},
		{"mime-version:1.0content-type:multipart/related", rows.ErrNotSheet, "a web page (MHTML), not a sheet"},
		{"-[record1]", rows.ErrDocument, oneColumnPerLine},
		{"─[record1]", rows.ErrDocument, oneColumnPerLine},
		{"***************************1.row***************************", rows.ErrDocument, oneColumnPerLine},
		{"table0,1\"", rows.ErrNotSheet, "a sheet in DIF, which is not read"},
	} {
		if strings.HasPrefix(bare, k.magic) {
			return rows.Errorf(k.kind, "is %s", k.what)
		}
	}
	switch {
	case directoryStart().MatchString(text):
		return rows.Errorf(rows.ErrDocument, "is %s", ldif)
	case isWebPage(bare):
		return rows.Errorf(rows.ErrNotSheet, "is a web page (HTML), not a sheet")
	case isSYLK(text):
		return rows.Errorf(rows.ErrNotSheet, "is a sheet in SYLK, which is not read")
	case mailStart().MatchString(text):
		return rows.Errorf(rows.ErrDocument, "is a mail or a mail box, not a sheet")
	}
	return nil
}

// sheetInXML says of an XML document which kind of sheet it is.
func sheetInXML(bare string) string {
	if strings.Contains(bare, "urn:schemas-microsoft-com:office:spreadsheet") {
		return " (XML Spreadsheet 2003), which is not read"
	}
	return ", not a sheet"
}

// isWebPage reports whether a text begins with a tag of HTML.
func isWebPage(bare string) bool {
	for strings.HasPrefix(bare, "<!--") {
		_, after, closed := strings.Cut(bare, "-->")
		if !closed {
			return true
		}
		bare = after
	}
	for _, tag := range []string{"!doctype", "html", "head", "body", "meta", "table", "style", "script", "div", "tr>", "tbody", "p>", "center>", "font"} {
		if strings.HasPrefix(bare, "<"+tag) {
			return true
		}
	}
	return false
}

// isSYLK reports whether the first lines are records of SYLK. A header may begin with ID; as well.
func isSYLK(text string) bool {
	lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' })
	if len(lines) < 3 || !strings.HasPrefix(lines[0], "id;p") {
		return false
	}
	if words := strings.Split(lines[0], ";")[2:]; slices.ContainsFunc(words, func(word string) bool { return len(word) > 1 }) {
		return false
	}
	for _, line := range lines[1:min(len(lines)-1, 6)] {
		record, _, ok := strings.Cut(line, ";")
		if !ok && line != "e" || len(record) > 2 || !strings.Contains(" p f b c o nn ne nu w e ", " "+record+" ") {
			return false
		}
	}
	return true
}

// directoryStart is how a record of a directory begins.
func directoryStart() *regexp.Regexp {
	return regexp.MustCompile(`^dn: ?[a-z0-9.]+=[^\r\n]*[\r\n]+(?: [^\r\n]*[\r\n]+)*[a-z0-9;-]+::? ?\S`)
}

// mailStart is how a mail begins, or a box of them.
func mailStart() *regexp.Regexp {
	return regexp.MustCompile(`^(from \S+@?\S* [a-z]{3} [a-z]{3} +\d+ \d\d:\d\d[^\r\n]*\r?\n[a-z-]+:|(return-path|received|delivered-to|x-[a-z-]+): [^\r\n]*[\r\n]+(\s[^\r\n]*[\r\n]+)*[a-z-]+: )`)
}
