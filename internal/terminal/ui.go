package terminal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// UI is what a command talks through. New fills it for a process, Test for a test; the fields are set before the
// first use and not changed afterwards, except Quiet, JSON and Lines, which a command sets from its flags. Its methods are
// safe for concurrent use.
type UI struct {
	In       io.Reader
	Out, Err io.Writer // data, all else
	InTTY    bool
	OutTTY   bool
	ErrTTY   bool
	Color    bool // colour on stderr
	Quiet    bool // --quiet
	JSON     bool // --json
	Lines    bool // --progress json: a line of JSON each second in place of the bar, even if Quiet
	Width    int  // columns of the terminal that stderr is, 0 if it is none
	Now      func() time.Time

	asking atomic.Bool // a question waits for its answer

	lines *bufio.Reader // what is typed, once something is asked; questions are put one after the other

	mu  sync.Mutex // guards bar, and keeps lines whole
	bar *Progress  // the bar that is shown, to be taken away while a line is printed

	told atomic.Pointer[wait] // the last wait that had a line where no progress shows it
}

// New is the UI of a process with these files. environ looks variables up, as os.LookupEnv does.
func New(in, out, err *os.File, environ func(string) (string, bool)) *UI {
	u := &UI{In: in, Out: out, Err: err, Now: time.Now}
	u.InTTY = term.IsTerminal(int(in.Fd()))
	u.OutTTY = term.IsTerminal(int(out.Fd()))
	u.ErrTTY = term.IsTerminal(int(err.Fd()))
	if u.ErrTTY {
		u.Width = 80
		if w, _, e := term.GetSize(int(err.Fd())); e == nil && w > 0 {
			u.Width = w
		}
	}
	noColor, _ := environ("NO_COLOR")
	name, _ := environ("TERM")
	u.Color = u.ErrTTY && noColor == "" && name != "dumb"
	return u
}

// Test is a UI over the given reader and writers, off a terminal.
func Test(in io.Reader, out, err io.Writer) *UI {
	return &UI{In: in, Out: out, Err: err, Now: time.Now}
}

// Printf writes data to stdout. The format gives the line ends; arguments that are texts have none.
func (u *UI) Printf(format string, args ...any) {
	for i, a := range args {
		if text, ok := a.(string); ok {
			args[i] = Line(text)
		}
	}
	u.Text(fmt.Sprintf(format, args...))
}

// Text writes a text of several lines, which nobody else wrote, to stdout. The caller gives the line ends.
func (u *UI) Text(text string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.hideBar()
	fmt.Fprint(u.Out, block(text))
}

// WriteJSON writes v to stdout as indented JSON.
func (u *UI) WriteJSON(v any) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.hideBar()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := u.Out.Write(escaped(b.Bytes()))
	return err
}

// Notef writes one line for the user to stderr, unless --quiet. The line end is added.
func (u *UI) Notef(format string, args ...any) {
	if !u.Quiet {
		u.line("", "", fmt.Sprintf(format, args...))
	}
}

// Resultf writes one line that says how a command ended to stderr, even under --quiet: the caller decides whether the
// command ended well enough to say nothing.
func (u *UI) Resultf(format string, args ...any) {
	u.line("", "", fmt.Sprintf(format, args...))
}

// Warnf writes a line "warning: ..." to stderr, unless --quiet.
func (u *UI) Warnf(format string, args ...any) {
	if !u.Quiet {
		u.line("warning: ", yellow, fmt.Sprintf(format, args...))
	}
}

// Error writes "error: ..." and one line "hint: ..." for each hint to stderr.
func (u *UI) Error(err error, hints ...string) {
	text := strings.NewReplacer("\r\n", "; ", "\n", "; ").Replace(err.Error()) // of several errors each has a line
	u.line("error: ", red, text)
	for _, h := range hints {
		u.line("hint: ", "", h)
	}
}

// Colours as terminals know them.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

func (u *UI) line(prefix, color, text string) {
	if u.Color && color != "" {
		prefix = color + prefix + reset
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.hideBar()
	fmt.Fprintln(u.Err, prefix+Line(text))
}

// LogWriter is stderr for a logger: each Write is whole lines, and the bar makes room for them.
func (u *UI) LogWriter() io.Writer { return logWriter{u} }

type logWriter struct{ ui *UI }

func (w logWriter) Write(p []byte) (int, error) {
	w.ui.mu.Lock()
	defer w.ui.mu.Unlock()
	w.ui.hideBar()
	if _, err := io.WriteString(w.ui.Err, block(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// hideBar takes the bar away before a line is printed; its next step draws it again. u.mu is held.
func (u *UI) hideBar() {
	if u.bar != nil && u.bar.bar != nil {
		_ = u.bar.bar.Clear()
	}
}

// Progress shows how far a run is: as a bar on a terminal, as a plain line each minute elsewhere, not at all under
// --quiet (or, for the bar, --json). Its methods are safe for concurrent use; after Done they do nothing.
type Progress struct {
	ui    *UI
	noun  string // "row"
	total int64  // 0: not known
	start time.Time
	bar   *progressbar.ProgressBar // nil off a terminal

	mu     sync.Mutex
	done   int64
	began  int64            // of them, before the first second
	became map[string]int64 // how many became what
	bad    []string         // of these, what nobody wished for, in the order met
	wait   wait
	silent func() string // see Silent
	shown  string        // of why nothing happens, and of the time left, on the bar
	left   time.Duration // as the caller reckons it, 0 if not
	ended  chan struct{} // closed by Done
	drawn  time.Time     // the bar
	stale  bool          // something changed since

	reckoned time.Time // when left was

	ticking sync.WaitGroup // of tick
}

// wait is why nothing happens, and until when.
type wait struct {
	until time.Time
	why   string
	told  time.Time // when a line last told of one
}
