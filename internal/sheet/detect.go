package sheet

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"crmferry/internal/sheet/csv"
	"crmferry/internal/sheet/rows"
)

// The first bytes of files that are not text.
const (
	magicZip  = "PK\x03\x04"
	magicEnd  = "PK\x05\x06" // a zip archive without files
	magicGzip = "\x1F\x8B"
	magicOLE  = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

// formatOf is the format of the file by its content, which must not contradict its name. The file is left at its start.
func formatOf(f io.ReadSeeker, path string) (Format, error) {
	head, err := csv.ReadHead(f)
	if err != nil {
		return "", err
	}
	named := namedFormat(path)
	if name, ok := strings.CutPrefix(filepath.Base(path), "~$"); ok {
		return "", rows.Errorf(rows.ErrNotSheet, "is what Excel keeps beside a workbook while it is open: name the workbook itself, %q", name)
	}
	switch {
	case len(head) == 0:
		return "", rows.Errorf(rows.ErrEmpty, "the file is empty")
	case hasPrefix(head, magicOLE):
		return "", oleError(f)
	case hasPrefix(head, magicZip), hasPrefix(head, magicEnd):
		if named == CSV {
			return "", rows.Errorf(rows.ErrNotSheet, "is a zip archive or a workbook, not the CSV file that its name promises: if it is a workbook, rename it to .xlsx")
		}
		return XLSX, rewind(f)
	}
	if err := textError(head, named); err != nil {
		return "", err
	}
	if named == XLSX {
		return "", rows.Errorf(rows.ErrNotSheet, "is plain text, not the workbook that its name promises: if it is CSV, rename it to .csv")
	}
	return CSV, rewind(f)
}

func rewind(f io.Seeker) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// namedFormat is what the file's name promises, "" if it promises nothing that is read.
func namedFormat(path string) Format {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".tsv", ".tab", ".txt":
		return CSV
	case ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls":
		return XLSX
	}
	return ""
}

func hasPrefix(b []byte, prefix string) bool { return bytes.HasPrefix(b, []byte(prefix)) }

// textError refuses what is not text, and text that is no sheet.
func textError(head []byte, named Format) error {
	head = csv.DecodeWide(head)
	switch {
	case csv.IsUTF32(head):
		return rows.Errorf(rows.ErrEncoding, "the text is in UTF-32, which is not read")
	case hasPrefix(head, magicGzip):
		return rows.Errorf(rows.ErrNotSheet, "is compressed (gzip): unpack it first")
	case hasPrefix(head, "%PDF-"):
		return rows.Errorf(rows.ErrNotSheet, "is a PDF document")
	case bytes.IndexByte(head, 0) >= 0 && named == XLSX:
		return rows.Errorf(rows.ErrNotSheet, "is not a workbook")
	case bytes.IndexByte(head, 0) >= 0:
		return rows.Errorf(rows.ErrNotSheet, "is not a text file: there are NUL bytes in it")
	}
	text := strings.ToLower(string(bytes.TrimPrefix(head, []byte(csv.BOM))))
	text = strings.Join(strings.Fields(text), "")
	kinds := []struct{ prefix, kind string }{
		{"<!doctype", "a web page (HTML)"},
		{"<html", "a web page (HTML)"},
		{"<head", "a web page (HTML)"},
		{"<body", "a web page (HTML)"},
		{"<meta", "a web page (HTML)"},
		{"<table", "a web page (HTML)"},
		{"<?xml", "an XML document"},
		{"{\"", "a JSON document"},
		{"[{", "a JSON document"},
		{"begin:vcard", "a file of vCards"},
	}
	for _, k := range kinds {
		if strings.HasPrefix(text, k.prefix) {
			return rows.Errorf(rows.ErrNotSheet, "is %s, not a sheet", k.kind)
		}
	}
	return nil
}

// oleError tells a workbook with a password from one of Excel 97-2003: both are OLE files, and the former has a stream
// with this name.
func oleError(f io.ReadSeeker) error {
	if err := rewind(f); err != nil {
		return err
	}
	name := utf16Bytes("EncryptedPackage")
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := f.Read(buf[kept:])
		seen := buf[:kept+n]
		if bytes.Contains(seen, name) {
			return rows.Errorf(rows.ErrEncrypted, "the workbook is encrypted: a password opens it")
		}
		if err == io.EOF {
			return rows.Errorf(rows.ErrOldExcel, "is a workbook of Excel 97-2003 (.xls), which is not read")
		}
		if err != nil {
			return err
		}
		kept = copy(buf, seen[max(0, len(seen)-len(name)):])
	}
}

// utf16Bytes is ASCII text in UTF-16, little endian.
func utf16Bytes(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}
