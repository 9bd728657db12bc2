// Package survey reads a file before any request: it matches the header, converts every row, counts what the rows say and
// which of their keys repeat, and keeps what was found on the way. It can read the file again, as it was understood the
// first time. It knows the table of the contacts, and no vendor.
package survey
