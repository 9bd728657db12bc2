package account

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"crmferry/internal/failure"
	"crmferry/internal/transport"
)

// parseBase checks a base URL. Its value is quoted without what may be a secret in it.
func (g *given) parseBase(set Setting, value string) (*url.URL, error) {
	name := g.name(set)
	hint := fmt.Sprintf("%s is %s", name, g.account.Vendor.URLHint)
	u, err := url.Parse(value)
	if strings.Contains(strings.ReplaceAll(value, "%40", "@"), "@") {
		return nil, failure.Usage("the key is given apart: "+g.keyNames(), "the value of %s holds a user name or password", name)
	}
	shown, rest := splitAddress(value)
	switch {
	case !strings.Contains(value, "://") && !namesHost(shown):
		// Not quoted: it may be a key that was put into the wrong variable.
		return nil, failure.Usage(hint, "the value of %s is not a URL", name)
	case !strings.Contains(value, "://"):
		return nil, failure.Usage(fmt.Sprintf("did you mean %q?", guessScheme(shown)+shown), "%s has no scheme", g.with(set, shown))
	case rest != "":
		return nil, failure.Usage("leave out what follows the path", "the value of %s holds more than host and path, which are %q", name, shown)
	case err != nil:
		return nil, failure.Usage(hint, "%s is not a URL", g.with(set, value))
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, failure.Usage(hint, "%s has the scheme %q, only https is understood", g.with(set, value), u.Scheme)
	case u.Hostname() == "":
		return nil, failure.Usage(hint, "%s names no host", g.with(set, value))
	case u.Scheme == "http" && !transport.IsThisMachine(u.Hostname()):
		return nil, failure.Usage(fmt.Sprintf("use %q", "https"+strings.TrimPrefix(value, "http")),
			"%s would send the key in clear to another machine", g.with(set, value))
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}

// splitAddress cuts an address where its query or fragment begins, which may hold a key.
func splitAddress(value string) (address, rest string) {
	n := strings.IndexAny(value, "?#")
	if n < 0 {
		return value, ""
	}
	return value[:n], value[n:]
}

// namesHost reports whether an address without a scheme begins with the name of a host, perhaps with a port, and not with
// a key: keys have capitals, or digits where a name has its top-level domain.
func namesHost(address string) bool {
	host, _, _ := strings.Cut(address, "/")
	if name, port, err := net.SplitHostPort(host); err == nil && strings.Trim(port, "0123456789") == "" {
		host = name
	}
	dot := strings.LastIndex(host, ".")
	return transport.IsThisMachine(host) || net.ParseIP(host) != nil ||
		dot > 0 && dot < len(host)-1 && strings.Trim(host[dot+1:], lowercase) == "" && strings.Trim(host, lowercase+"0123456789-.") == ""
}

const lowercase = "abcdefghijklmnopqrstuvwxyz"

func guessScheme(value string) string {
	host, _, _ := strings.Cut(value, "/")
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if transport.IsThisMachine(host) {
		return "http://"
	}
	return "https://"
}
