package terminal

import "fmt"

// Resultf writes one line that says how a command ended to stderr, even under --quiet: the caller decides whether the
// command ended well enough to say nothing.
func (u *UI) Resultf(format string, args ...any) {
	u.line("", "", fmt.Sprintf(format, args...))
}
