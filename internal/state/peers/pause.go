package peers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"crmferry/internal/state"
)

// pauseFolder holds the pauses below a root.
const pauseFolder = "pauses"

const (
	// maxPause is how long a pause is kept in mind at most: who asks for more is asked again after that.
	maxPause = 24 * time.Hour
	// clockSlack is how far a clock may be corrected backwards without being taken for one that was set.
	clockSlack = time.Minute
)

// Pause is what a vendor has said of an account: until when it wants no requests.
type Pause struct {
	Asked time.Time `json:"asked"` // when it said so
	Until time.Time `json:"until"`
}

// remaining is how long the pause still lasts. If the clock was set back since it was asked for, that is not known: it
// begins anew.
func (p Pause) remaining(now time.Time) time.Duration {
	whole := min(p.Until.Sub(p.Asked), maxPause)
	if now.Before(p.Asked.Add(-clockSlack)) {
		return whole
	}
	return p.Asked.Add(whole).Sub(now)
}

// PausePath is the file that keeps the pause of an account.
func PausePath(root, account string) string { return filepath.Join(root, pauseFolder, account+".json") }

// HasPauses reports whether a pause was ever kept below root.
func HasPauses(root string) bool {
	_, err := os.Stat(filepath.Join(root, pauseFolder))
	return err == nil
}

// KeepPause writes down that an account is not to be asked for anything for a while from now, unless it is paused for
// longer already.
func KeepPause(root, account string, d time.Duration, now time.Time) error {
	if kept, err := readPause(root, account); err == nil && kept.remaining(now) >= d {
		return nil
	}
	return writePause(root, account, Pause{Asked: now.UTC(), Until: now.Add(d).UTC()})
}

// CurrentPause returns the pause of an account that goes on at now; false if there is none. It lasts a day at most, and what was
// asked for after the clock was set back.
func CurrentPause(root, account string, now time.Time) (Pause, bool, error) {
	p, err := readPause(root, account)
	if errors.Is(err, fs.ErrNotExist) {
		return Pause{}, false, nil
	}
	if err != nil {
		return Pause{}, false, err
	}
	left := p.remaining(now)
	if left <= 0 {
		return Pause{}, false, nil
	}
	p.Until = now.Add(left)
	if !now.Before(p.Asked.Add(-clockSlack)) {
		return p, true, nil
	}
	p.Asked = now // else it would begin anew each time until the clock has come up to it
	return p, true, writePause(root, account, p)
}

func readPause(root, account string) (Pause, error) {
	path := PausePath(root, account)
	data, err := os.ReadFile(path)
	if err != nil {
		return Pause{}, fmt.Errorf("read pause %q: %w", path, state.Cause(err))
	}
	var p Pause
	if err := json.Unmarshal(data, &p); err != nil {
		return Pause{}, fmt.Errorf("read pause %q: %w", path, err)
	}
	return p, nil
}

func writePause(root, account string, p Pause) error {
	for _, dir := range []string{root, filepath.Join(root, pauseFolder)} {
		if err := state.MakeFolder(dir); err != nil {
			return err
		}
	}
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode pause: %w", err)
	}
	path := PausePath(root, account)
	f, err := state.CreateFile(path, 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write file %q: %w", path, state.Cause(err))
	}
	return f.Commit()
}
