package runrows

import (
	"context"
	"encoding/json"
	"fmt"

	"crmferry/internal/state"
)

// Read calls each for every row in its order, seq counts them from 0, and returns what is known of all of them. An error of
// each ends it and is returned, as is the cause of the context's end. A file that is damaged is a *DamagedError, one that does
// not exist an error that wraps fs.ErrNotExist.
func Read[R, A any](ctx context.Context, path string, each func(seq int, row *R) error) (*A, error) {
	seq, whole := 0, false
	var about *A
	damage, err := state.ReadJournal(path, func(_ int64, record []byte) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var l line[R, A]
		if err := json.Unmarshal(record, &l); err != nil {
			return &DamagedError{path, err.Error()}
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

// DamagedError is a file that is not as it was written.
type DamagedError struct{ Path, Reason string }

// Error names the file.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("read the rows of the run %q: %s", e.Path, e.Reason)
}
