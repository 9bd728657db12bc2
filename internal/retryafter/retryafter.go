// Package retryafter reads how long a vendor asks to wait, for those who wait and for those who tell the user.
package retryafter

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// MaxWait is how long a vendor is waited for; who asks for more is not asked again.
	MaxWait = 15 * time.Minute
	longest = 366 * 24 * time.Hour // that is understood
)

// Of is how long an answer, a 429 or a 503, asks to wait before the next request by its header Retry-After: seconds, or
// a date, which counts from the server's own clock. It is 0 if the answer does not ask.
func Of(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	v := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if s, err := strconv.ParseFloat(v, 64); err == nil && s > 0 {
		return time.Duration(min(s, longest.Seconds()) * float64(time.Second))
	}
	t, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now := time.Now()
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		now = date
	}
	return min(max(t.Sub(now), 0), longest)
}

// StatusHeader says in an answer that was given again which status it had when the vendor gave it. Its own, 429, says that nothing was
// done this time.
const StatusHeader = "Crmferry-Status"

// Status is the status of an answer as the vendor gave it.
func Status(resp *http.Response) int {
	if s, err := strconv.Atoi(resp.Header.Get(StatusHeader)); err == nil && resp.StatusCode == http.StatusTooManyRequests {
		return s
	}
	return resp.StatusCode
}
