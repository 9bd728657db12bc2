// Package exporter reads every contact of a list and proves that it has them all. While it reads, people make, change
// and delete contacts: see numbered.go for what that does to pages and how completeness is shown all the same.
package exporter
