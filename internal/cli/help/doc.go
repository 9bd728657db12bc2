// Package help writes the help of a command: examples first, flags by group.
package help
