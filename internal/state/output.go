package state

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// OutputKind is what a file that is written for people holds.
type OutputKind string

// The kinds of outputs.
const (
	ExportOutput  OutputKind = "export"  // its name is a job's: what people changed is kept beside it under another name
	ReportOutput  OutputKind = "report"  // of an import
	RejectsOutput OutputKind = "rejects" // of an import
	IDsOutput     OutputKind = "ids"     // of an import: which id what had another one has got
	CheckOutput   OutputKind = "check"   // the report of a check
	MapOutput     OutputKind = "map"     // a map file
	CopyOutput    OutputKind = "copy"    // of what is deleted: never replaced
	ChangesOutput OutputKind = "changes" // an export of what has changed since the last one: never replaced
)

// isLasting reports whether such a file is never replaced: the next one gets a number.
func (k OutputKind) isLasting() bool { return k == CopyOutput || k == ChangesOutput }

// Origin is what a file says of who wrote it.
type Origin struct {
	Kind  OutputKind // "" if it is none of ours
	Whole bool       // it shows by itself that it was not changed since
}

// Outputs places files for people so that nothing is lost that people wrote, and remembers below a root what was written.
type Outputs struct {
	root     string
	originOf func(path string) Origin
	now      func() time.Time
}

// NewOutputs returns the outputs that are remembered below root; originOf looks into a file.
func NewOutputs(root string, originOf func(path string) Origin, now func() time.Time) *Outputs {
	return &Outputs{root: root, originOf: originOf, now: now}
}

// Output is one file that is to be written for people. Where it goes is decided for good when it is whole, because people
// may work in the file that is there until then. It is not safe for concurrent use.
type Output struct {
	// What is asked for.
	Kind      OutputKind
	Overwrite bool   // take the place of a file that is none of ours
	Replace   bool   // take the place of any file: what people changed in it has been read
	Input     string // a file whose place no successor takes; may be ""

	// What became of it, known after its file's Commit.
	Left    string   // the file that people changed and that stays where this one was to go: Path is its successor
	Kept    string   // where the file is now that people changed and whose place this one took
	Removed []string // files kept earlier, of which there were too many
	Unsure  bool     // whether Left or Kept was changed cannot be told
	Forgot  error    // why it could not be remembered

	outputs *Outputs
	asked   string
	path    string
}

// Output is a file that is to go to path, where symbolic links are followed.
func (s *Outputs) Output(kind OutputKind, path string) *Output {
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err := followLinks(path); err == nil {
			path = target
		}
	}
	return &Output{Kind: kind, outputs: s, asked: path, path: path}
}

// Path is where the file goes: as far as that can be said now, or for good after its Commit.
func (o *Output) Path() string { return o.path }

// Foreign reports whether a file is in the place that is none of ours and may not be replaced.
func (o *Output) Foreign() (bool, error) {
	if o.Overwrite || o.Kind.isLasting() {
		return false, nil
	}
	what, err := o.outputs.inspect(o.asked, o.Kind, contentSum{})
	return what == foreign, err
}

// Create starts the file; see CreateFile. Its Commit puts it where it destroys nothing.
func (o *Output) Create(perm os.FileMode) (*File, error) {
	if _, err := o.choosePlace(contentSum{}); err != nil {
		return nil, err
	}
	create := CreateFile
	if o.Kind == ExportOutput || o.Kind == ChangesOutput {
		create = createLastingFile
	}
	f, err := create(o.path, perm)
	if err == nil {
		f.output = o
	}
	return f, err
}

// choosePlace finds the place for a file of that content, and what is there that is to be kept under another name: absent if
// nothing is.
func (o *Output) choosePlace(content contentSum) (fileState, error) {
	o.path, o.Left, o.Unsure = o.asked, "", false
	if o.Replace {
		return absent, nil
	}
	what, err := o.outputs.inspect(o.asked, o.Kind, content)
	if err != nil || what.replaceable() || what == foreign && o.Overwrite && !o.Kind.isLasting() {
		return absent, err
	}
	o.Unsure = what != changed
	if o.Kind == ExportOutput {
		return what, nil
	}
	for n := 2; ; n++ {
		o.path, o.Left = numbered(o.asked, n), o.asked
		what, err := o.outputs.inspect(o.path, o.Kind, content)
		if err != nil || what == absent || what.replaceable() && !o.isReserved(o.path) {
			return absent, err
		}
	}
}

