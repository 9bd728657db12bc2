package state

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// recordName is the file in a run's folder that says what was asked.
const recordName = "run.json"

// timeLayout begins the id of a run, in UTC, so that ids sort by time.
const timeLayout = "20060102T150405Z"

// Run is the folder of one import or export: what was asked, a copy of the input, and what else is kept there. Folders
// have mode 0700 and files 0600. Run itself holds no open file; its methods may be called concurrently for
// different files.
type Run struct {
	ID  string // time, kind, vendor and a short random id: "20260702T091500Z-import-growcrm-4f1a9c"
	Dir string
}

// NewRun makes the folder of a new run below root, and root itself if need be. kind is "import" or "export".
func NewRun(root, kind, vendor string, now time.Time) (*Run, error) {
	if err := MakeFolder(root); err != nil {
		return nil, err
	}
	for {
		var short [3]byte
		_, _ = rand.Read(short[:]) // never fails, by its documentation
		id := strings.Join([]string{now.UTC().Format(timeLayout), kind, vendor, hex.EncodeToString(short[:])}, "-")
		dir := filepath.Join(root, id)
		err := os.Mkdir(dir, 0o700)
		if errors.Is(err, fs.ErrExist) {
			continue // the same id within one second: draw again
		}
		if err != nil {
			return nil, fmt.Errorf("make folder of the run %q: %w", dir, Cause(err))
		}
		return &Run{ID: id, Dir: dir}, syncFolder(root)
	}
}

// Started is when the run was made, to the second, by its id; zero if the id is not one of ours.
func (r *Run) Started() time.Time {
	head, _, _ := strings.Cut(r.ID, "-")
	t, err := time.Parse(timeLayout, head)
	if err != nil {
		return time.Time{}
	}
	return t
}

// CopyInput copies the file at path into the run's folder, where it keeps its extension. People save their sheet
// during a long run: the run reads only the copy. It returns the copy's path, its size in bytes and its SHA-256 in
// hex; the copy is durable.
func (r *Run) CopyInput(ctx context.Context, path string) (copied string, size int64, sha256sum string, err error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = ErrIsFolder
	}
	if err != nil {
		return "", 0, "", fmt.Errorf("read file %q: %w", path, Cause(err))
	}
	most := int64(math.MaxInt64)
	if IsStream(info.Mode()) {
		most = maxStream
	}
	return r.copyFrom(newStream(ctx, func() (io.ReadCloser, error) { return os.Open(path) }, most), path)
}

// CopyStream copies what in gives, which is called name, as CopyInput copies a file.
func (r *Run) CopyStream(ctx context.Context, in io.Reader, name string) (copied string, size int64, sha256sum string, err error) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(in), nil }
	return r.copyFrom(newStream(ctx, open, maxStream), name)
}

func (r *Run) copyFrom(in io.Reader, path string) (copied string, size int64, sha256sum string, err error) {
	copied = r.Input(path)
	out, err := CreateFile(copied, 0o600)
	if err != nil {
		return "", 0, "", err
	}
	defer out.Abort()
	sum := sha256.New()
	if in, err = unpacked(in, maxStream); err == nil {
		size, err = io.Copy(io.MultiWriter(out, sum), in)
	}
	if errors.Is(err, ErrDamaged) {
		return "", 0, "", fmt.Errorf("read %q: %w", path, err)
	}
	if err != nil {
		return "", 0, "", fmt.Errorf("copy file %q to %q: %w", path, copied, Cause(err))
	}
	if err := out.Commit(); err != nil {
		return "", 0, "", err
	}
	return copied, size, hex.EncodeToString(sum.Sum(nil)), nil
}

// Input is where the run keeps its copy of the file at path.
func (r *Run) Input(path string) string {
	return filepath.Join(r.Dir, "input"+strings.ToLower(filepath.Ext(Unpacked(path))))
}

