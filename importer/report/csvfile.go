package report

import (
	"io"
	"reflect"
	"strconv"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet/write"
)

// lineFile writes structs of L as the lines of a CSV file, below their header: what their fields have in tags for gocsv, which
// would take a tenth of the memory of an import for it. Cells that a spreadsheet program would compute are guarded, as those of an
// export are: ids and messages are what others wrote.
type lineFile[L any] struct {
	out    write.Writer
	line   *L
	fields []reflect.Value // of line, texts or numbers
	cells  []string
}

func newLineFile[L any](w io.Writer, o write.TextOptions) (*lineFile[L], error) {
	out, err := write.NewWriter(w, o)
	if err != nil {
		return nil, err
	}
	f := &lineFile[L]{out: out, line: new(L)}
	line := reflect.ValueOf(f.line).Elem()
	for _, field := range reflect.VisibleFields(line.Type()) {
		if name := field.Tag.Get("csv"); name != "" {
			f.fields, f.cells = append(f.fields, line.FieldByIndex(field.Index)), append(f.cells, name)
		}
	}
	return f, out.Write(f.cells)
}

func (f *lineFile[L]) write(line L) error {
	*f.line = line
	for i, field := range f.fields {
		if field.CanInt() {
			f.cells[i] = strconv.FormatInt(field.Int(), 10)
		} else {
			f.cells[i] = field.String()
		}
	}
	return f.out.Write(f.cells)
}

// close writes what is left.
func (f *lineFile[L]) close() error { return f.out.Close() }

// csvLines writes a report as CSV.
type csvLines struct{ *lineFile[Line] }

func newCSVLines(w io.Writer, o write.TextOptions) (csvLines, error) {
	f, err := newLineFile[Line](w, o)
	return csvLines{f}, err
}

func (c csvLines) write(l Line, _ *outcome.Result) error { return c.lineFile.write(l) }

func (c csvLines) finish(About, *outcome.Summary) error { return c.close() }
