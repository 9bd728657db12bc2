package write

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"

	"github.com/xuri/excelize/v2"
)

// deflateLevel takes half the time of the usual level 6 for an archive a fifth bigger; 1 is no faster (measured).
const deflateLevel = 2

// archive is a workbook that is being written. Excelize makes everything but the rows: what stands before and after
// them in a worksheet, and all other parts. Its StreamWriter makes rows too, but keeps up to 32 MB of each sheet in
// memory and the rest in a file of its own until the end, and takes three times as long; here each row goes into the
// archive as it comes.
type archive struct {
	file    *excelize.File
	zip     *sealingZip
	written map[string]bool // the parts that are in the archive already
}

func newArchive(w io.Writer) *archive {
	a := &archive{file: excelize.NewFile(), zip: newSealingZip(w), written: map[string]bool{}}
	a.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, deflateLevel) })
	return a
}

// render is what excelize would write now as the part of that path.
func (a *archive) render(path string) ([]byte, error) {
	part := &onePart{path: path}
	a.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return part })
	if err := a.file.Write(io.Discard); err != nil {
		return nil, err
	}
	return part.content.Bytes(), nil
}

// close writes all parts that are not written yet, and ends the archive with its seal.
func (a *archive) close() error {
	if err := a.zip.announce(a.file); err != nil {
		return err
	}
	a.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return otherParts{a.zip, a.written} })
	return a.file.Write(io.Discard)
}

// discard frees what is held.
func (a *archive) discard() { a.file.Close() }

// onePart is a zip writer that keeps one part.
type onePart struct {
	path    string
	content bytes.Buffer
}

func (p *onePart) Create(name string) (io.Writer, error) {
	if name == p.path {
		return &p.content, nil
	}
	return io.Discard, nil
}

func (p *onePart) AddFS(fs.FS) error { return nil }
func (p *onePart) Close() error      { return nil }

// otherParts is a zip writer that leaves out the parts that are written already.
type otherParts struct {
	*sealingZip
	written map[string]bool
}

func (p otherParts) Create(name string) (io.Writer, error) {
	if p.written[name] {
		return io.Discard, nil
	}
	return p.sealingZip.Create(name)
}

// sheetWriter is a worksheet that is being written into an archive. Errors of the archive appear at the latest in close.
type sheetWriter struct {
	archive *archive
	path    string
	frame   *excelize.StreamWriter // what stands around the rows
	head    int                    // bytes of the frame that stand before the rows
	out     *bufio.Writer
	rows    int
	bytes   int64
	row     []byte
	columns []string // the letters of the columns that were written to
}

// newSheet starts to write a worksheet. The frame has been given all that stands before the rows; header is the first
// one.
func (a *archive) newSheet(frame *excelize.StreamWriter, header []any, o excelize.RowOpts) (*sheetWriter, error) {
	s := &sheetWriter{archive: a, frame: frame, path: a.path(frame.Sheet)}
	if err := frame.SetRow("A1", header, o); err != nil {
		return nil, err
	}
	head, err := a.render(s.path)
	if err != nil {
		return nil, err
	}
	part, err := a.zip.Create(s.path)
	if err != nil {
		return nil, err
	}
	a.written[s.path] = true
	s.out, s.head, s.rows, s.bytes = bufio.NewWriterSize(part, 64<<10), len(head), 1, int64(len(head))
	_, err = s.out.Write(head)
	return s, err
}

// path is where the worksheet of that name stands in the archive.
func (a *archive) path(sheet string) string {
	for id, name := range a.file.GetSheetMap() {
		if name == sheet {
			return fmt.Sprintf("xl/worksheets/sheet%d.xml", id)
		}
	}
	panic("sheet: the workbook has no sheet " + sheet)
}

// close writes what stands behind the rows.
func (s *sheetWriter) close() error {
	if err := s.frame.Flush(); err != nil {
		return err
	}
	whole, err := s.archive.render(s.path)
	if err != nil {
		return err
	}
	s.out.Write(whole[s.head:])
	return s.out.Flush()
}
