package transport

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"crmferry/internal/transport/http1"
)

// errNoProxy refuses what is said to be a proxy and is none. It is not quoted, as it may hold a password.
var errNoProxy = fmt.Errorf("%w: what HTTPS_PROXY names is no address of a proxy (a %% in a password is written %%25, an @ %%40)", http1.ErrUnsendable)

// proxyOf is the proxy that the environment names for a request. What names one and is no address is refused: net/http would connect
// without a proxy, or to a host of another name.
func proxyOf() func(*http.Request) (*url.URL, error) {
	env := httpproxy.FromEnvironment()
	if isProxy(env.HTTPSProxy) {
		return http.ProxyFromEnvironment
	}
	env.HTTPSProxy = "http://localhost" // to know who would be reached by one
	named := env.ProxyFunc()
	return func(req *http.Request) (*url.URL, error) {
		if by, err := named(req.URL); by == nil || err != nil {
			return nil, err
		}
		return nil, errNoProxy
	}
}

// isProxy reports whether a text is the address of a proxy, with a scheme or without, or there is none.
func isProxy(text string) bool {
	if text != "" && !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	return err == nil && (text == "" || u.Host != "")
}
