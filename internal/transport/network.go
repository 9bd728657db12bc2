package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"crmferry/internal/transport/http1"
)

// readBuffers are those of all connections together: few take most pages of a list whole, many the answers to writes.
const readBuffers = 512 << 10

// readBuffer is the one of a connection.
func readBuffer(workers int) int { return max(4<<10, min(readBuffers/max(workers, 1), 32<<10)) }

// errInClear refuses plain http to another machine: whoever is in between could read the key.
var errInClear = errors.New("plain http would send the key in clear to another machine")

// network has ways of their own for https and for plain http, which never leaves this machine: it asks no proxy, and
// connects to no address but those of the machine itself, whatever a name resolves to.
type network struct{ secure, plain *http1.Transport }

// newNetwork has as many connections as workers, and trusts those authorities; nil: the machine's.
func newNetwork(workers int, roots *x509.CertPool) network {
	connect := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	home := *connect
	home.ControlContext = onlyHome
	n := network{secure: newHTTP(workers, connect), plain: newHTTP(workers, &home)}
	n.secure.Proxy = proxyOf()
	n.secure.TLS = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return n
}

func (n network) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme == "http" {
		return n.plain.RoundTrip(req)
	}
	return n.secure.RoundTrip(req)
}

// newHTTP has no proxy.
func newHTTP(workers int, connect *net.Dialer) *http1.Transport {
	return &http1.Transport{Dial: atHome(connect.DialContext), Conns: workers, ReadBuffer: readBuffer(workers)}
}

// onlyHome lets a connection be made to an address of this machine only.
func onlyHome(_ context.Context, _, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if !isLoopback(host) {
		return errInClear
	}
	return nil
}

// IsThisMachine reports whether what is sent to a host, a name or an address, never leaves this machine.
func IsThisMachine(host string) bool { return namesHome(host) || isLoopback(host) }

func isLoopback(address string) bool {
	ip := net.ParseIP(address)
	return ip != nil && ip.IsLoopback()
}

// atHome connects to names that mean this machine by definition (RFC 6761) without asking anybody for their addresses.
func atHome(d http1.Dialer) http1.Dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil || !namesHome(host) {
			return d(ctx, network, address)
		}
		conn, err := d(ctx, network, net.JoinHostPort("127.0.0.1", port))
		if err == nil {
			return conn, nil
		}
		if conn, err := d(ctx, network, net.JoinHostPort("::1", port)); err == nil {
			return conn, nil
		}
		return nil, err
	}
}

// namesHome reports whether a name is localhost or below it.
func namesHome(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