// isReserved reports whether a successor must not take that place.
func (o *Output) isReserved(path string) bool {
	a, errA := os.Stat(path)
	b, errB := os.Stat(o.Input)
	return o.Kind.isLasting() || errA == nil && errB == nil && os.SameFile(a, b)
}

// placeFile moves a finished file to its place, and remembers it. One process at a time does so.
func (o *Output) placeFile(f *File) error {
	content, err := sumContent(f.Name())
	if err != nil {
		return fmt.Errorf("write file %q: %w", o.path, Cause(err))
	}
	unlock, locked := o.outputs.lock()
	defer unlock()
	old, err := o.choosePlace(content)
	if err != nil {
		return err
	}
	f.target = o.path
	undo := func() {}
	if old != absent {
		if undo, err = o.keepOld(); err != nil {
			return err
		}
	}
	// It is remembered first: if the power fails in between, both the old file and the new one are known.
	if o.Forgot = locked; locked == nil {
		o.Forgot = o.outputs.remember(o, content)
	}
	err = f.rename(o.path)
	switch {
	case err != nil && !f.placed:
		undo()
		o.Kept = ""
	case err == nil && o.Kept != "":
		o.Removed = removeKept(o.path, o.Kept)
	}
	return err
}

// keepOld gives the file that is in the place another name; undo takes that back.
func (o *Output) keepOld() (undo func(), err error) {
	kept, linked, err := setAside(o.path, o.outputs.now())
	if err != nil {
		return nil, fmt.Errorf("keep file %q: %w", o.path, Cause(err))
	}
	o.Kept = kept
	return func() {
		if linked {
			_ = os.Remove(kept)
		} else {
			_ = os.Rename(kept, o.path)
		}
	}, nil
}

// fileState is what is known of a file that stands where another is to be written.
type fileState int

const (
	absent    fileState = iota // no plain file, or an empty one
	unchanged                  // ours, as it was written
	changed                    // ours, and changed since
	unsure                     // ours, and whether it was changed cannot be told
	foreign
)

// replaceable reports whether nothing of people's is lost with the file.
func (f fileState) replaceable() bool { return f == absent || f == unchanged }

// inspect finds out what a file is. One of another kind counts as changed, one of the same content as unchanged.
func (s *Outputs) inspect(path string, kind OutputKind, content contentSum) (fileState, error) {
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		return absent, nil
	case err != nil:
		return absent, fmt.Errorf("look at file %q: %w", path, Cause(err))
	case kind.isLasting():
		return foreign, nil
	case info.Size() == 0, !info.Mode().IsRegular(): // of a folder, writing says what is wrong
		return absent, nil
	}
	known := s.read()
	sized := func(e written) bool { return e.Size == info.Size() }
	if content.Size == info.Size() || slices.ContainsFunc(known, sized) {
		is, err := sumContent(path)
		if err != nil {
			return absent, fmt.Errorf("read file %q: %w", path, Cause(err))
		}
		if is == content || slices.ContainsFunc(known, func(e written) bool { return e.contentSum == is && e.Kind == kind }) {
			return unchanged, nil
		}
	}
	origin := s.originOf(path)
	here := resolvedPath(path)
	switch {
	case origin.Whole && origin.Kind == kind:
		return unchanged, nil
	case slices.ContainsFunc(known, func(e written) bool { return e.Path == here }):
		return changed, nil
	case origin.Kind != "":
		return unsure, nil
	}
	return foreign, nil
}

// resolvedPath is a path as it is remembered: absolute, with the links of its folder followed.
func resolvedPath(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(whole)); err == nil {
		return filepath.Join(folder, filepath.Base(whole))
	}
	return whole
}
