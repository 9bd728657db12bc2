package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is how pages of contacts go wrong.
type Fault struct {
	Kind  string // one of FaultKinds
	After int    // pages that are answered well before
	Times int    // pages that go wrong then, 0 for all that follow
}

// FaultKind describes a kind of fault.
type FaultKind struct{ Name, Text string }

// The kinds of faults.
const (
	faultHTML      = "html"
	faultTruncated = "truncated"
	faultKey       = "401"
	faultStorm     = "429"
	faultServer    = "500"
	faultRepeat    = "repeat"
	faultCursor    = "cursor"
	faultTotal     = "total"
)

// FaultKinds lists what can go wrong.
func FaultKinds() []FaultKind {
	return []FaultKind{
		{faultHTML, "a web page comes instead of JSON"},
		{faultTruncated, "the JSON ends in the middle"},
		{faultKey, "the key is refused"},
		{faultStorm, "too many requests, wait a second"},
		{faultServer, "the vendor fails"},
		{faultRepeat, "the same page comes for ever"},
		{faultCursor, "the cursor leads to where it came from (Client Commander)"},
		{faultTotal, "the total is higher than the list is long (Grow CRM, RogerRoger)"},
	}
}

// ParseFault reads KIND, KIND@AFTER or KIND@AFTERxTIMES: "401@5" refuses the key from the sixth page of contacts on,
// "500@5x2" fails twice.
func ParseFault(s string) (Fault, error) {
	kind, rest, counted := strings.Cut(s, "@")
	f := Fault{Kind: kind}
	known := false
	var names []string
	for _, k := range FaultKinds() {
		known = known || k.Name == kind
		names = append(names, k.Name)
	}
	if !known {
		return Fault{}, fmt.Errorf("no kind of fault is called %q: there are %s", kind, strings.Join(names, ", "))
	}
	if !counted {
		return f, nil
	}
	after, times, several := strings.Cut(rest, "x")
	var err error
	if f.After, err = strconv.Atoi(after); err != nil || f.After < 0 {
		return Fault{}, fmt.Errorf("%q: %q is not a number of pages", s, after)
	}
	if several {
		if f.Times, err = strconv.Atoi(times); err != nil || f.Times < 1 {
			return Fault{}, fmt.Errorf("%q: %q is not a number of pages", s, times)
		}
	}
	return f, nil
}

// strikes says whether a request for a page, counted from 1, goes wrong.
func (f Fault) strikes(request int) bool {
	return request > f.After && (f.Times == 0 || request <= f.After+f.Times)
}

// spoil makes of a good answer what the fault for it says.
func (v *vendor) spoil(c *call, request int, good reply) reply {
	for _, f := range v.server.options.Faults {
		if f.strikes(request) && good.status == http.StatusOK {
			good = v.wrong(f.Kind, c, good)
		}
	}
	return good
}

func (v *vendor) wrong(kind string, c *call, good reply) reply {
	switch kind {
	case faultHTML:
		return reply{status: http.StatusOK, header: map[string]string{"Content-Type": "text/html"},
			body: []byte("<!doctype html><title>Maintenance</title><p>We will be back soon.")}
	case faultTruncated:
		if raw, err := json.Marshal(good.body); err == nil {
			return reply{status: good.status, body: raw[:len(raw)/2]}
		}
	case faultKey:
		return v.fail(failure{status: http.StatusUnauthorized, rule: v.name + ".key"})
	case faultStorm:
		return v.fail(failure{status: http.StatusTooManyRequests, rule: v.name + ".limit", wait: time.Second})
	case faultServer:
		return reply{status: http.StatusInternalServerError, body: map[string]string{"message": "Server Error"}}
	case faultRepeat:
		v.stuck.CompareAndSwap(nil, &good)
		return *v.stuck.Load()
	case faultCursor, faultTotal:
		good.body = bent(kind, c, good.body)
	}
	return good
}

// bent is the body of a list with a cursor that does not advance, or with a total that is too high.
func bent(kind string, c *call, body any) any {
	list, ok := body.(map[string]any)
	if !ok {
		return body
	}
	list = maps.Clone(list)
	switch meta := list["meta"].(type) {
	case map[string]any:
		if kind == faultCursor {
			meta["hasMore"], meta["nextCursor"] = true, c.query.Get("cursor")
		}
	case map[string]int:
		if kind == faultTotal {
			meta["total"] += 7
		}
	}
	if total, ok := list["totalItems"].(int); ok && kind == faultTotal {
		list["totalItems"] = total + 7
	}
	return list
}
