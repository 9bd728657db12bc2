package runrows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"crmferry/internal/state"
)

// Find calls each for every row that has one of the marks, and perhaps for some others, in no order, and for none twice. It
// uses the index where there is one that is whole, else it reads all rows.
func Find[R, A any](ctx context.Context, path string, marks []string, each func(seq int, row *R) error) error {
	places, ok, err := places(path, marks)
	if err != nil {
		return err
	}
	if !ok {
		_, err = Read[R, A](ctx, path, func(seq int, row *R) error { return each(seq, new(*row)) }) // Read uses its row again
		return err
	}
	view, err := state.ViewRecords(path)
	if err != nil {
		return err
	}
	defer view.Close()
	lines := newLines[R, A](path)
	for seq, at := range places {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		raw, err := view.Read(at)
		if err != nil {
			return err
		}
		l, err := lines.decode(raw)
		if unknown := (*VersionError)(nil); errors.As(err, &unknown) {
			return err
		}
		if err != nil || l.Row == nil {
			return fmt.Errorf("read the rows of the run %q: no row ends at %d", path, at)
		}
		if err := each(seq, l.Row); err != nil {
			return err
		}
	}
	return nil
}

// places asks the index of a rows file where the rows with one of the marks stand. It is not ok without an index that is whole.
func places(path string, marks []string) (found map[int]int64, ok bool, err error) {
	rows, err := os.Stat(path)
	if err != nil {
		return nil, false, fmt.Errorf("read the rows of the run: %w", err)
	}
	file, err := os.Open(indexPath(path))
	if err != nil {
		return nil, false, nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, false, nil
	}
	x, ok := openIndex(file, info.Size(), rows.Size())
	found = map[int]int64{}
	for _, mark := range marks {
		ok = ok && x.find(mark, func(seq int, at int64) { found[seq] = at })
	}
	return found, ok, nil
}

// Pick calls each for those of the rows that are wanted.
func Pick[R, A any](ctx context.Context, path string, wanted func(seq int) bool, each func(seq int, row *R) error) error {
	seq, lines := 0, newLines[R, A](path)
	damage, err := state.ReadJournal(path, func(_ int64, record []byte) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if seq++; !wanted(seq - 1) {
			return nil
		}
		l, err := lines.decode(record)
		if unknown := (*VersionError)(nil); errors.As(err, &unknown) {
			return err
		}
		if err != nil || l.Row == nil {
			return fmt.Errorf("read the rows of the run %q: row %d is missing", path, seq)
		}
		return each(seq-1, l.Row)
	})
	if err == nil && damage != (state.Damage{}) {
		err = fmt.Errorf("read the rows of the run %q: %s", path, damage)
	}
	return err
}

// Files are what a run keeps its rows in, in its folder.
func Files(dir string) []string {
	path := filepath.Join(dir, Name)
	return []string{indexPath(path), path}
}

// Remove removes a rows file and its index.
func Remove(path string) error {
	for _, p := range []string{indexPath(path), path} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the rows of the run: %w", err)
		}
	}
	return nil
}
