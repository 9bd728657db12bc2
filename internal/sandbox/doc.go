// Package sandbox simulates the four vendor APIs by their documented rules.
package sandbox
