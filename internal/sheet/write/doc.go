// Package write writes sheets: texts as they are (NewWriter) or a table of typed cells (NewTable), as CSV or as a workbook.
// It alone knows excelize.
//
// The kinds of tables and CSV are in table.go and csv.go; a workbook's parts in archive.go, its rows in
// workbookwrite.go, cells.go and rowxml.go, and how it looks in styles.go and about.go. All are streams: the memory they take does not grow
// with the number of rows. A workbook carries a seal (seal.go), by which it is known whether another program has saved it.
package write
