// Package newlinks creates the things that rows name and the vendor lacks, such as tags and clients, each once, before the first
// row that names it.
package newlinks
