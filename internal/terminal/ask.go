package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// CanAsk reports whether there is somebody to ask: stdin and stderr are terminals.
func (u *UI) CanAsk() bool { return u.InTTY && u.ErrTTY }

// ErrNobody is the error of a question that nobody can answer.
var ErrNobody = errors.New("nobody to ask: not a terminal")

// AskFor puts a question and returns the line that is answered, without outer space; "" at the end of input. It ends with
// the context, and fails with ErrNobody off a terminal.
func (u *UI) AskFor(ctx context.Context, question string) (string, error) {
	if !u.CanAsk() {
		return "", ErrNobody
	}
	u.put(question + " ")
	answer, err := u.readLine(ctx)
	if errors.Is(err, io.EOF) {
		fmt.Fprintln(u.Err)
		err = nil
	}
	return strings.TrimSpace(answer), err
}

// IsAsking reports whether a question waits for its answer.
func (u *UI) IsAsking() bool { return u.asking.Load() }

// AskSecret is AskFor without showing what is typed. The terminal shows it again afterwards, also when the context ends
// first. Ctrl-C is context.Canceled.
func (u *UI) AskSecret(ctx context.Context, question string) (string, error) {
	in, isFile := u.In.(*os.File)
	if !isFile || !u.CanAsk() {
		return u.AskFor(ctx, question)
	}
	before, err := term.MakeRaw(int(in.Fd())) // x/term's own ReadPassword does not see the end of the input
	if err != nil {
		return "", fmt.Errorf("read from the terminal: %w", err)
	}
	u.put(question + " ")
	defer fmt.Fprintln(u.Err) // the line end that was typed is not shown either
	answer, err := typed(ctx, func() (string, error) {
		return term.NewTerminal(rawKeys{in}, "").ReadPassword("")
	})
	if errors.Is(err, io.EOF) {
		answer, err = "", nil
	}
	if ctx.Err() != nil {
		answer, err = "", ctx.Err()
	}
	return strings.TrimSpace(answer), errors.Join(err, term.Restore(int(in.Fd()), before))
}

// rawKeys are the keys of a terminal that makes no signals of them. Nothing is shown.
type rawKeys struct{ from io.Reader }

// Read reads a key, so that the next question gets what was typed ahead. Ctrl-C ends it.
func (k rawKeys) Read(p []byte) (int, error) {
	n, err := k.from.Read(p[:min(1, len(p))])
	if n > 0 && p[0] == interruptKey {
		return 0, context.Canceled
	}
	return n, err
}

// Write shows nothing.
func (rawKeys) Write(p []byte) (int, error) { return len(p), nil }

// interruptKey is Ctrl-C.
const interruptKey = 3

// typed is what read returns, or the error of the context, if that ends first: read goes on waiting for a line then.
func typed(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	given := make(chan answer, 1)
	go func() {
		text, err := read()
		given <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case a := <-given:
		return a.text, a.err
	}
}

// readLine reads what is typed, to the end of the line.
func (u *UI) readLine(ctx context.Context) (string, error) {
	u.asking.Store(true)
	defer u.asking.Store(false)
	if u.lines == nil {
		u.lines = bufio.NewReader(u.In)
	}
	return typed(ctx, func() (string, error) { return u.lines.ReadString('\n') })
}

// put writes a question, behind which the answer is typed.
func (u *UI) put(question string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.hideBar()
	fmt.Fprint(u.Err, Line(question))
}

// Ask puts a question and returns whether the answer was yes; an empty answer and the end of input mean no. Anything
// else is asked again. It fails with ErrNobody off a terminal.
func (u *UI) Ask(ctx context.Context, question string) (bool, error) {
	if !u.CanAsk() {
		return false, ErrNobody
	}
	for {
		u.put(question + " [y/N] ")
		answer, err := u.readLine(ctx)
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "y", "yes":
			return true, nil
		case "", "n", "no":
			if errors.Is(err, io.EOF) {
				fmt.Fprintln(u.Err)
				err = nil
			}
			return false, err
		}
		if err != nil {
			return false, nil
		}
		u.Notef("please answer y or n")
	}
}
