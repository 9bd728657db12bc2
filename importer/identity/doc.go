// Package identity tells whether ids mean the contacts that rows are about. Ids are believed only in the account that gave
// them: another account may have given the same id to somebody else, which shows in what a row and its contact have of
// e-mail, phone, name, title and the like.
package identity
