package sheet

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// The seal of a workbook is a document property that holds the sum of all other parts. Other programs keep the property
// when they save the workbook, or drop it, but write the parts anew: the seal no longer fits, wherever the workbook is
// and whatever is known of it there.
const (
	sealName = "crmferry-seal"
	sealPart = "docProps/custom.xml"
)

// WriteBook writes a workbook with a seal.
func WriteBook(f *excelize.File, w io.Writer) error {
	seal := newSealingZip(w)
	if err := seal.announce(f); err != nil {
		return err
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return seal })
	return f.Write(io.Discard)
}

// sealingZip writes the archive of a workbook, whose last part becomes the seal.
type sealingZip struct {
	*zip.Writer
	parts []*zip.FileHeader // which know their sums when the next part begins
}

func newSealingZip(w io.Writer) *sealingZip { return &sealingZip{Writer: zip.NewWriter(w)} }

// announce makes the workbook refer to the seal.
func (z *sealingZip) announce(f *excelize.File) error {
	return f.SetCustomProps(excelize.CustomProperty{Name: sealName, Value: ""})
}

// Create begins a part; what is written as the seal before all parts are there is dropped.
func (z *sealingZip) Create(name string) (io.Writer, error) {
	if name == sealPart {
		return io.Discard, nil
	}
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	z.parts = append(z.parts, h)
	return z.CreateHeader(h)
}

// Close writes the seal and ends the archive.
func (z *sealingZip) Close() error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: sealPart, Method: zip.Deflate})
	if err != nil {
		return err
	}
	if _, err := w.Write(sealXML(sumOf(z.parts))); err != nil {
		return err
	}
	return z.Writer.Close()
}

// sumOf sums up parts by their names, sizes and checksums: reading it takes no time, however big the workbook is.
func sumOf(parts []*zip.FileHeader) string {
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = fmt.Sprintf("%q %d %08x\n", p.Name, p.UncompressedSize64, p.CRC32)
	}
	slices.Sort(lines)
	sum := sha256.New()
	for _, l := range lines {
		io.WriteString(sum, l)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// sealXML is the part that holds the seal.
func sealXML(sum string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`+
		`<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name=%q><vt:lpwstr>%s</vt:lpwstr></property></Properties>`, sealName, sum)
	return b.Bytes()
}
