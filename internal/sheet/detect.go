package sheet

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// The first bytes of files that are not text.
const (
	magicZip = "PK\x03\x04"
	magicEnd = "PK\x05\x06" // a zip archive without files
	magicOLE = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

// formatOf is the format of the file by its content, which must not contradict its name. The file is left at its start.
func formatOf(f io.ReadSeeker, path string) (Format, error) {
	head, err := charset.ReadHead(f)
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
	if err := foreignError(head); err != nil {
		return err
	}
	head = charset.DecodeWide(head)
	switch {
	case charset.IsUTF32(head):
		return rows.Errorf(rows.ErrEncoding, "the text is in UTF-32, which is not read")
	case bytes.IndexByte(head, 0) >= 0 && named == XLSX:
		return rows.Errorf(rows.ErrNotSheet, "is not a workbook")
	case bytes.IndexByte(head, 0) >= 0:
		return rows.Errorf(rows.ErrNotSheet, "is not a text file: there are NUL bytes in it")
	}
	return markupError(head)
}

// oleError tells what an OLE file holds: workbooks of Excel 97-2003, those with a password, and documents of other programs
// have streams with other names.
func oleError(f io.ReadSeeker) error {
	if err := rewind(f); err != nil {
		return err
	}
	found := rows.Errorf(rows.ErrOldExcel, "is a workbook of Excel 97-2003 (.xls), which is not read")
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := f.Read(buf[kept:])
		seen := buf[:kept+n]
		for _, k := range []foreignKind{
			{"EncryptedPackage", rows.ErrEncrypted, "the workbook is encrypted: a password opens it"},
			{"WordDocument", rows.ErrDocument, "is a document of Word 97-2003 (.doc), not a sheet"},
			{"PowerPoint Document", rows.ErrDocument, "is a presentation of PowerPoint 97-2003 (.ppt), not a sheet"},
			{"__properties_version1.0", rows.ErrDocument, "is a mail or a contact of Outlook (.msg), not a sheet"},
		} {
			if bytes.Contains(seen, utf16Bytes(k.magic)) {
				return rows.Errorf(k.kind, "%s", k.what)
			}
		}
		if err == io.EOF {
			return found
		}
		if err != nil {
			return err
		}
		kept = copy(buf, seen[max(0, len(seen)-2*len("__properties_version1.0")):])
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
