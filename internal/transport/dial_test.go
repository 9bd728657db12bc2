package transport

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"crmferry/internal/transport/http1"
)

// TestDial: whatever keeps a connection from being made is told as such; what happens on a connection is not.
func TestDial(t *testing.T) {
	broken := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer broken.Close()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.TLS = &tls.Config{MinVersion: tls.VersionTLS13}
	untrusted.StartTLS()
	defer untrusted.Close()
	silent := listen(t, func(c net.Conn) { c.Close() }) // ends the TLS handshake without a word
	for name, tt := range map[string]struct {
		url  string
		dial bool
	}{
		"answer lost":        {broken.URL, false},
		"bad certificate":    {untrusted.URL, true},
		"no TLS there":       {strings.Replace(broken.URL, "http:", "https:", 1), true},
		"handshake given up": {"https://" + silent, true},
		"nobody there":       {"http://127.0.0.1:1", true},
	} {
		t.Run(name, func(t *testing.T) {
			req, err := http.NewRequest(http.MethodPost, tt.url, strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = send(t, New(Options{}), req)
			if err == nil || http1.IsDial(err) != tt.dial {
				t.Errorf("got %v", err)
			}
			var verify *tls.CertificateVerificationError
			if name == "bad certificate" && !errors.As(err, &verify) {
				t.Errorf("the cause is lost: %v", err)
			}
		})
	}
}

// listen handles each connection with h and returns the address.
func listen(t *testing.T, h func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			h(c)
		}
	}()
	return l.Addr().String()
}
