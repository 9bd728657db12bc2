// Package headers says what the headers of columns mean.
//
// A Concept is what a column holds, whatever it is called. The words for each stand in one file per language, with the words
// that cells are read by: months, yes and no. The file programs.go lists the programs whose sheets are recognised,
// and what their headers mean in those alone. To add a language, write its file and name it in languages; to add a program,
// add it to programs.go. All here is data and how it is found: what the other columns of a sheet and its cells make of a
// header is decided in package match.
package headers
