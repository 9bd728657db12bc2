// Package modes says what may be done with rows, and which of it the documentation of a vendor allows for.
package modes
