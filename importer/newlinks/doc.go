// Package newlinks creates the things that rows name and the vendor lacks, such as tags and clients, each once, before the first
// row, where a row that is to be sent needs it.
package newlinks
