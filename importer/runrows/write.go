package runrows

import (
	"reflect"

	"crmferry/internal/quickjson"
	"crmferry/internal/state"
)

// Name is what the file is called in the folder of a run.
const Name = "rows.jsonl"

// version is the one of what the lines hold: rows, and the contacts in them. A file without one is of version 1, whose rows have
// whole remarks, not only their messages. Whoever renames or drops a field of them raises it, so that no other version of the
// program reads a contact without the field.
const version = 2

// line is one line of the file: a row, or behind the last one what is known of all of them.
type line[R, A any] struct {
	Version int `json:"version,omitempty"` // first, so that it is known whatever becomes of the rest
	Row     *R  `json:"row,omitempty"`
	About   *A  `json:"about,omitempty"`
	Rows    int `json:"rows,omitempty"` // with About: how many there are
}

// Writer writes the rows of a run, which are of type R, in their order. The file appears when Finish returns, whole or not at
// all. A nil Writer writes nothing.
type Writer[R, A any] struct {
	file  *state.File
	out   *state.Records
	index *indexWriter
	marks func(*R) []string
	json  *quickjson.Encoder
	line  []byte
	rows  int
	err   error // of the first row that could not be written
}

// Create begins a file that only the user may read, and an index beside it, by which Find finds rows by their marks.
func Create[R, A any](path string, marks func(*R) []string) (*Writer[R, A], error) {
	file, err := state.CreateFile(path, 0o600)
	if err != nil {
		return nil, &WriteError{err}
	}
	index, err := createIndex(path)
	if err != nil {
		file.Abort()
		return nil, &WriteError{err}
	}
	return &Writer[R, A]{file: file, out: state.NewRecords(file), index: index, marks: marks, json: quickjson.NewEncoder(reflect.TypeFor[line[R, A]]())}, nil
}

// Add writes a row. What goes wrong Finish returns.
func (w *Writer[R, A]) Add(row *R) {
	if w == nil || w.err != nil {
		return
	}
	w.err = w.append(line[R, A]{Row: row})
	w.index.add(w.rows, w.out.End(), w.marks(row))
	w.rows++
}

func (w *Writer[R, A]) append(l line[R, A]) (err error) {
	l.Version = version
	if w.line, err = w.json.Append(w.line[:0], &l); err != nil {
		return err
	}
	return w.out.Append(w.line)
}

// Finish writes what is known of all rows, and puts the file in place. It is durable when Finish returns.
func (w *Writer[R, A]) Finish(about *A) error {
	if w == nil {
		return nil
	}
	err := w.err
	if err == nil {
		err = w.append(line[R, A]{About: about, Rows: w.rows})
	}
	if err == nil {
		err = w.out.Flush()
	}
	if err == nil {
		err = w.index.finish(w.out.End())
	}
	if err == nil {
		err = w.file.Commit()
	}
	if err != nil {
		return &WriteError{err}
	}
	return nil
}

// WriteError is a file that cannot be written: its disk is full, say.
type WriteError struct{ Err error }

// Error is the cause.
func (e *WriteError) Error() string { return "write the rows of the run: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// Abort leaves no file. After Finish it does nothing.
func (w *Writer[R, A]) Abort() {
	if w != nil {
		w.index.file.Abort()
		w.file.Abort()
	}
}
