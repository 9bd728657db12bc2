package transport

import "net/http"

// maxRedirects is the number of redirects that a read follows.
const maxRedirects = 5

// checkRedirect lets reads be redirected within the host. Anything else is answered with the redirect itself: followed
// to another host it would carry the key along, and a write would arrive twice or as a read.
func checkRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	within := req.URL.Scheme == first.URL.Scheme && req.URL.Host == first.URL.Host
	if !isRead(first.Method) || !within || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}

// isRead: reads change nothing, so that they may be sent again.
func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }
