// Package runrows keeps the rows of a run as they were converted: they are written once, before the first request, into
// the run's folder, and everything later reads them there, whatever becomes of the file that they came from.
package runrows
