// Package settings reads the values that the user gives beside a sheet: what every row gets, what the rows get that have
// nothing else, and what is read in place of cells. What a field does not take is refused before any row is read.
package settings
