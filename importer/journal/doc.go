// Package journal holds what a run writes down of its rows: before a write leaves that it is about to, afterwards what
// became of the row. Read back, it tells a later session of the run which rows are done, which are in doubt and which were
// never sent, and it gives every row of a report after any crash. It knows the order of records and when they are durable;
// what is sent, and what is done about a doubt, is the engine's.
package journal
