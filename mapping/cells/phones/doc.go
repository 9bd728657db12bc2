// Package phones reads cells that hold phone numbers, as people and programs write them, into E.164, and finds the country
// that most numbers of a file are of.
package phones
