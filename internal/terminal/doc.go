// Package terminal writes for people: progress, tables, questions, hints. It knows about terminals so that nothing else does.
package terminal
