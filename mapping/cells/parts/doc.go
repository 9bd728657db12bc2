// Package parts cuts a text that is too long for one record into several.
package parts
