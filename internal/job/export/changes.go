package export

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/history"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

const (
	changesFolder = "changes"          // below the root
	changesForm   = "crmferry changes" // how a file of it begins
	// changesOverlap is for how long before the last export a change is taken again: vendors tell seconds.
	changesOverlap = 2 * time.Minute
)

// changes is what a series of exports of changes knows of the list: each contact's id, and when it was changed last, as the
// last complete export of the series has read them. A file of the series holds what differs from that.
type changes struct {
	path string
	last beginning        // of the last export; zero if there was none
	why  string           // why the last one is not believed, "" if it is, or there was none
	was  map[uint64]int64 // by the hash of an id, when its contact was changed last, in nanoseconds since 1970; 0: not known

	now   time.Time            // when this export began
	ahead func() time.Duration // how far the vendor's clock is ahead of ours, known once it has answered
	out   *state.File
	table *csv.Writer
	begun bool // the head is written
	count int
	sum   uint32 // of what was written
	err   error
}

// beginning is when an export began, by our clock and by the vendor's, which tells when contacts were changed.
type beginning struct{ here, there time.Time }

// openChanges reads what the last export of a series knew. A series is of one account, resource, filters, columns and output. ahead
// is asked once the vendor has answered.
func openChanges(root string, rec *history.Record, now time.Time, ahead func() time.Duration) (*changes, error) {
	output := rec.Output
	if output != files.Stdout {
		var err error
		if output, err = filepath.Abs(output); err != nil {
			return nil, err
		}
	}
	var err error
	sum := sha256.Sum256([]byte(strings.Join([]string{rec.Account, rec.Resource, strings.Join(rec.Filters, "\x00"), strings.Join(rec.Columns, "\x00"), output}, "\x01")))
	c := &changes{path: filepath.Join(root, changesFolder, hex.EncodeToString(sum[:12])+".csv"), was: map[uint64]int64{}, now: now, ahead: ahead}
	if err := c.read(); err != nil {
		c.last, c.was, c.why = beginning{}, map[uint64]int64{}, err.Error()
	}
	if err := state.MakeFolder(filepath.Dir(c.path)); err != nil {
		return nil, err
	}
	if c.out, err = state.CreateFile(c.path, 0o600); err != nil {
		return nil, err
	}
	c.table = csv.NewWriter(c.out)
	return c, nil
}

// read takes in the file of the last export. Without one it does nothing.
func (c *changes) read() (err error) {
	c.last, err = eachChange(c.path, func(id string, changed int64) { c.was[idHash(id)] = changed })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// eachChange reads the file of an export. One that does not end as it should is refused.
// Its last line is a 0, how many contacts it holds, and the checksum of all before it.
func eachChange(path string, do func(id string, changed int64)) (began beginning, err error) {
	f, err := os.Open(path)
	if err != nil {
		return began, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	head, err := r.Read()
	if err != nil || len(head) < 2 || len(head) > 3 || head[0] != changesForm {
		return began, fmt.Errorf("read %q: it is none of ours", path)
	}
	damaged := fmt.Errorf("read %q: it is damaged", path)
	began, sum, err := readHead(head[1:])
	if err != nil {
		return began, damaged
	}
	for n := 0; ; n++ {
		line, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return began, fmt.Errorf("read %q: it is cut short", path)
		case err != nil:
			return began, damaged
		case len(line) == 3:
			if line[1] != strconv.Itoa(n) || line[2] != strconv.FormatUint(uint64(sum), 16) {
				return began, damaged
			}
			return began, nil
		case len(line) != 2:
			return began, damaged
		}
		changed, err := strconv.ParseInt(line[1], 10, 64)
		if err != nil {
			return began, damaged
		}
		sum = sumOfChange(sum, line[0], line[1])
		do(line[0], changed)
	}
}

// readHead reads when an export began, and what the checksum begins with. Older versions wrote down their own time alone.
func readHead(times []string) (began beginning, sum uint32, err error) {
	began.here, err = time.Parse(time.RFC3339Nano, times[0])
	if began.there = began.here; err != nil || len(times) < 2 {
		return began, 0, err
	}
	began.there, err = time.Parse(time.RFC3339Nano, times[1])
	return began, sumOfChange(0, times[0], times[1]), err
}

// sumOfChange adds a contact to the checksum of those before it.
func sumOfChange(sum uint32, id, changed string) uint32 {
	return crc32.Update(sum, crc32.IEEETable, []byte(id+"\x00"+changed+"\n"))
}

func idHash(id string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, id)
	return h.Sum64()
}

