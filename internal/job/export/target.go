package export

import (
	"fmt"
	"io"
	"os"
	"time"

	"crmferry/internal/state"
)

// target is where an export writes. What is written appears there only by commit.
type target struct {
	output *state.Output // nil for stdout
	stdout io.Writer
	file   *state.File // the file beside the output, until it is complete
	spool  *os.File    // for stdout
}

// open starts the file.
func (t *target) open() (io.Writer, error) {
	var err error
	if t.output == nil {
		if t.spool, err = os.CreateTemp("", "crmferry-*.csv"); err != nil {
			return nil, fmt.Errorf("make temporary file: %w", err)
		}
		_ = os.Remove(t.spool.Name()) // so that a killed process leaves nothing; Windows lets abort do it
		return t.spool, nil
	}
	if t.file, err = t.output.Create(0o600); err != nil {
		return nil, err
	}
	return t.file, nil
}

// commit gives the complete file its name, or copies it to stdout.
func (t *target) commit(now time.Time) error {
	if t.spool == nil {
		return t.file.CommitOrKeep(now)
	}
	if _, err := t.spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read temporary file: %w", err)
	}
	if _, err := io.Copy(t.stdout, t.spool); err != nil {
		return fmt.Errorf("write to stdout: %w", err)
	}
	return nil
}

// abort removes what was written. After commit it does nothing to the file.
func (t *target) abort() {
	if t.file != nil {
		t.file.Abort()
	}
	if t.spool != nil {
		_ = t.spool.Close()
		_ = os.Remove(t.spool.Name())
	}
}
