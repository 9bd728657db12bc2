// Package verdict turns the result of a check into words: what each column is, what was found, what stands against an import
// and what it would do.
package verdict
