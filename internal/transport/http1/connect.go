package http1

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/proxy"
)

const (
	handshake = 15 * time.Second // TLS takes no longer
	tunnel    = time.Minute      // nor does a proxy until it has connected
)

// ErrProxyRefused is there if a proxy does not let this user, or this destination, pass.
var ErrProxyRefused = errors.New("the proxy refused")

// destination is where a connection leads to.
type destination struct {
	host, port string // in ASCII
	secure     bool   // by TLS
	proxy      string // the URL of the proxy in between; empty: none
}

func (d destination) address() string { return net.JoinHostPort(d.host, d.port) }

// destination is where a request goes.
func (t *Transport) destination(req *http.Request) (destination, error) {
	to, err := addressed(req.URL)
	if err != nil {
		return to, fmt.Errorf("%w: %w", ErrUnsendable, err)
	}
	if t.Proxy == nil {
		return to, nil
	}
	by, err := t.Proxy(req)
	if err != nil {
		return to, err
	}
	if by != nil {
		to.proxy = by.String()
	}
	return to, nil
}

// ports are those of schemes.
var ports = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// addressed is where a URL leads to.
func addressed(u *url.URL) (destination, error) {
	host, err := toASCII(u.Hostname())
	if err != nil || host == "" {
		return destination{}, fmt.Errorf("connect: %q is no host", u.Hostname())
	}
	port := cmp.Or(u.Port(), ports[u.Scheme])
	if port == "" {
		return destination{}, fmt.Errorf("connect: the scheme %q is not known", u.Scheme)
	}
	return destination{host: host, port: port, secure: u.Scheme == "https"}, nil
}

// toASCII is how a name is looked up: "Ü" is "ü", in one rune or two.
func toASCII(host string) (string, error) {
	if strings.ContainsFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return idna.Lookup.ToASCII(host)
	}
	return host, nil
}

// connect opens a connection.
func (t *Transport) connect(ctx context.Context, to destination) (*conn, error) {
	dialled, err := t.dial(ctx, to)
	if err != nil {
		return nil, err
	}
	raw := &counted{Conn: dialled}
	if !to.secure {
		return t.newConn(to, raw, raw), nil
	}
	c, err := t.encrypt(ctx, raw, to.host)
	if err != nil {
		return nil, err
	}
	return t.newConn(to, raw, c), nil
}

// dial connects to a destination, directly or by its proxy.
func (t *Transport) dial(ctx context.Context, to destination) (net.Conn, error) {
	if to.proxy == "" {
		return t.Dial(ctx, "tcp", to.address())
	}
	u, err := url.Parse(to.proxy)
	if err != nil {
		return nil, errors.New("connect by a proxy: its address is no URL") // which may hold a password
	}
	ctx, cancel := context.WithTimeout(ctx, tunnel)
	defer cancel()
	c, err := t.dialProxy(ctx, u, to.address())
	if err != nil {
		return nil, &net.OpError{Op: "proxyconnect", Net: "tcp", Err: err}
	}
	return c, nil
}

func (t *Transport) dialProxy(ctx context.Context, u *url.URL, address string) (net.Conn, error) {
	by, err := addressed(u)
	if err != nil {
		return nil, err
	}
	if u.Scheme == "socks5" || u.Scheme == "socks5h" {
		return t.dialSocks(ctx, by, u.User, address)
	}
	c, err := t.Dial(ctx, "tcp", by.address())
	if err != nil {
		return nil, err
	}
	if by.secure {
		if c, err = t.encrypt(ctx, c, by.host); err != nil {
			return nil, err
		}
	}
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	err = askForTunnel(c, u.User, address)
	if !stop() && err == nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (t *Transport) dialSocks(ctx context.Context, by destination, user *url.Userinfo, address string) (net.Conn, error) {
	var auth *proxy.Auth
	if user != nil {
		auth = &proxy.Auth{User: user.Username()}
		auth.Password, _ = user.Password()
	}
	d, err := proxy.SOCKS5("tcp", by.address(), auth, t.Dial)
	if err != nil {
		return nil, err
	}
	c, err := d.(proxy.ContextDialer).DialContext(ctx, "tcp", address)
	if err != nil && refusesSocks(err) {
		err = fmt.Errorf("%w: %w", ErrProxyRefused, err)
	}
	return c, err
}

// refusesSocks reports whether err is there because a SOCKS proxy does not let this user, or this destination, pass. The words are
// all that x/net says of that.
func refusesSocks(err error) bool {
	var op *net.OpError
	if !errors.As(err, &op) {
		return false
	}
	switch op.Err.Error() {
	case "no acceptable authentication methods", "invalid username/password", "username/password authentication failed",
		"unknown error connection not allowed by ruleset":
		return true
	}
	return false
}

// Dialer opens connections.
type Dialer func(ctx context.Context, network, address string) (net.Conn, error)

// Dial is for packages that know no contexts.
func (d Dialer) Dial(network, address string) (net.Conn, error) {
	return d(context.Background(), network, address)
}

// DialContext is d under the name that other packages look for.
func (d Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return d(ctx, network, address)
}

// askForTunnel asks an HTTP proxy to connect to an address.
func askForTunnel(c net.Conn, user *url.Userinfo, address string) error {
	ask := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if user != nil {
		password, _ := user.Password()
		ask.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := ask.Write(c); err != nil {
		return err
	}
	r := bufio.NewReader(io.LimitReader(c, longestHead))
	resp, err := http.ReadResponse(r, ask)
	if err != nil {
		return err
	}
	switch {
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusProxyAuthRequired:
		return fmt.Errorf("%w: %s", ErrProxyRefused, resp.Status)
	case resp.StatusCode != http.StatusOK || r.Buffered() > 0:
		return fmt.Errorf("the proxy answered %s", resp.Status)
	}
	return nil
}

// encrypt speaks TLS over a connection, which it closes if that fails.
func (t *Transport) encrypt(ctx context.Context, raw net.Conn, host string) (net.Conn, error) {
	config := t.TLS.Clone()
	if config == nil {
		config = new(tls.Config)
	}
	config.ServerName = host
	ctx, cancel := context.WithTimeoutCause(ctx, handshake, errors.New("TLS handshake timeout"))
	defer cancel()
	c := tls.Client(raw, config)
	if err := c.HandshakeContext(ctx); err != nil {
		raw.Close()
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, err
	}
	return c, nil
}
