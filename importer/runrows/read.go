package runrows

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"crmferry/internal/quickjson"
	"crmferry/internal/state"
)

// Read calls each for every row in its order, seq counts them from 0, and returns what is known of all of them. The row is
// valid until each returns. An error of each ends it and is returned, as is the cause of the context's end. A file that is
// damaged is a *DamagedError, one of another version a *VersionError, one that does not exist an error that wraps
// fs.ErrNotExist.
func Read[R, A any](ctx context.Context, path string, each func(seq int, row *R) error) (*A, error) {
	seq, whole := 0, false
	var about *A
	lines, row := newLines[R, A](path), newRowLines[R]()
	damage, err := state.ReadJournal(path, func(_ int64, record []byte) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if row.decode(record) {
			seq++
			return each(seq-1, &row.row)
		}
		l, err := lines.decode(record)
		if err != nil {
			return err
		}
		if l.Row == nil {
			about, whole = l.About, l.Rows == seq && l.About != nil
			return nil
		}
		seq++
		return each(seq-1, l.Row)
	})
	switch {
	case err != nil:
		return nil, err
	case damage != state.Damage{}:
		return nil, &DamagedError{path, damage.String()}
	case !whole:
		return nil, &DamagedError{path, "its end is missing"}
	}
	return about, nil
}

// lines reads the lines of a file.
type lines[R, A any] struct {
	path string
	json *quickjson.Decoder
}

func newLines[R, A any](path string) lines[R, A] {
	return lines[R, A]{path, quickjson.NewDecoder(reflect.TypeFor[line[R, A]]())}
}

// decode reads a line, if it is of a version that is known.
func (f lines[R, A]) decode(record []byte) (l line[R, A], err error) {
	err = f.json.Unmarshal(record, &l)
	switch {
	case l.Version > version:
		return l, &VersionError{f.path, l.Version}
	case err != nil:
		return l, &DamagedError{f.path, err.Error()}
	}
	return l, nil
}

// rowLines reads the rows of this version one by one into the same memory.
type rowLines[R any] struct {
	json *quickjson.Decoder
	head []byte // of a line with a row, up to that
	row  R
}

func newRowLines[R any]() *rowLines[R] {
	return &rowLines[R]{json: quickjson.NewDecoder(reflect.TypeFor[R]()), head: fmt.Appendf(nil, `{"version":%d,"row":`, version)}
}

// decode reads a line, and reports whether it is such a row and nothing else.
func (f *rowLines[R]) decode(record []byte) bool {
	rest, ok := bytes.CutPrefix(record, f.head)
	if ok = ok && bytes.HasPrefix(rest, []byte("{")); ok {
		rest, ok = bytes.CutSuffix(rest, []byte("}"))
	}
	return ok && f.json.Unmarshal(rest, &f.row) == nil
}

// VersionError is a file of a version that this program does not know.
type VersionError struct {
	Path    string
	Version int
}

// Error names the file.
func (e *VersionError) Error() string {
	return fmt.Sprintf("read the rows of the run %q: they are of version %d, and this crmferry knows version %d: use the crmferry that wrote them, or a later one", e.Path, e.Version, version)
}

// DamagedError is a file that is not as it was written.
type DamagedError struct{ Path, Reason string }

// Error names the file.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("read the rows of the run %q: %s", e.Path, e.Reason)
}
