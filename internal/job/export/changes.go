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
	// changesOverlap is for how long before the last export a change is taken again: vendors tell seconds, and their clocks are
	// not ours.
	changesOverlap = 2 * time.Minute
)

// changes is what a series of exports of changes knows of the list: each contact's id, and when it was changed last, as the
// last complete export of the series has read them. A file of the series holds what differs from that.
type changes struct {
	path string
	last time.Time        // when the last export began; zero if there was none
	why  string           // why the last one is not believed, "" if it is, or there was none
	was  map[uint64]int64 // by the hash of an id, when its contact was changed last, in nanoseconds since 1970; 0: not known

	out   *state.File
	table *csv.Writer
	count int
	sum   uint32 // of what was written
	err   error
}

// openChanges reads what the last export of a series knew. A series is of one account, resource, filters, columns and output.
func openChanges(root string, rec *history.Record, now time.Time) (*changes, error) {
	output := rec.Output
	if output != files.Stdout {
		var err error
		if output, err = filepath.Abs(output); err != nil {
			return nil, err
		}
	}
	var err error
	sum := sha256.Sum256([]byte(strings.Join([]string{rec.Account, rec.Resource, strings.Join(rec.Filters, "\x00"), strings.Join(rec.Columns, "\x00"), output}, "\x01")))
	c := &changes{path: filepath.Join(root, changesFolder, hex.EncodeToString(sum[:12])+".csv"), was: map[uint64]int64{}}
	if err := c.read(); err != nil {
		c.last, c.was, c.why = time.Time{}, map[uint64]int64{}, err.Error()
	}
	if err := state.MakeFolder(filepath.Dir(c.path)); err != nil {
		return nil, err
	}
	if c.out, err = state.CreateFile(c.path, 0o600); err != nil {
		return nil, err
	}
	c.table = csv.NewWriter(c.out)
	c.write(changesForm, now.UTC().Format(time.RFC3339Nano))
	return c, nil
}

// read takes in the file of the last export. Without one it does nothing.
func (c *changes) read() error {
	err := eachChange(c.path, func(id string, changed int64) { c.was[idHash(id)] = changed }, &c.last)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// eachChange reads the file of an export. One that does not end as it should is refused.
// Its last line is a 0, how many contacts it holds, and their checksum.
func eachChange(path string, do func(id string, changed int64), began *time.Time) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	head, err := r.Read()
	if err != nil || len(head) != 2 || head[0] != changesForm {
		return fmt.Errorf("read %q: it is none of ours", path)
	}
	if *began, err = time.Parse(time.RFC3339Nano, head[1]); err != nil {
		return fmt.Errorf("read %q: it is damaged", path)
	}
	damaged := fmt.Errorf("read %q: it is damaged", path)
	for n, sum := 0, uint32(0); ; n++ {
		line, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return fmt.Errorf("read %q: it is cut short", path)
		case err != nil:
			return damaged
		case len(line) == 3:
			if line[1] != strconv.Itoa(n) || line[2] != strconv.FormatUint(uint64(sum), 16) {
				return damaged
			}
			return nil
		case len(line) != 2:
			return damaged
		}
		changed, err := strconv.ParseInt(line[1], 10, 64)
		if err != nil {
			return damaged
		}
		sum = sumOfChange(sum, line[0], line[1])
		do(line[0], changed)
	}
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
	c.count++
	text := strconv.FormatInt(at, 10)
	c.sum = sumOfChange(c.sum, id, text)
	c.write(id, text)
	hash := idHash(id)
	was, known := c.was[hash]
	delete(c.was, hash) // what is left is gone
	return !known || at == 0 || at != was || !changed.Before(c.last.Add(-changesOverlap))
}

// gone hands over the ids that the last export has read, and this one has not.
func (c *changes) gone(do func(id string) error) (err error) {
	var began time.Time
	readErr := eachChange(c.path, func(id string, _ int64) {
		if _, left := c.was[idHash(id)]; left && err == nil {
			err = do(id)
		}
	}, &began)
	return errors.Join(err, readErr)
}

// commit makes this export the last one of its series.
func (c *changes) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
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
	if j.changes.last.IsZero() {
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
