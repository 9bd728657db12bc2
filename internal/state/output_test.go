package state

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// shelf is a folder of outputs whose memory is beside it.
type shelf struct {
	t    *testing.T
	root string
	dir  string
	day  time.Time
}

func newShelf(t *testing.T) *shelf {
	return &shelf{t, filepath.Join(t.TempDir(), "state"), t.TempDir(), time.Date(2026, 7, 1, 2, 0, 0, 0, time.UTC)}
}

// outputs tells files by their first word, and takes "whole" for one that nobody has changed.
func (s *shelf) outputs() *Outputs {
	originOf := func(path string) Origin {
		data, _ := os.ReadFile(path)
		words := append(strings.Fields(string(data)), "", "")
		o := Origin{Whole: words[1] == "whole"}
		if k := OutputKind(words[0]); slices.Contains([]OutputKind{ExportOutput, ReportOutput, RejectsOutput}, k) {
			o.Kind = k
		}
		return o
	}
	return NewOutputs(s.root, originOf, func() time.Time { return s.day })
}

func (s *shelf) path(name string) string { return filepath.Join(s.dir, name) }

func (s *shelf) put(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// write writes an output, and what happens between its start and its end.
func (s *shelf) write(o *Output, text string, meanwhile func()) {
	s.t.Helper()
	f, err := o.Create(0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Abort()
	if _, err := f.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
	if meanwhile != nil {
		meanwhile()
	}
	if err := f.Commit(); err != nil {
		s.t.Fatal(err)
	}
}

// want fails unless the folder holds exactly these files, "name=content" each.
func (s *shelf) want(what string, files ...string) {
	s.t.Helper()
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		data, _ := os.ReadFile(s.path(e.Name()))
		got = append(got, e.Name()+"="+string(data))
	}
	slices.Sort(files)
	if !slices.Equal(got, files) {
		s.t.Errorf("%s: the folder holds\n%q, want\n%q", what, got, files)
	}
}

// TestOutputPlaces: what becomes of the file that is there.
func TestOutputPlaces(t *testing.T) {
	const fresh = "export new"
	for _, tt := range []struct {
		what      string
		kind      OutputKind
		written   string // by an earlier output of that kind; "" for none
		there     string // what is in the place now; "" for nothing
		overwrite bool
		want      []string
		unsure    bool
	}{
		{what: "nothing", kind: ExportOutput, want: []string{"a.csv=export new"}},
		{what: "own", kind: ExportOutput, written: "export 1", there: "export 1", want: []string{"a.csv=export new"}},
		{what: "changed", kind: ExportOutput, written: "export 1", there: "export 2", want: []string{"a.csv=export new", "a.kept-2026-07-01.csv=export 2"}},
		{what: "no more to be known", kind: ExportOutput, written: "export 1", there: "mine", want: []string{"a.csv=export new", "a.kept-2026-07-01.csv=mine"}},
		{what: "of elsewhere", kind: ExportOutput, there: "export 2", want: []string{"a.csv=export new", "a.kept-2026-07-01.csv=export 2"}, unsure: true},
		{what: "of elsewhere, whole", kind: ExportOutput, there: "export whole", want: []string{"a.csv=export new"}},
		{what: "the same again", kind: ExportOutput, there: fresh, want: []string{"a.csv=export new"}},
		{what: "a report", kind: ExportOutput, there: "report whole", want: []string{"a.csv=export new", "a.kept-2026-07-01.csv=report whole"}, unsure: true},
		{what: "empty", kind: ExportOutput, there: "", want: []string{"a.csv=export new"}},
		{what: "foreign", kind: ExportOutput, there: "mine", overwrite: true, want: []string{"a.csv=export new"}},
		{what: "changed, all the same", kind: ExportOutput, written: "export 1", there: "export 2", overwrite: true, want: []string{"a.csv=export new", "a.kept-2026-07-01.csv=export 2"}},
		{what: "own", kind: RejectsOutput, written: "rejects 1", there: "rejects 1", want: []string{"a.csv=export new"}},
		{what: "mended", kind: RejectsOutput, written: "rejects 1", there: "rejects 2", want: []string{"a.csv=rejects 2", "a-2.csv=export new"}},
		{what: "mended, all the same", kind: RejectsOutput, written: "rejects 1", there: "rejects 2", overwrite: true, want: []string{"a.csv=rejects 2", "a-2.csv=export new"}},
		{what: "of elsewhere", kind: ReportOutput, there: "report 2", want: []string{"a.csv=report 2", "a-2.csv=export new"}, unsure: true},
		{what: "foreign", kind: ReportOutput, there: "mine", overwrite: true, want: []string{"a.csv=export new"}},
		{what: "any", kind: CopyOutput, there: "mine", want: []string{"a.csv=mine", "a-2.csv=export new"}, unsure: true},
		{what: "an earlier copy", kind: CopyOutput, written: "copy", there: "copy", want: []string{"a.csv=copy", "a-2.csv=export new"}, unsure: true},
	} {
		t.Run(string(tt.kind)+" "+tt.what, func(t *testing.T) {
			s := newShelf(t)
			if tt.written != "" {
				s.write(s.outputs().Output(tt.kind, s.path("a.csv")), tt.written, nil)
			}
			if tt.there != "" {
				s.put("a.csv", tt.there)
			}
			o := s.outputs().Output(tt.kind, s.path("a.csv"))
			o.Overwrite = tt.overwrite
			if refused, err := o.Foreign(); refused || err != nil {
				t.Fatalf("refused: %t, %v", refused, err)
			}
			s.write(o, fresh, nil)
			s.want("after it", tt.want...)
			if o.Unsure != tt.unsure || o.Forgot != nil {
				t.Errorf("unsure: %t, want %t; not remembered: %v", o.Unsure, tt.unsure, o.Forgot)
			}
			if data, _ := os.ReadFile(o.Path()); string(data) != fresh {
				t.Errorf("it is said to be %q", o.Path())
			}
			for _, kept := range []string{o.Kept, o.Left} {
				if data, _ := os.ReadFile(kept); kept != "" && string(data) != tt.there {
					t.Errorf("%q does not hold what was there", kept)
				}
			}
			again := s.outputs().Output(tt.kind, s.path("a.csv"))
			s.write(again, "newer", nil)
			if again.Path() != o.Path() && tt.kind != CopyOutput {
				t.Errorf("the next one goes to %q", again.Path())
			}
		})
	}
}

// TestOutputForeign: what is refused before anything is done.
func TestOutputForeign(t *testing.T) {
	s := newShelf(t)
	s.put("a.csv", "mine")
	for kind, want := range map[OutputKind]bool{ExportOutput: true, ReportOutput: true, CopyOutput: false} {
		if got, err := s.outputs().Output(kind, s.path("a.csv")).Foreign(); got != want || err != nil {
			t.Errorf("%s: refused: %t, %v", kind, got, err)
		}
	}
}

// TestOutputChangedMeanwhile: people have until the end of a run to write into a file.
func TestOutputChangedMeanwhile(t *testing.T) {
	s := newShelf(t)
	for _, k := range []OutputKind{ExportOutput, RejectsOutput} {
		name := string(k) + ".csv"
		s.write(s.outputs().Output(k, s.path(name)), string(k)+" 1", nil)
		s.write(s.outputs().Output(k, s.path(name)), string(k)+" 2", func() { s.put(name, string(k)+" mine") })
		appears := "late-" + name
		s.write(s.outputs().Output(k, s.path(appears)), string(k)+" 3", func() { s.put(appears, "mine") })
	}
	s.want("files that changed while others were written",
		"export.csv=export 2", "export.kept-2026-07-01.csv=export mine", "late-export.csv=export 3", "late-export.kept-2026-07-01.csv=mine",
		"rejects.csv=rejects mine", "rejects-2.csv=rejects 2", "late-rejects.csv=mine", "late-rejects-2.csv=rejects 3")
}

// TestOutputKeepsTheNewestThree: nothing else that is called alike goes.
func TestOutputKeepsTheNewestThree(t *testing.T) {
	s := newShelf(t)
	s.put("b.kept-2026-06-01.csv", "other")
	s.put("a.kept-2026-06-01.xlsx", "other")
	s.put("a.kept-mine.csv", "other")
	var removed []string
	for i := range 13 {
		s.put("a.csv", fmt.Sprintf("export %d", i))
		o := s.outputs().Output(ExportOutput, s.path("a.csv"))
		s.write(o, "new", nil)
		removed = append(removed, o.Removed...)
		if i == 11 {
			s.day = s.day.AddDate(0, 0, 1)
		}
	}
	s.want("after thirteen", "a.csv=new", "a.kept-2026-07-01-11.csv=export 10", "a.kept-2026-07-01-12.csv=export 11", "a.kept-2026-07-02.csv=export 12",
		"b.kept-2026-06-01.csv=other", "a.kept-2026-06-01.xlsx=other", "a.kept-mine.csv=other")
	if len(removed) != 10 || filepath.Base(removed[0]) != "a.kept-2026-07-01.csv" {
		t.Errorf("removed %q", removed)
	}
}

// TestOutputKeepsTheLast: a clock that was set back makes the file that was kept last look old.
func TestOutputKeepsTheLast(t *testing.T) {
	s := newShelf(t)
	for i := range 4 {
		s.put("a.csv", fmt.Sprintf("export %d", i))
		s.write(s.outputs().Output(ExportOutput, s.path("a.csv")), "new", nil)
		s.day = s.day.AddDate(0, 0, map[bool]int{true: -30, false: 1}[i == 2])
	}
	s.want("the clock was set back", "a.csv=new", "a.kept-2026-06-03.csv=export 3", "a.kept-2026-07-02.csv=export 1", "a.kept-2026-07-03.csv=export 2")
}

// TestOutputSuccessors: a successor takes the place of its own kind only, and never that of the input.
func TestOutputSuccessors(t *testing.T) {
	s := newShelf(t)
	s.put("a.csv", "rejects mended")
	s.put("a-2.csv", "rejects whole")
	s.put("a-3.csv", "mine")
	s.put("a-4.csv", "report whole")
	o := s.outputs().Output(RejectsOutput, s.path("a.csv"))
	o.Input = s.path("a-2.csv")
	s.write(o, "new", nil)
	s.want("successor", "a.csv=rejects mended", "a-2.csv=rejects whole", "a-3.csv=mine", "a-4.csv=report whole", "a-5.csv=new")
}

// TestOutputOfManyProcesses: none takes the place of another's.
func TestOutputOfManyProcesses(t *testing.T) {
	s := newShelf(t)
	s.put("a.csv", "rejects mended")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			o := s.outputs().Output(CopyOutput, s.path("a.csv"))
			s.write(o, fmt.Sprintf("copy %d", i), nil)
			s.write(s.outputs().Output(ReportOutput, s.path(fmt.Sprintf("r%d.csv", i))), "report", nil)
		})
	}
	wait.Wait()
	entries, _ := os.ReadDir(s.dir)
	if known := s.outputs().read(); len(entries) != 17 || len(known) != 16 {
		t.Errorf("%d files, %d remembered", len(entries), len(known))
	}
}

