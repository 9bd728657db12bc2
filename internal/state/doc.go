// Package state keeps what outlives a run: run directories, copies of inputs, files that appear whole or not at all.
package state
