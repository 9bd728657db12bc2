// Package failure is what ends a command that did not do all that it was asked for: an error with its exit code and
// with hints on what to do about it. The program turns it into the lines on stderr and into its exit code; everything
// below returns it.
package failure
