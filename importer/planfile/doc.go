// Package planfile is the file of a plan: what a dry run would do with each row, written for people (sheets.go, changes.go),
// marked by them in a spreadsheet program, and read back (read.go, compare.go). The file says which rows are approved, and
// nothing else: what is done with a row stands in the plan, and a file that says something else is refused.
//
// It knows neither the engine nor vendors. Values are texts, as an export shows them.
package planfile
