// Package export writes every contact of an account into a file, from start to end. The file appears only when it is shown
// to be complete and is not suspiciously small; until then an old one stays.
package export
