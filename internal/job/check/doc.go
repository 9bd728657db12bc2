// Package check says what an import would make of a file, without network: what each column is taken for, and what is
// wrong with rows.
package check
