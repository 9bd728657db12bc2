// Package outcome says what became of the rows of a run: the outcome of each, the action that was taken, the codes of
// what went wrong, and the counts of them all. It knows neither files nor vendors; the engine, the journal and the reports
// speak of rows in its terms.
package outcome
