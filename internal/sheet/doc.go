// Package sheet opens CSV files and XLSX workbooks and reads the rows of the table that is in them.
//
// Both kinds of file are read as a stream of rows, numbered as Excel shows them, whose cells are text as a person reads
// it: phones, ids and zips keep their digits, dates are ISO dates. What a file is, is decided by its content (detect.go);
// how it is read is a Layout, which is found once and opened again as often as needed (layout.go). Which of the rows are
// the table is decided for both kinds in place.go and tail.go. What had to be found out, and what is odd, is told by Facts
// and Findings; errors say where in the file something is wrong, and what kind of fault it is (rows.Error). Whether
// another program has saved a workbook since crmferry wrote it is told by origin.go.
//
// Below it are rows, which has what all of them share, the readers csv and xlsx, and, apart from these, the writers in
// write.
package sheet
