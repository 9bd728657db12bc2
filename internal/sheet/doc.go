// Package sheet reads rows from CSV files and XLSX workbooks, and writes them.
//
// Both kinds of file are read as a stream of rows, numbered as Excel shows them, whose cells are text as a person reads
// it: phones, ids and zips keep their digits, dates are ISO dates. What a file is, is decided by its content
// (detect.go); a CSV file's bytes become lines in window.go and rows in csv.go, a workbook's parts are found in
// workbook.go, and its rows cut out of the XML in xml.go and worksheet.go. Errors say where in the file something is
// wrong (Error), what kind of fault it is (ErrNoSheet and the others), and what to do about it (Hint).
package sheet
