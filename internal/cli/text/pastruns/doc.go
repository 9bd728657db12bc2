// Package pastruns turns past runs into words: their list, one of them with its rows, and what they did to one contact.
package pastruns
