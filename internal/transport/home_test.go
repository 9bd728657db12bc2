package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"crmferry/internal/transport/http1"
)

// TestPlainHTTPStaysHome: plain http reaches this machine, by its names too, and nothing else.
func TestPlainHTTPStaysHome(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for host, home := range map[string]bool{
		"127.0.0.1": true, "localhost": true, "crm.localhost": true, "CRM.LocalHost.": true,
		"192.0.2.1": false, "0.0.0.0": false, "[::]": false, "192.0.2.1.nip.invalid": false,
	} {
		t.Run(host, func(t *testing.T) {
			resp, err := New(Options{}).Client().Post("http://"+host+":"+port, "application/json", strings.NewReader("{}"))
			var dns *net.DNSError
			switch {
			case home && err != nil:
				t.Error(err)
			case home:
				resp.Body.Close()
			case err == nil || !errors.Is(err, errInClear) && !errors.As(err, &dns) || !http1.IsDial(err):
				t.Errorf("got %v, want an error of dialling that says why", err)
			}
		})
	}
}

// TestNamesOfThisMachine: nobody is asked where localhost is, and both of its addresses are tried.
func TestNamesOfThisMachine(t *testing.T) {
	for host, want := range map[string]string{
		"localhost": "127.0.0.1:80 [::1]:80", "crm.localhost": "127.0.0.1:80 [::1]:80", "localhost.example.com": "localhost.example.com:80", "127.0.0.1": "127.0.0.1:80",
	} {
		var asked []string
		dial := func(_ context.Context, _, address string) (net.Conn, error) {
			asked = append(asked, address)
			return nil, errReset
		}
		_, err := atHome(dial)(t.Context(), "tcp", net.JoinHostPort(host, "80"))
		if got := strings.Join(asked, " "); got != want || !errors.Is(err, errReset) {
			t.Errorf("%s: asked for %s, %v, want %s", host, got, err, want)
		}
	}
}
