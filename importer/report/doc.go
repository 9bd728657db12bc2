// Package report writes what people keep of a run or a check: the report with a line for each row, the rejects to be mended
// and fed back, and the workbook of a check. A file appears when it is complete, or not at all. What to do about a row is
// said by an Adviser, because it names commands and flags.
package report
