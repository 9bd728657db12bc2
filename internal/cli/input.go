package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// fromStdin is the name of an input that comes through stdin. Reports of pipes without a name of their own are named by
// stdinName and pipeName.
const (
	fromStdin = "-"
	stdinName = "stdin"
	pipeName  = "pipe"
)

// readable refuses what is neither a file nor a pipe before anything is made for it. A pipe is not opened: that may take
// for ever.
func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failure.Usage("check the name; the folder is "+text.Quote(currentFolder()), "there is no file %q", path)
	case err != nil:
		return failure.New(failure.ExitUsage, err)
	case info.IsDir():
		return failure.Usage("name a .csv or .xlsx file in it", "%q is a folder", path)
	case state.Device(info.Mode()):
		return failure.Usage("name a .csv or .xlsx file", "%q is a device, not a file", path)
	case state.Streams(info.Mode()):
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return failure.New(failure.ExitUsage, fmt.Errorf("read %q: %w", path, err), "check who may read it")
	}
	return f.Close()
}

// inputReadable refuses an input that cannot be read: stdin, too, where nothing is piped into it.
func (a *app) inputReadable(file string) error {
	if file != fromStdin {
		return readable(file)
	}
	hint := "pipe a file into it, or name one"
	if a.ui.InTTY {
		return failure.Usage(hint, "stdin is a terminal, and nothing is piped into it")
	}
	f, ok := a.ui.In.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return failure.New(failure.ExitUsage, fmt.Errorf("read stdin: %w", err), hint)
	case info.IsDir(), state.Device(info.Mode()):
		return failure.Usage(hint, "stdin is a device or a folder, and nothing is piped into it")
	}
	return nil
}

// streams reports whether an input is a pipe, whose content comes once.
func streams(file string) bool {
	if file == fromStdin {
		return true
	}
	info, err := os.Stat(file)
	return err == nil && state.Streams(info.Mode())
}

// copyInput copies an input into the folder of a run, until it ends or ctx does.
func (a *app) copyInput(ctx context.Context, run *state.Run, file string) (copied string, size int64, sum string, err error) {
	if streams(file) {
		a.ui.Notef("reading %s, a pipe, until it ends", inputName(file))
	}
	if file == fromStdin {
		copied, size, sum, err = run.CopyStream(ctx, a.ui.In, stdinName)
	} else {
		copied, size, sum, err = run.CopyInput(ctx, file)
	}
	switch {
	case ctx.Err() != nil:
		err = failure.New(failure.ExitStopped, fmt.Errorf("interrupted while %s was read: nothing was sent", inputName(file)))
	case errors.Is(err, state.ErrEndless):
		err = failure.New(failure.ExitUsage, err, "name a .csv or .xlsx file")
	}
	return copied, size, sum, err
}

// inputName is an input for people.
func inputName(file string) string {
	if file == fromStdin {
		return stdinName
	}
	return file
}

// reportStem is what the report of an input is named by: that of a pipe without a name of its own is written here.
func reportStem(file string) string {
	switch {
	case file == fromStdin:
		return stdinName
	case streams(file) && (strings.HasPrefix(filepath.ToSlash(file), "/dev/") || strings.HasPrefix(filepath.ToSlash(file), "/proc/")):
		return pipeName
	}
	return file
}
