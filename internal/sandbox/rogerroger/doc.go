// Package rogerroger simulates RogerRoger by its documented rules: people, their notes, and what they link to.
package rogerroger
