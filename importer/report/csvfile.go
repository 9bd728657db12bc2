package report

import (
	"io"

	"github.com/gocarina/gocsv"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet/write"
)

// batchSize is how many lines are written at once: gocsv's reflection costs less for many.
const batchSize = 512

// lineFile writes structs of L as the lines of a CSV file, below their header. Cells that a spreadsheet program would
// compute are guarded, as those of an export are: ids and messages are what others wrote.
type lineFile[L any] struct {
	out  lineSheet
	rows []L
	head bool
}

func newLineFile[L any](w io.Writer, o write.TextOptions) (*lineFile[L], error) {
	out, err := write.NewWriter(w, o)
	return &lineFile[L]{out: lineSheet{out}}, err
}

func (f *lineFile[L]) write(lines ...L) error {
	f.rows = append(f.rows, lines...)
	if len(f.rows) < batchSize {
		return nil
	}
	return f.flush()
}

func (f *lineFile[L]) flush() error {
	marshal := gocsv.MarshalCSVWithoutHeaders
	if !f.head {
		marshal, f.head = gocsv.MarshalCSV, true
	}
	err := marshal(f.rows, f.out)
	f.rows = f.rows[:0]
	return err
}

// close writes what is left; of a file without lines, the header.
func (f *lineFile[L]) close() error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.out.Close()
}

// lineSheet is a write.Writer as gocsv wants it, which flushes after each batch.
type lineSheet struct{ write.Writer }

// Flush does nothing: the file ends with Close, and each Write says itself how it went.
func (lineSheet) Flush() {}

// Error returns nil.
func (lineSheet) Error() error { return nil }

// csvLines writes a report as CSV.
type csvLines struct{ *lineFile[Line] }

func newCSVLines(w io.Writer, o write.TextOptions) (csvLines, error) {
	f, err := newLineFile[Line](w, o)
	return csvLines{f}, err
}

func (c csvLines) write(l Line, _ *outcome.Result) error { return c.lineFile.write(l) }

func (c csvLines) finish(About, *outcome.Summary) error { return c.close() }
