// Package cli is the command line: each command turns its flags into a request and its result into words, an error into
// an exit code and a hint.
package cli
