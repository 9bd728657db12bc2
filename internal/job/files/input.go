package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// Stdin is the name of an input that comes through stdin.
const Stdin = "-"

// Reports of pipes without a name of their own are named by these.
const (
	stdinName = "stdin"
	pipeName  = "pipe"
)

// Input is a file that is read, or a pipe, whose content comes once.
type Input struct {
	File  string    // as named, Stdin for what is piped in
	Stdin io.Reader // nil where that is a terminal
}

// FindFile advises to check the name of a file.
type FindFile struct {
	Folder string // where it was looked for
	Near   string // a file there that may be meant, as it would be named; "" for none
}

func (FindFile) IsAdvice() {}

// CheckReadable refuses what is neither a file nor a pipe before anything is made for it. A pipe is not opened: that may
// take for ever.
func CheckReadable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && linked(path) != "":
		return failure.Usage("name the file itself", "%q leads to %q, which is not there", path, linked(path))
	case errors.Is(err, fs.ErrNotExist):
		return failure.Refusef(FindFile{currentFolder(), nearFile(path)}, "there is no file %q", path)
	case err != nil:
		return failure.New(failure.ExitUsage, err)
	case info.IsDir():
		return failure.Usage("name a .csv or .xlsx file in it", "%q is a folder", path)
	case state.IsDevice(info.Mode()):
		return failure.Usage("name a .csv or .xlsx file", "%q is a device, not a file", path)
	case state.IsStream(info.Mode()):
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return failure.New(failure.ExitUsage, fmt.Errorf("read %q: %w", path, err), "check who may read it")
	}
	return f.Close()
}

// linked is where a symbolic link leads, "" if path is none.
func linked(path string) string {
	to, _ := os.Readlink(path) // what is no link leads nowhere
	return to
}

// nearFile is a file beside a path whose name is nearly the same, "" if there is none.
func nearFile(path string) string {
	entries, _ := os.ReadDir(filepath.Dir(path)) // of what cannot be read nothing is near
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	near := humanize.Nearest(filepath.Base(path), names)
	if near == "" {
		return ""
	}
	return strings.TrimSuffix(path, filepath.Base(path)) + near
}

func currentFolder() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return dir
}

// Check refuses an input that cannot be read: stdin, too, where nothing is piped into it.
func (in Input) Check() error {
	if in.File != Stdin {
		return CheckReadable(in.File)
	}
	hint := "pipe a file into it, or name one"
	if in.Stdin == nil {
		return failure.Usage(hint, "stdin is a terminal, and nothing is piped into it")
	}
	f, ok := in.Stdin.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return failure.New(failure.ExitUsage, fmt.Errorf("read stdin: %w", err), hint)
	case info.IsDir(), state.IsDevice(info.Mode()):
		return failure.Usage(hint, "stdin is a device or a folder, and nothing is piped into it")
	}
	return nil
}

// Streams reports whether the input is a pipe, whose content comes once.
func (in Input) Streams() bool {
	if in.File == Stdin {
		return true
	}
	info, err := os.Stat(in.File)
	return err == nil && state.IsStream(info.Mode())
}

// Name is the input for people.
func (in Input) Name() string {
	if in.File == Stdin {
		return stdinName
	}
	return in.File
}

// Nameless reports whether the input is a pipe that no name leads to once the command has ended.
func (in Input) Nameless() bool { return in.Origin() == pipeName }

// Stem is what the report of the input is named by: leads.csv for leads.csv.gz.
func (in Input) Stem() string { return state.Unpacked(in.Origin()) }

// Origin is the file, or a word for a pipe without a name of its own, whose report is written here.
func (in Input) Origin() string {
	switch {
	case in.File == Stdin:
		return stdinName
	case in.Streams() && (strings.HasPrefix(filepath.ToSlash(in.File), "/dev/") || strings.HasPrefix(filepath.ToSlash(in.File), "/proc/")):
		return pipeName
	}
	return in.File
}
