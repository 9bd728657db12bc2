// Package parse reads the values of flags: filters, times, shares and rates, and how a sheet is read. What is wrong with one is
// wrong use, with the way to write it.
package parse
