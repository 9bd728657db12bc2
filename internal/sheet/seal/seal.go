// Package seal is the sum of a workbook's parts that a workbook of ours carries: writing puts it in, reading compares it.
package seal

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
)

// The seal of a workbook is a document property that holds the sum of all other parts. Other programs keep the property
// when they save the workbook, or drop it, but write the parts anew: the seal no longer fits, wherever the workbook is
// and whatever is known of it there.
const (
	Name = "crmferry-seal"
	Part = "docProps/custom.xml"
)

// Sum sums up parts by their names, sizes and checksums: reading it takes no time, however big the workbook is.
func Sum(parts []*zip.FileHeader) string {
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
