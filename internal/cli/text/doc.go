// Package text turns requests, results and errors into the words that people read, and into command lines that they can
// paste into a shell. It prints and changes nothing: internal/cli prints what it returns.
package text
