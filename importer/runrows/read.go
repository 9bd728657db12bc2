package runrows

import (
	"context"
	"encoding/json"
	"fmt"

	"crmferry/internal/state"
)

// Read calls each for every row in its order, seq counts them from 0, and returns what is known of all of them. An error of
// each ends it and is returned, as is the cause of the context's end. A file that is damaged is an error, a file that does not
// exist one that wraps fs.ErrNotExist.
func Read[R, A any](ctx context.Context, path string, each func(seq int, row *R) error) (*A, error) {
	seq, whole := 0, false
	var about *A
	damage, err := state.ReadJournal(path, func(_ int64, record []byte) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var l line[R, A]
		if err := json.Unmarshal(record, &l); err != nil {
			return fmt.Errorf("read the rows of the run: %w", err)
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
		return nil, fmt.Errorf("read the rows of the run %q: %s", path, damage)
	case !whole:
		return nil, fmt.Errorf("read the rows of the run %q: its end is missing", path)
	}
	return about, nil
}
