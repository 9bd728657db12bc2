// Package cells says what cells of a spreadsheet hold: a phone, a date, nothing at all.
//
// Functions of one file read cells of one kind. They take a trimmed cell and give back what it holds, without a word on the
// row that it stands in: what is reported of it is decided where rows are read. Evidence and Profile say what all cells of a
// column tell about each, such as the order of its dates.
package cells
