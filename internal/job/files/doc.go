// Package files knows the files that jobs read and write for people: which input can be read, be it a pipe; which output may
// be written, and which file it must not take the place of; the small tables in which people map columns and values.
package files