// CheckInput fails unless the copy at path is what CopyInput made: of this size in bytes and this SHA-256 in hex.
func CheckInput(path string, size int64, sha256sum string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read copy of the input %q: %w", path, Cause(err))
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err != nil {
		return fmt.Errorf("read copy of the input %q: %w", path, Cause(err))
	}
	is := hex.EncodeToString(sum.Sum(nil))
	switch {
	case n != size:
		return fmt.Errorf("read copy of the input %q: it has %d bytes, and had %d", path, n, size)
	case is != sha256sum:
		return fmt.Errorf("read copy of the input %q: its SHA-256 is %s, and was %s", path, is, sha256sum)
	}
	return nil
}

// RecordPath is where the run keeps its record, run.json.
func (r *Run) RecordPath() string { return filepath.Join(r.Dir, recordName) }

// WriteRecord replaces run.json by v, atomically. v must never hold a secret.
func (r *Run) WriteRecord(v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode record of run %s: %w", r.ID, err)
	}
	f, err := CreateFile(r.RecordPath(), 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(sealed(data)); err != nil {
		return fmt.Errorf("write record of run %s: %w", r.ID, Cause(err))
	}
	return f.Commit()
}

// sealForm ends a record: its last member is the checksum of all before it. A record that was changed in a place may read well, and be
// taken for that of a run into another account.
const sealForm = ",\n  \"checksum\": \"%08x\"\n}\n"

// sealed is a record, an object in lines, with its checksum.
func sealed(data []byte) []byte {
	members := bytes.TrimSuffix(data, []byte("\n}"))
	return fmt.Appendf(slices.Clip(members), sealForm, checksum(0, members))
}

// checkSeal fails if a record is not what sealed made of it. Those of older versions have no checksum.
func checkSeal(data []byte) error {
	at := len(data) - len(fmt.Sprintf(sealForm, 0))
	var written uint32
	if at < 0 {
		return nil
	}
	if _, err := fmt.Sscanf(string(data[at:]), sealForm, &written); err != nil {
		return nil
	}
	if is := checksum(0, data[:at]); is != written {
		return fmt.Errorf("its checksum is \"%08x\", not \"%08x\": it was changed", written, is)
	}
	return nil
}

// ReadRecord reads run.json of the run in dir into v. A run without one (it ended before anything was asked) has
// fs.ErrNotExist as the cause.
func ReadRecord(dir string, v any) error {
	data, err := os.ReadFile(filepath.Join(dir, recordName))
	if err != nil {
		return fmt.Errorf("read record of run %q: %w", filepath.Base(dir), Cause(err))
	}
	if err = checkSeal(data); err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		return fmt.Errorf("read record of run %q: %w", filepath.Base(dir), err)
	}
	return nil
}

// Size is how many bytes the files in the run's folder hold.
func (r *Run) Size() (int64, error) {
	var size int64
	err := filepath.WalkDir(r.Dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("measure run %s: %w", r.ID, Cause(err))
	}
	return size, nil
}

// Remove removes the run's folder and all that is in it, run.json last: a journal without it would be taken for that of
// a run whose record was lost.
func (r *Run) Remove() error {
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, e := range entries {
		if e.Name() != recordName && err == nil {
			err = os.RemoveAll(filepath.Join(r.Dir, e.Name()))
		}
	}
	if err == nil && len(entries) > 0 {
		err = syncFolder(r.Dir)
	}
	if err == nil {
		err = os.RemoveAll(r.Dir)
	}
	if err != nil {
		return fmt.Errorf("remove run %s: %w", r.ID, Cause(err))
	}
	return syncFolder(filepath.Dir(r.Dir))
}

// Runs lists the runs below root, newest first. Folders whose name is not a run's are left out; a root that does not
// exist holds none.
func Runs(root string) ([]Run, error) {
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list runs in %q: %w", root, Cause(err))
	}
	var runs []Run
	for _, e := range entries {
		r := Run{ID: e.Name(), Dir: filepath.Join(root, e.Name())}
		if e.IsDir() && !r.Started().IsZero() {
			runs = append(runs, r)
		}
	}
	slices.SortFunc(runs, func(a, b Run) int { return strings.Compare(b.ID, a.ID) })
	return runs, nil
}
