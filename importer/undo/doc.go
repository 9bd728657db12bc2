// Package undo finds out what takes a run back: which rows it wrote, by its journal, and, once the contact of such a row was
// read, what of it still is as the run left it. It sends nothing.
package undo
