package cli

import (
	"bufio"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestBehindAProxy: an export goes through the proxy that the environment names, and trusts who SSL_CERT_FILE names
// and nobody else. It takes the program itself: Go reads both only once.
func TestBehindAProxy(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE is for Linux")
	}
	s := sandbox.New(sandbox.Options{})
	server := httptest.NewUnstartedServer(s.Handler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // the first export hangs up, as it should
	server.StartTLS()
	t.Cleanup(server.Close)
	var tunnels atomic.Int64
	proxy := httptest.NewServer(tunnelTo(server.Listener.Addr().String(), &tunnels))
	t.Cleanup(proxy.Close)
	env := map[string]string{state.RootVariable: t.TempDir(), "HTTPS_PROXY": proxy.URL, "NO_PROXY": "", "https_proxy": "", "no_proxy": ""}
	for _, set := range s.Environment("https://crm.example.com") { // a name that no resolver knows
		env[set.Name] = set.Value
	}
	file := filepath.Join(t.TempDir(), "contacts.csv")
	export := func(trusted []byte) *process {
		env["SSL_CERT_FILE"] = putFile(t, "trusted.pem", string(trusted))
		env["SSL_CERT_DIR"] = t.TempDir()
		p := startProgram(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--quiet")
		_ = p.Wait()
		return p
	}
	p := export(nil)
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitFailed {
		t.Errorf("exit code %d for a certificate that nobody vouches for", code)
	}
	wantLines(t, "stderr", p.stderr.String(), "certificate signed by unknown authority", "by CRMFERRY_CA_FILE; nothing was sent")
	wantOnly(t, filepath.Dir(file))
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	env[account.AuthoritiesVariable] = putFile(t, "none.pem", "no certificate")
	p = export(nil)
	wantLines(t, "stderr", p.stderr.String(), `none.pem" holds none`)
	wantOnly(t, filepath.Dir(file))
	env[account.AuthoritiesVariable] = putFile(t, "company.pem", string(certificate))
	p = export(nil)
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitOK {
		t.Fatalf("exit code %d with %s:\n%s", code, account.AuthoritiesVariable, p.stderr.String())
	}
	delete(env, account.AuthoritiesVariable)
	p = export(certificate)
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitOK || tunnels.Load() == 0 {
		t.Fatalf("exit code %d after %d tunnels:\n%s", code, tunnels.Load(), p.stderr.String())
	}
	if n := len(ids(t, readFile(t, file))); n != 44 {
		t.Errorf("%d contacts", n)
	}
}

// TestPlainHTTPAsksNoProxy: a key that travels in clear stays on this machine, whatever proxy the environment names.
func TestPlainHTTPAsksNoProxy(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	var asked atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(proxy.Close)
	env := map[string]string{state.RootVariable: t.TempDir()}
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		env[name] = proxy.URL
	}
	for _, set := range s.Environment(strings.Replace(server.URL, "127.0.0.1", "crm.localhost", 1)) {
		env[set.Name] = set.Value
	}
	file := filepath.Join(t.TempDir(), "contacts.csv")
	p := startProgram(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--quiet")
	_ = p.Wait()
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitOK || asked.Load() != 0 {
		t.Errorf("exit code %d, and the proxy was asked %d times:\n%s", code, asked.Load(), p.stderr.String())
	}
}

// tunnelTo is a proxy whose tunnels all lead to that address, whatever name they are asked for.
func tunnelTo(address string, opened *atomic.Int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != "crm.example.com:443" {
			http.Error(w, "not a tunnel to the CRM", http.StatusBadRequest)
			return
		}
		there, err := net.Dial("tcp", address)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer there.Close()
		opened.Add(1)
		here, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer here.Close()
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func(from *bufio.Reader) { _, _ = io.Copy(there, from); _ = there.Close() }(buffered.Reader)
		_, _ = io.Copy(here, there)
	})
}
