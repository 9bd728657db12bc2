package write

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/sheet/seal"
)

// writeSealed writes a workbook with a seal.
func writeSealed(f *excelize.File, w io.Writer) error {
	z := newSealingZip(w)
	if err := z.announce(f); err != nil {
		return err
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return z })
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
	return f.SetCustomProps(excelize.CustomProperty{Name: seal.Name, Value: ""})
}

// Create begins a part; what is written as the seal before all parts are there is dropped.
func (z *sealingZip) Create(name string) (io.Writer, error) {
	if name == seal.Part {
		return io.Discard, nil
	}
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	z.parts = append(z.parts, h)
	return z.CreateHeader(h)
}

// Close writes the seal and ends the archive.
func (z *sealingZip) Close() error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: seal.Part, Method: zip.Deflate})
	if err != nil {
		return err
	}
	if _, err := w.Write(sealXML(seal.Sum(z.parts))); err != nil {
		return err
	}
	return z.Writer.Close()
}

// sealXML is the part that holds the seal.
func sealXML(sum string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`+
		`<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name=%q><vt:lpwstr>%s</vt:lpwstr></property></Properties>`, seal.Name, sum)
	return b.Bytes()
}
