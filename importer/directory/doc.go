// Package directory finds the contacts of a vendor that rows may already be, by their keys: with one request for a batch of
// keys, one contact at a time, or by listing everybody once, whichever takes the fewest requests. It sends nothing that
// changes a contact, and knows neither files nor runs.
package directory
