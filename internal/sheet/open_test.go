package sheet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

func TestOpenErrors(t *testing.T) {
	workbook := string(xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header), nil).Bytes(t))
	zipOf := func(names ...string) string {
		p := xlsxtest.Parts{}
		for _, n := range names {
			p[n] = "x"
		}
		return string(p.Bytes(t))
	}
	document := xlsxtest.Parts{"_rels/.rels": `<Relationships><Relationship Id="rId1" Type="` + xlsxtest.RelType + `officeDocument" Target="word/document.xml"/></Relationships>`}
	missing := xlsxtest.Handmade("", nil)
	delete(missing, "xl/worksheets/sheet1.xml")
	ole := magicOLE + strings.Repeat("\x00", 70_000)
	tests := []struct {
		name, file, content string
		o                   Options
		kind                error
		text                string
	}{
		{"empty", "x.csv", "", Options{}, rows.ErrEmpty, "the file is empty"},
		{"empty workbook file", "x.xlsx", "", Options{}, rows.ErrEmpty, "the file is empty"},
		{"blank", "x.csv", "\n , \n\n", Options{}, rows.ErrEmpty, "no row"},
		{"BOM alone", "x.csv", charset.BOM, Options{}, rows.ErrEmpty, "no row"},
		{"CSV named XLSX", "x.xlsx", "a,b\n1,2\n", Options{}, rows.ErrNotSheet, "plain text"},
		{"XLSX named CSV", "x.csv", workbook, Options{}, rows.ErrNotSheet, "CSV"},
		{"HTML named XLSX", "x.xlsx", "\n<!DOCTYPE html><html>", Options{}, rows.ErrNotSheet, "HTML"},
		{"HTML named XLS", "x.xls", charset.BOM + "<html xmlns:x=\"\">", Options{}, rows.ErrNotSheet, "HTML"},
		{"HTML named CSV", "x.csv", "<TABLE><tr>", Options{}, rows.ErrNotSheet, "HTML"},
		{"XML", "x", "<?xml version=\"1.0\"?><Workbook/>", Options{}, rows.ErrNotSheet, "XML"},
		{"JSON", "x", "[\n {\"a\": 1}]", Options{}, rows.ErrNotSheet, "JSON"},
		{"vCards", "x.csv", "BEGIN:VCARD\r\n", Options{}, rows.ErrNotSheet, "vCard"},
		{"PDF", "x.csv", "%PDF-1.7", Options{}, rows.ErrNotSheet, "PDF"},
		{"binary", "x.csv", "\x7fELF\x00\x00", Options{}, rows.ErrNotSheet, "NUL"},
		{"binary named XLSX", "x.xlsx", "\x7fELF\x00\x00", Options{}, rows.ErrNotSheet, "not a workbook"},
		{"old Excel", "x.xls", ole, Options{}, rows.ErrOldExcel, "97-2003"},
		{"old Excel named CSV", "x.csv", ole, Options{}, rows.ErrOldExcel, "97-2003"},
		{"encrypted", "x.xlsx", ole[:65_530] + string(utf16Bytes("EncryptedPackage")) + ole, Options{}, rows.ErrEncrypted, "password"},
		{"zip", "x.zip", zipOf("a.csv"), Options{}, rows.ErrNotSheet, "no workbook: if a sheet is in it, unpack it first"},
		{"beside an open workbook", "~$x.xlsx", "\x06Ada", Options{}, rows.ErrNotSheet, `name the workbook itself, "x.xlsx"`},
		{"empty zip", "x.xlsx", zipOf(), Options{}, rows.ErrNotSheet, "no workbook"},
		{"OpenDocument", "x.ods", zipOf("content.xml"), Options{}, rows.ErrNotSheet, "OpenDocument"},
		{"binary workbook", "x.xlsb", zipOf("xl/workbook.bin"), Options{}, rows.ErrNotSheet, "xlsb"},
		{"Numbers", "x.numbers", zipOf("Index/Document.iwa"), Options{}, rows.ErrNotSheet, "a Numbers document, which is not read: export it as .xlsx"},
		{"document", "x.docx", string(document.Bytes(t)), Options{}, rows.ErrNotSheet, "no workbook"},
		{"cut off", "x.xlsx", workbook[:len(workbook)-30], Options{}, rows.ErrCutOff, "cut off"},
		{"no worksheet", "x.xlsx", string(xlsxtest.Handmade("", xlsxtest.Parts{"xl/_rels/workbook.xml.rels": "<Relationships/>"}).Bytes(t)), Options{}, rows.ErrEmpty, "no worksheet"},
		{"no part", "x.xlsx", string(missing.Bytes(t)), Options{}, rows.ErrDamaged, `lacks its part "xl/worksheets/sheet1.xml"`},
		{"bad relations", "x.xlsx", string(xlsxtest.Handmade("", xlsxtest.Parts{"xl/_rels/workbook.xml.rels": "<Rel"}).Bytes(t)), Options{}, rows.ErrDamaged, `part "xl/_rels/workbook.xml.rels": unexpected EOF`},
		{"bad workbook", "x.xlsx", string(xlsxtest.Handmade("", xlsxtest.Parts{"xl/workbook.xml": "<workbook><sheets>"}).Bytes(t)), Options{}, rows.ErrDamaged, "open the workbook"},
		{"UTF-32", "x.csv", bomUTF32Little + "a\x00\x00\x00,\x00\x00\x00", Options{}, rows.ErrEncoding, "UTF-32"},
		{"HTML in UTF-16", "x.xls", bomLittle + string(utf16Bytes("<html>")), Options{}, rows.ErrNotSheet, "HTML"},
		{"encoding", "x.csv", "a,b\n", Options{Encoding: "klingon"}, rows.ErrOption, `"klingon"`},
		{"encoding against the mark", "x.csv", bomLittle + string(utf16Bytes("a,b")), Options{Encoding: "cp1252"}, rows.ErrOption, "byte order mark"},
		{"encoding of a workbook", "x.xlsx", workbook, Options{Encoding: "cp1252"}, rows.ErrOption, "no encoding"},
		{"Cyrillic", "x.csv", "name\n\xcf\xe5\xf2\xf0\xee\xe2\n", Options{}, rows.ErrWhichEncoding, `reads "Петров" in Windows-1251 and `},
		{"Japanese", "x.csv", "name\n\x8eR\x93c\x91\xbe\x98Y\n", Options{}, rows.ErrWhichEncoding, `reads "山田太郎" in Shift-JIS and `},
		{"CSV named XLS", "x.xls", "a,b\n1,2\n", Options{}, rows.ErrNotSheet, "plain text"},
		{"gzip", "x.csv", "\x1f\x8b\x08\x00\x00", Options{}, rows.ErrNotSheet, "gzip"},
		{"bzip2", "x.csv", "BZh91AY&SY\x00\x00", Options{}, rows.ErrPacked, "bzip2"},
		{"zstd named XLSX", "x.xlsx", "\x28\xb5\x2f\xfd\x00", Options{}, rows.ErrPacked, "zstd"},
		{"xz", "x.csv.xz", "\xfd7zXZ\x00\x00", Options{}, rows.ErrPacked, "xz"},
		{"7z", "x.7z", "7z\xbc\xaf\x27\x1c\x00", Options{}, rows.ErrPacked, "7z"},
		{"RAR", "x.csv", "Rar!\x1a\x07\x00", Options{}, rows.ErrPacked, "RAR"},
		{"tar", "x.tar", "x.csv" + strings.Repeat("\x00", 252) + "ustar\x00", Options{}, rows.ErrPacked, "tar"},
		{"Parquet", "x.parquet", "PAR1\x15\x04", Options{}, rows.ErrDocument, "Parquet"},
		{"SQLite", "x.db", "SQLite format 3\x00", Options{}, rows.ErrDocument, "SQLite"},
		{"Access", "x.mdb", "\x00\x01\x00\x00Standard Jet DB\x00", Options{}, rows.ErrDocument, "Access"},
		{"RTF", "x.rtf", `{\rtf1\ansi`, Options{}, rows.ErrDocument, "RTF"},
		{"PNG", "x.png", "\x89PNG\r\n\x1a\n", Options{}, rows.ErrDocument, "PNG"},
		{"Excel 4", "x.xls", "\x09\x04\x06\x00\x00\x00", Options{}, rows.ErrOldExcel, "or earlier"},
		{"Word", "x.doc", ole + string(utf16Bytes("WordDocument")) + ole, Options{}, rows.ErrDocument, "Word"},
		{"PowerPoint", "x.xls", ole + string(utf16Bytes("PowerPoint Document")), Options{}, rows.ErrDocument, "PowerPoint"},
		{"Outlook", "x.msg", ole[:65_520] + string(utf16Bytes("__properties_version1.0")), Options{}, rows.ErrDocument, "Outlook"},
		{"SYLK", "x.slk", "ID;PWXL;N;E\r\nP;PGeneral\r\nB;Y2;X2\r\nC;Y1;X1;K\"Name\"\r\nE\r\n", Options{}, rows.ErrNotSheet, "SYLK"},
		{"DIF", "x.dif", "TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n", Options{}, rows.ErrNotSheet, "DIF"},
		{"XML Spreadsheet", "x.xls", "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", Options{}, rows.ErrNotSheet, "XML Spreadsheet 2003"},
		{"MHTML", "x.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", Options{}, rows.ErrNotSheet, "MHTML"},
		{"a piece of HTML", "x.xls", "<!-- report -->\n<style>td {}</style><div>", Options{}, rows.ErrNotSheet, "HTML"},
		{"JSON lines", "x.json", "{\"name\": 1}\n{\"name\": 2}\n", Options{}, rows.ErrDocument, "JSON"},
		{"JSON arrays", "x.csv", "[\n [\"a\", 1]]", Options{}, rows.ErrDocument, "JSON"},
		{"records of psql", "x.txt", "-[ RECORD 1 ]----\nname | Ada\n", Options{}, rows.ErrDocument, "one column in each line"},
		{"header with another delimiter", "x.csv", "Naam;Plaats;Land\nJan,Delft,NL,1\nPia,Gouda,NL,2\nPia,Gouda,NL,+31201234567\n", Options{}, rows.ErrMixed, `the header has 3 cells with ';' between them, "Naam;Plaats;Land", and the rows below have 4 with ','`},
		{"a link to a Google sheet", "x.gsheet", "{\"url\": \"https://docs.google.com/open?id=1\"}", Options{}, rows.ErrDocument, "link to a Google sheet"},
		{"iCalendar", "x.ics", "BEGIN:VCALENDAR\r\n", Options{}, rows.ErrDocument, "calendar"},
		{"LDIF", "x.ldif", "version: 1\n\ndn: cn=Ada\n", Options{}, rows.ErrDocument, "LDIF"},
		{"LDIF without version", "x.ldif", "dn: cn=Ada,dc=example\nobjectClass: person\n", Options{}, rows.ErrDocument, "LDIF"},
		{"carets", "x.csv", "First name^Email\nAnn^ann@example.com\n", Options{}, rows.ErrOneCell, "with '^' between them"},
		{"colons", "x.csv", "First name:Last name:Email\nAnn:Lee:ann@example.com\n", Options{}, rows.ErrOneCell, "with ':' between them"},
		{"mail box", "x.mbox", "From ada@example.com Thu Jan  1 10:00:00 2026\nReturn-Path: <ada@example.com>\n", Options{}, rows.ErrDocument, "mail box"},
		{"mail", "x.eml", "Received: from example.com\r\n\tby example.net\r\nDate: today\r\n", Options{}, rows.ErrDocument, "mail"},
		{"sheet of a CSV", "x.csv", "a,b\n", Options{Sheet: "One"}, rows.ErrOption, `"One"`},
		{"delimiter of a workbook", "x.xlsx", workbook, Options{Delimiter: ';'}, rows.ErrOption, "no delimiter"},
		{"bad delimiter", "x.csv", "a,b\n", Options{Delimiter: '"'}, rows.ErrOption, "delimiter"},
		{"wide delimiter", "x.csv", "a,b\n", Options{Delimiter: '¦'}, rows.ErrOption, "delimiter"},
		{"wrong delimiter", "x.csv", "a;b\n1;2\n", Options{Delimiter: ','}, rows.ErrDelimiter, `"a;b" is one column with the delimiter ',', but has ';' in it`},
		{"missing sheet", "x.xlsx", workbook, Options{Sheet: "Two"}, rows.ErrNoSheet, `there is no sheet "Two"; there are "One"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(file(t, tt.file, tt.content), tt.o)
			var e *Error
			if !errors.Is(err, tt.kind) || !errors.As(err, &e) || !strings.Contains(fmt.Sprint(err), tt.text) {
				t.Fatalf("got %v", err)
			}
			if filepath.Base(e.Path) != tt.file || rows.KindOf(err) == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, kind %v", err, rows.KindOf(err))
			}
		})
	}
}

func TestOpenNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, Options{}); !errors.Is(err, rows.ErrFolder) {
		t.Errorf("folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "no.csv"), Options{}); !errors.Is(err, rows.ErrNoFile) || rows.KindOf(err) == nil {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(os.DevNull, Options{}); !errors.Is(err, rows.ErrNoFile) {
		t.Errorf("device: %v", err)
	}
	if rows.KindOf(os.ErrClosed) != nil {
		t.Error("a foreign error has a kind")
	}
}

func TestOpenByContent(t *testing.T) {
	workbook := string(xlsxtest.Handmade(xlsxtest.SheetOf(xlsxtest.Header), nil).Bytes(t))
	for _, tt := range []struct {
		name, content string
		want          Format
	}{
		{"leads", "ID;Plaats;Email\nC;Delft;c@example.com\nP;Gouda;p@example.com\n", CSV}, {"from.csv", "From,To,Date\nX-Ray: a,b\n", CSV}, {"leads", "PARTY,BZh\n1,2\n", CSV},
		{"leads", "a,b\n", CSV}, {"leads.dat", workbook, XLSX}, {"leads.TSV", "a\tb\n", CSV}, {"leads.XLSM", workbook, XLSX},
	} {
		r, err := Open(file(t, tt.name, tt.content), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Format() != tt.want {
			t.Errorf("%s is %s", tt.name, r.Format())
		}
		if err := errors.Join(r.Close(), r.Close()); err != nil {
			t.Error(err)
		}
		if _, err := r.Next(); !errors.Is(err, os.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	}
}

func TestDelimiter(t *testing.T) {
	tests := []struct {
		name, content string
		want          rune
	}{
		{"comma", "a,b\n1,2\n", ','},
		{"semicolon", "a;b\n1;2\n", ';'},
		{"tab", "a\tb\n1\t2\n", '\t'},
		{"pipe", "a|b\n1|2\n", '|'},
		{"one column", "email\na@example.com\n", ','},
		{"decimal commas", "Naam;Bedrag\nJan;1,5\nPiet;2,75\n", ';'},
		{"commas in the header", "Werkadres, straat;Plaats\nKade 1;Delft\nLaan 2;Gouda\n", ';'},
		{"a comma in every row", "Naam;Adres;Plaats, provincie\nJan;Kade 1;Delft, ZH\nPiet;Laan 2;Gouda, ZH\n", ';'},
		{"quoted commas", "\"last, first\";\"city\"\n\"Jansen, Jan\";\"Delft\"\n", ';'},
		{"quoted semicolons", "name,tags\nJan,\"a;b;c\"\nPiet,\"a;b\"\n", ','},
		{"quoted newlines", "name;note\nJan;\"a,b\nc,d\n\"\nPiet;\"e,\"\n", ';'},
		{"short rows", "a,b,c\n1\n1,2\n1,2,3\n", ','},
		{"blank rows first", "\n\n;;\na;b;c\n1;2;3\n", ';'},
		{"header only", "a;b;c", ';'},
		{"a header with another delimiter", "a;b;c\n1,2,3\n", ','},
		{"a header with another delimiter, of two cells", "a\tb\n1;2\n3;4\n", ';'},
		{"two addresses in one cell", "email\na@example.com\nb@example.com; c@example.com\n", ','},
		{"two addresses in each cell", "email\na@example.com; b@example.com\nc@example.com; d@example.com\n", ','},
		{"names in one column", "naam\nJan Jansen\nSmit; Pia\nBakker; Cees\nBob\nEva\n", ','},
		{"a quote that never closes", "a;b\n1;2\n3;\"4\n5;6\n", ';'},
		{"header longer than the sample", strings.Repeat("Column;", sampleSize/6) + "a, b\n1\n", ';'},
		{"quoted cell longer than the sample", "a;b\n1;\"" + strings.Repeat("x,y\n", sampleSize/4) + "\"\n", ';'},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Open(file(t, "x.csv", tt.content), Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if r.Delimiter() != tt.want {
				t.Errorf("got %q, want %q", r.Delimiter(), tt.want)
			}
		})
	}
	r, err := Open(file(t, "x.csv", "a:b;c\n1:2;3\n"), Options{Delimiter: ':'})
	if err != nil || len(r.Header()) != 2 || r.Header()[1] != "b;c" {
		t.Errorf("a delimiter that was named: %v", err)
	}
	r.Close()
}
