// Package humanize writes numbers, durations and lists as people read them, and finds the word that was meant.
package humanize
