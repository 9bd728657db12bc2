// Package trace tells what one run did to a contact: which of its rows are about the contact, by the rows that the run has
// kept and by its journal, what became of them, and what each changed, field by field.
package trace
