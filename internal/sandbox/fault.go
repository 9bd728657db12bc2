package sandbox

import (
	"cmp"
	"sync/atomic"
	"time"

	"crmferry/internal/sandbox/api"
)

// Fault is how requests go wrong. The zero values of its numbers let all of them go wrong from the first.
type Fault struct {
	Kind   string // one of FaultKinds
	Vendor string // "" or "all" for all of them, each counted by itself
	On     string // which requests are counted and hit: pages (the default), all, reads or writes
	Every  int    // every how many-th of them
	From   int    // the first that is hit, counted from 1; 0 for the Every-th
	Times  int    // how many are hit, 0 for no end
	// Scatter hits one of every Every requests, anywhere among them, so that no pattern of requests meets always the same.
	Scatter bool
	// For is how long the vendor asks to wait (429, 503), an answer takes (slow), a commit is late (hang, drop-late,
	// abandoned), or how far ahead the vendor's clock is (clock), behind if negative.
	For    time.Duration
	Status int    // of an answer of another form; 0 for some by turns
	Form   string // of such an answer, one of Forms; "" for all by turns
}

// What the requests are that a fault is about.
const (
	onPages  = "pages" // of contacts
	onAll    = "all"
	onReads  = "reads"
	onWrites = "writes"
)

// FaultKind describes a kind of fault.
type FaultKind struct{ Name, Text string }

// The kinds of faults.
const (
	faultTooMany     = "429"
	faultTooManyBare = "429-bare"
	faultBefore      = "500-before"
	faultAfter       = "500-after"
	faultGateway     = "502"
	faultUnavailable = "503"
	faultDropBefore  = "drop-before"
	faultDropAfter   = "drop-after"
	faultHang        = "hang"
	faultSlow        = "slow"
	faultTruncate    = "truncate"
	faultBadJSON     = "badjson"
	faultHTML        = "html"
	faultOther       = "other-before"
	faultOtherAfter  = "other-after"
	faultPlain       = "plaintext"
	faultDropLate    = "drop-late"
	faultAbandoned   = "abandoned"
	faultClock       = "clock"
	faultKey         = "401"
	faultRepeat      = "repeat"
	faultCursor      = "cursor"
	faultTotal       = "total"
)

// FaultKinds lists what can go wrong.
func FaultKinds() []FaultKind {
	return []FaultKind{
		{faultTooMany, "too many requests, nothing is done; Retry-After in seconds and as a date by turns"},
		{faultTooManyBare, "the same without Retry-After"},
		{faultBefore, "the vendor fails before anything is done"},
		{faultAfter, "the vendor does it and fails then"},
		{faultGateway, "a proxy answers; every second time the vendor has done it"},
		{faultUnavailable, "the same with Retry-After"},
		{faultDropBefore, "the connection is cut, nothing is done"},
		{faultDropAfter, "the vendor does it, then the connection is cut"},
		{faultHang, "no answer ever; by turns nothing is done, all is, or only some time after the client gave up"},
		{faultSlow, "the vendor does it and answers late"},
		{faultTruncate, "the vendor does it, the connection is cut in the middle of the answer"},
		{faultBadJSON, "the vendor does it, the JSON ends in the middle"},
		{faultHTML, "the vendor does it, a web page comes with status 200 instead of JSON"},
		{faultOther, "something answers in the vendor's place and in another form, nothing is done"},
		{faultOtherAfter, "the vendor does it, then the same answer comes"},
		{faultPlain, "the vendor does it, then a gateway writes plain text on the connection, be it TLS"},
		{faultDropLate, "the connection is cut, the vendor does it only after that"},
		{faultAbandoned, "the answer takes a little; if the client is gone by then, the vendor does it only after that"},
		{faultClock, "the vendor's clock is ahead by for=D, or behind by for=-D, all the time"},
		{faultKey, "the key is refused"},
		{faultRepeat, "the same page comes for ever (pages only)"},
		{faultCursor, "the cursor leads to where it came from (pages of Client Commander)"},
		{faultTotal, "the total is higher than the list is long (pages of Grow CRM, RogerRoger)"},
	}
}

// FaultKindsOfRequests lists the kinds that can hit any request, not only pages.
func FaultKindsOfRequests() []string {
	var names []string
	for _, k := range FaultKinds() {
		if !pagesOnly(k.Name) && k.Name != faultClock {
			names = append(names, k.Name)
		}
	}
	return names
}

// pagesOnly reports whether a kind bends a good page of contacts.
func pagesOnly(kind string) bool {
	return kind == faultRepeat || kind == faultCursor || kind == faultTotal
}

// hits is which of the fault's hits a request is, counted from 1, and 0 if it is none. n counts its requests from 1.
func (f Fault) hits(n int) int {
	every := max(f.Every, 1)
	first := every
	if f.Scatter {
		first = 1
	}
	past := n - cmp.Or(f.From, first)
	if past < 0 || past%every != f.place(past/every) {
		return 0
	}
	if hit := past/every + 1; f.Times == 0 || hit <= f.Times {
		return hit
	}
	return 0
}

// place is which of the n-th Every requests is hit, counted from 0.
func (f Fault) place(n int) int {
	if !f.Scatter {
		return 0
	}
	return int(api.Scramble(n, 0) % uint64(max(f.Every, 1)))
}

// about reports whether a fault counts a request.
func (f Fault) about(page, read bool) bool {
	switch f.On {
	case onAll:
		return true
	case onReads:
		return read
	case onWrites:
		return !read
	}
	return page
}

// injector injects a fault into the requests of one vendor, with the requests that it counted.
type injector struct {
	Fault
	seen atomic.Int64
}

// injection is a fault that hits one request; number counts the hits of the fault, from 1.
type injection struct {
	Fault
	number int
}

// even is true for every second injection.
func (s injection) even() bool { return s.number%2 == 0 }

// injectorsFor are the injectors of the faults that hit requests to a vendor.
func injectorsFor(vendor string, faults []Fault) []*injector {
	var all []*injector
	for _, f := range faults {
		if f.Kind != faultClock && f.concerns(vendor) {
			all = append(all, &injector{Fault: f})
		}
	}
	return all
}

// skewOf is how far ahead the clock of a vendor is.
func skewOf(vendor string, faults []Fault) time.Duration {
	var ahead time.Duration
	for _, f := range faults {
		if f.Kind == faultClock && f.concerns(vendor) {
			ahead += f.For
		}
	}
	return ahead
}

// concerns reports whether a fault is one of that vendor.
func (f Fault) concerns(vendor string) bool {
	return f.Vendor == "" || f.Vendor == onAll || f.Vendor == vendor
}
