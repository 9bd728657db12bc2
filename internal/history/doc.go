// Package history is what is known of runs, past and present: the record that each import and export keeps in its
// folder (run.json, one schema for both), the list of past runs with what their records, journals and locks tell, which
// of them an import of a file goes on with, and which may be removed.
//
// What became of each row is in the journal of an import, which package importer writes and reads.
package history
