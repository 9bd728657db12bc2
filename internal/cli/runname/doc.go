// Package runname reads how people name runs, their ages and their rows.
package runname
