// Package importer takes the rows of a sheet into a vendor and reports what became of each.
package importer
