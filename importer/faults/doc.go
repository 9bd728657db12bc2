// Package faults says what the error of a request means for its row and for the run.
package faults