// TestOutputsForget: the memory is bounded, and one that is damaged or cannot be written costs nothing but sureness.
func TestOutputsForget(t *testing.T) {
	s := newShelf(t)
	known := outputsFile{}
	for i := range maxOutputs {
		known.Outputs = append(known.Outputs, written{Path: fmt.Sprint(i)})
	}
	o := s.outputs()
	out := o.Output(ReportOutput, s.path("a.csv"))
	s.write(out, "report 1", nil)
	if err := o.write(known.Outputs); err != nil {
		t.Fatal(err)
	}
	s.write(out, "report 2", nil)
	if got := o.read(); len(got) != maxOutputs || got[maxOutputs-1].Kind != ReportOutput || got[0].Path != "1" {
		t.Errorf("%d are remembered, the first is %q", len(got), got[0].Path)
	}
	if err := os.WriteFile(o.file(), []byte{0, 0}, 0o600); err != nil {
		t.Fatal(err)
	}
	s.write(out, "report 3", nil)
	for range 3 { // of one path, two are remembered
		s.write(s.outputs().Output(ReportOutput, s.path("b.csv")), fmt.Sprintf("report %v", time.Now()), nil)
	}
	if got := o.read(); len(got) != 3 {
		t.Errorf("remembered: %+v", got)
	}
	lost := newShelf(t)
	lost.root = ""
	blind := lost.outputs().Output(ReportOutput, lost.path("a.csv"))
	lost.write(blind, "report 4", nil)
	if blind.Forgot == nil {
		t.Error("nobody says that it is not remembered")
	}
	lost.want("without a memory", "a.csv=report 4")
}

