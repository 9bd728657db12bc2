// Package markup reads what programs write around the values of a cell: lists in brackets, signs as HTML writes them.
package markup
