package transport

import "net/http"

// authorized adds the credentials and the user agent to a copy of each request.
type authorized struct {
	next      http.RoundTripper
	authorize func(*http.Request)
	agent     string
}

func (a authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	c := req.Clone(req.Context())
	if a.agent != "" {
		c.Header.Set("User-Agent", a.agent)
	}
	if a.authorize != nil {
		a.authorize(c)
	}
	if !isRead(c.Method) {
		c.GetBody = nil // else net/http repeats a write on a reused connection by itself, past pace and journal
	}
	return a.next.RoundTrip(c)
}
