// Package clientcommander simulates Client Commander by its documented rules.
package clientcommander
