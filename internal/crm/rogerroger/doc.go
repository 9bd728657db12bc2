// Package rogerroger is the client of the contacts API of RogerRoger.
package rogerroger
