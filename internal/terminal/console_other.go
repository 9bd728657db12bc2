//go:build !windows

package terminal

// OwnConsole reports whether the window in which the process runs was opened for it alone, and closes with it. Only Windows
// does so.
func OwnConsole() bool { return false }
