// Package nations knows the countries and the states of the USA by their codes and names, and the forms of their postal codes.
package nations
