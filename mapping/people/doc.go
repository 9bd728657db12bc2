// Package people says what people are known by, e-mail addresses, phones and names, and how far a row and a contact are one
// person. Ids do not tell: they are numbers that another account may have given to somebody else.
package people
