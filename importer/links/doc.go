// Package links turns the names of related things that stand in rows, such as tags and clients, into the ids by which a vendor
// knows them, and says which names are borne by none or by several. What is missing is created by the engine, because that
// needs a run.
package links
