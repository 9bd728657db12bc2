// Package schema holds what the fields of a vendor's records are made of: how a cell of a row is read into one, shown,
// compared with what the vendor has, and merged.
package schema
