// Package seed holds the invented people that every simulated vendor knows from the start, and that the samples meet.
package seed
