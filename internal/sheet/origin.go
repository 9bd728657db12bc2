package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/seal"
)

// Origin is what a workbook says of who wrote it.
type Origin struct {
	Title, Subject, Description, Creator string // of the document

	// Sealed reports that crmferry wrote it, and that no program has saved it since.
	Sealed bool
}

// OriginOf reads what a workbook says of itself; what it does not say is empty. It fails for what is no workbook.
func OriginOf(path string) (Origin, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return Origin{}, rows.Errorf(rows.ErrNotSheet, "is no workbook: %v", err)
	}
	defer z.Close()
	var core struct {
		Title       string `xml:"title"`
		Subject     string `xml:"subject"`
		Description string `xml:"description"`
		Creator     string `xml:"creator"`
	}
	var custom struct {
		Properties []struct {
			Name string `xml:"name,attr"`
			Text string `xml:"lpwstr"`
		} `xml:"property"`
	}
	err = errors.Join(readProperties(z, "docProps/core.xml", &core), readProperties(z, seal.Part, &custom))
	o := Origin{Title: core.Title, Subject: core.Subject, Description: core.Description, Creator: core.Creator}
	for _, p := range custom.Properties {
		o.Sealed = o.Sealed || p.Name == seal.Name && p.Text == seal.Sum(sealedParts(z))
	}
	return o, err
}

// sealedParts are all parts but the seal.
func sealedParts(z *zip.ReadCloser) []*zip.FileHeader {
	var parts []*zip.FileHeader
	for _, f := range z.File {
		if f.Name != seal.Part {
			parts = append(parts, &f.FileHeader)
		}
	}
	return parts
}

// readProperties reads a part that holds properties; one that is not there holds none.
func readProperties(z *zip.ReadCloser, name string, into any) error {
	for _, f := range z.File {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return rows.Errorf(rows.ErrDamaged, "unpack %q: %v", name, err)
		}
		defer r.Close()
		if err := xml.NewDecoder(io.LimitReader(r, 1<<20)).Decode(into); err != nil {
			return rows.Errorf(rows.ErrDamaged, "read %q: %v", name, err)
		}
	}
	return nil
}