// begin writes the head, by when the vendor has answered.
func (c *changes) begin() {
	if c.begun {
		return
	}
	here, there := c.now.UTC().Format(time.RFC3339Nano), c.now.Add(c.ahead()).UTC().Format(time.RFC3339Nano)
	c.begun, c.sum = true, sumOfChange(0, here, there)
	c.write(changesForm, here, there)
}

func (c *changes) write(cells ...string) {
	if c.err == nil {
		c.err = c.table.Write(cells)
	}
}

// take notes a contact of the list, and reports whether it is new or was changed since the last export. What has no date may
// have been.
func (c *changes) take(id string, changed time.Time) bool {
	at := int64(0)
	if !changed.IsZero() {
		at = changed.UnixNano()
	}
	c.begin()
	c.count++
	text := strconv.FormatInt(at, 10)
	c.sum = sumOfChange(c.sum, id, text)
	c.write(id, text)
	hash := idHash(id)
	was, known := c.was[hash]
	delete(c.was, hash) // what is left is gone
	return !known || at == 0 || at != was || !changed.Before(c.last.there.Add(-changesOverlap))
}

// gone hands over the ids that the last export has read, and this one has not.
func (c *changes) gone(do func(id string) error) (err error) {
	_, readErr := eachChange(c.path, func(id string, _ int64) {
		if _, left := c.was[idHash(id)]; left && err == nil {
			err = do(id)
		}
	})
	return errors.Join(err, readErr)
}

// commit makes this export the last one of its series.
func (c *changes) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.begin()
	c.write("0", strconv.Itoa(c.count), strconv.FormatUint(uint64(c.sum), 16))
	c.table.Flush()
	if err := errors.Join(c.err, c.table.Error()); err != nil {
		return fmt.Errorf("write %q: %w", c.path, err)
	}
	return c.out.Commit()
}

func (c *changes) abort() {
	if c != nil {
		c.out.Abort()
	}
}

// endChanges writes the ids that are gone into a file beside the export, and makes this the last export of its series.
func (j *export) endChanges(ctx context.Context) (*Gone, error) {
	gone := &Gone{Count: len(j.changes.was)}
	if j.changes.last.here.IsZero() {
		gone = nil // nothing is known of contacts that are gone
	}
	if gone != nil && gone.Count > 0 && !j.File.ToStdout() {
		ext := filepath.Ext(j.File.Path)
		var err error
		if gone.Output, err = j.writeGone(strings.TrimSuffix(j.File.Path, ext) + ".removed.csv"); err != nil {
			return nil, err
		}
	}
	return gone, j.changes.commit(ctx)
}

// writeGone writes the ids that are gone.
func (j *export) writeGone(path string) (*state.Output, error) {
	out, err := j.runner.Output(state.ChangesOutput, path, false)
	if err != nil {
		return nil, err
	}
	f, err := out.Create(0o600)
	if err != nil {
		return nil, err
	}
	defer f.Abort()
	table := csv.NewWriter(f)
	if err := table.Write([]string{"id"}); err != nil {
		return nil, err
	}
	if err := j.changes.gone(func(id string) error { return table.Write([]string{id}) }); err != nil {
		return nil, fmt.Errorf("write %q: %w", path, err)
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return nil, fmt.Errorf("write %q: %w", path, err)
	}
	return out, f.Commit()
}
