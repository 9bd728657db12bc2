package transport

import (
	"maps"
	"net/http"
)

// authority are the credentials and the user agent of requests.
type authority struct {
	authorize func(*http.Request)
	agent     []string
}

// sign adds them to a copy of a request, of which only the header is still that of the request itself: a deep copy would take
// a tenth of what the layers cost.
func (a authority) sign(c *http.Request) {
	c.Header = maps.Clone(c.Header)
	if a.agent != nil {
		c.Header["User-Agent"] = a.agent
	}
	if a.authorize != nil {
		a.authorize(c)
	}
}
