// Package sheet reads rows from CSV files and XLSX workbooks, and writes them.
//
// Both kinds of file are read as a stream of rows, numbered as Excel shows them, whose cells are text as a person reads
// it: phones, ids and zips keep their digits, dates are ISO dates. What a file is, is decided by its content
// (detect.go). A CSV file's encoding is found in charset.go and guess.go, its delimiter in delimiter.go; its text becomes
// lines in window.go and rows in csv.go. A workbook's parts are found in
// workbook.go, the worksheet that is meant in choose.go and glance.go, and its rows are cut out of the XML in xml.go and
// worksheet.go; what is hidden or merged around them is noted in around.go. Which of the rows are the table is decided
// for both in place.go and tail.go. What had to be found out, and what is odd, is told by Facts and Findings. Errors say where in the file something is
// wrong (Error), what kind of fault it is (ErrNoSheet and the others), and what to do about it (Hint).
//
// What is written is either texts as they are (NewWriter) or a table of typed cells (NewTable): its kinds and CSV are in
// table.go, write_csv.go and guard.go; a workbook's parts in workbook_archive.go, its rows in workbook_table.go,
// workbook_cells.go and workbook_rows.go, and how it looks in workbook_look.go and workbook_about.go. Both are streams
// too: the memory they take does not grow with the number of rows. Whether another program has saved a workbook since
// it was written here is told by seal.go and origin.go.
package sheet
