// Package advice has what the command line tells its user to do: the words for the codes of the core, with the flags that
// the core does not know.
package advice
