// Package item holds the rows of an import on their way, and judges them before anybody is asked.
package item
