package account

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"crmferry/internal/sandbox"
)

// Sandbox is a sandbox that listens. The simulated vendors forget everything when it is closed.
type Sandbox struct {
	*sandbox.Server
	URL    string // "http://127.0.0.1:41234"
	server *http.Server
	done   chan error // receives why serving ended

	Certificate string // the file with the certificate that it serves https with, "" for plain http
}

// StartSandbox serves a sandbox at addr ("127.0.0.1:0": at any free port).
func StartSandbox(addr string, o sandbox.Options) (*Sandbox, error) {
	l, err := listen(addr)
	if err != nil {
		return nil, err
	}
	return serveAt(l, "http", o), nil
}

// ListenError is an address that a sandbox cannot be served at.
type ListenError struct{ Err error }

// Error says why.
func (e *ListenError) Error() string { return "serve the sandbox: " + e.Err.Error() }

// Unwrap returns the error below.
func (e *ListenError) Unwrap() error { return e.Err }

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, &ListenError{err}
	}
	return l, nil
}

// serveAt serves a sandbox at a listener.
func serveAt(l net.Listener, scheme string, o sandbox.Options) *Sandbox {
	s := &Sandbox{Server: sandbox.New(o), URL: scheme + "://" + reachable(l.Addr()), done: make(chan error, 1)}
	s.server = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { s.done <- s.server.Serve(l) }()
	return s
}

// reachable is an address to reach a listener at from this machine: "every address" is none.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err == nil && net.ParseIP(host).IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr.String()
}

// lookup finds the sandbox's settings as variables of the environment, and nothing else.
func (s *Sandbox) lookup(name string) (string, bool) {
	value := s.Variable(s.URL, name)
	return value, value != ""
}

// Wait returns when the sandbox has stopped serving; the error says why, if it was not closed.
func (s *Sandbox) Wait() error {
	if err := <-s.done; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the sandbox: %w", err)
	}
	return nil
}

// Close stops serving at once.
func (s *Sandbox) Close() {
	_ = s.server.Close()
	if s.Certificate != "" {
		_ = os.Remove(s.Certificate)
	}
}
