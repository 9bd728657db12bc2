// Package match finds the field of every column of a sheet.
//
// Data goes in: what the fields of a vendor's resource are (Spec), the header, what the cells of each column say, and what
// the user says (Request). Data comes out: which field is read from which columns, and for each column what became of it
// and why (Assignment). Nothing here knows a contact type; of a row, only what says where its
// address or phone is (place.go) is read.
//
// The way of a header: a sheet is made of it (sheet.go), with the program that wrote it and what the user maps (maps.go).
// The columns are understood in the steps that understand.go lists. Every field then chooses among the columns that could
// feed it (assign.go), and every column is told what became of it (explain.go).
package match
