// Package shared finds the rows that have one phone and are about different people.
package shared
