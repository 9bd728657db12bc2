package outcome

import (
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Sink takes the results of a run in the order of the rows.
type Sink interface {
	Write(r *Result) error
}

// Collector hands results to a sink in the order of their rows, and counts them: one for each row, whatever its parts.
type Collector struct {
	Summary *Summary

	sink    Sink
	upserts bool   // the vendor decides what is one contact
	ids     *IDSet // of contacts that were written
	parts   Joiner
	failure error // the first of the sink
}

// NewCollector returns a Collector for at most so many written rows. traits are the vendor's.
func NewCollector(sink Sink, summary *Summary, traits crm.Traits, written int) *Collector {
	return &Collector{Summary: summary, sink: sink, upserts: traits.CreateUpserts, ids: NewIDSet(written)}
}

// Add hands one result on. written says that the vendor took a write of the row. After the first failure of the sink, which it
// returns every time, results are only counted.
func (c *Collector) Add(res *Result, written bool) error {
	if written && res.ID != "" && c.ids.Add(res.ID) {
		res.Problems = append(res.Problems, mapping.Problem{Code: CodeMerged, Message: c.mergedText()})
	}
	for _, whole := range c.parts.Add(res) {
		c.write(whole)
	}
	return c.failure
}

// End hands on what waits for further parts of its row. No result follows.
func (c *Collector) End() error {
	if rest := c.parts.Rest(); rest != nil {
		c.write(rest)
	}
	return c.failure
}

func (c *Collector) write(res *Result) {
	c.Summary.add(res)
	if res.Unreached {
		c.Summary.Open++
	}
	if c.failure == nil {
		c.failure = c.sink.Write(res)
	}
}

func (c *Collector) mergedText() string {
	if c.upserts {
		return "the vendor took this row and an earlier one, which has the same id, for one contact"
	}
	return "this row and an earlier one, which has the same id, are one contact"
}