// TestOutputBehindLink: the file that a link leads to is looked at and kept, and the link stays.
func TestOutputBehindLink(t *testing.T) {
	s := newShelf(t)
	other := newShelf(t)
	other.put("real.csv", "export 1")
	if err := os.Symlink(other.path("real.csv"), s.path("a.csv")); err != nil {
		t.Skip(err)
	}
	s.write(s.outputs().Output(ExportOutput, s.path("a.csv")), "new", nil)
	other.want("behind the link", "real.csv=new", "real.kept-2026-07-01.csv=export 1")
	s.want("the link", "a.csv=new")
}

// TestOutputInAFolderThatFails: where the name of the new file cannot be made durable, both it and what people changed stay.
func TestOutputInAFolderThatFails(t *testing.T) {
	s := newShelf(t)
	s.write(s.outputs().Output(ExportOutput, s.path("a.csv")), "export 1", nil)
	s.put("a.csv", "export 2")
	f, err := s.outputs().Output(ExportOutput, s.path("a.csv")).Create(0o600)
	if err != nil {
		t.Fatal(err)
	}
	f.syncFolder = func(string) error { return syscall.EIO }
	if _, err := f.WriteString("export new"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); !errors.Is(err, syscall.EIO) {
		t.Errorf("error %v", err)
	}
	s.want("not durable", "a.csv=export new", "a.kept-2026-07-01.csv=export 2")
}

// TestFolderWithoutSync: folders whose file system cannot sync them (EINVAL) take files all the same.
func TestFolderWithoutSync(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a folder that answers so")
	}
	if err := syncFolder("/proc"); err != nil {
		t.Error(err)
	}
}
