// Package importer is the engine of an import: it takes the rows of a file into a vendor and reports what became of each. It
// looks contacts up, decides what is to be done with a row, writes the intent down, sends, and verifies what is in doubt. It
// asks a vendor's client what it can do and never which vendor it is. What can be said without a vendor or without a run
// stands in the packages below it.
package importer
