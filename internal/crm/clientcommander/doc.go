// Package clientcommander is the client of the contacts API of Client Commander.
package clientcommander
