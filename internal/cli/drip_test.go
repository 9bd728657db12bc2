package cli

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/pipenet"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// TestDrippingVendor: a server that lets its answers drip holds no command up for long, and what is waited for is said
// while it is, and why it failed in the end.
func TestDrippingVendor(t *testing.T) {
	drip := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for req.Context().Err() == nil {
			_, _ = w.Write([]byte(" "))
			_ = http.NewResponseController(w).Flush()
			time.Sleep(time.Second)
		}
	})
	silent := http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() })
	watchSignals()
	for _, tt := range []struct {
		name    string
		handler http.Handler
		most    time.Duration
		said    []string
	}{
		{"drips", drip, 3 * time.Minute, []string{" bytes of an answer in ", "the answer came too slowly, less than 1024 bytes in 30s"}},
		{"silent", silent, 7 * time.Minute, []string{"no answer for ", "no complete answer within 2m0s"}},
	} {
		for _, vendor := range allVendors() {
			dir := memoryDir(t)
			for command, args := range map[string][]string{
				"export": {"export", vendor, "-o", dir + "/contacts.csv", "--allow-undocumented"},
				"check":  {"vendors", vendor, "--check", "--allow-undocumented"},
			} {
				t.Run(tt.name+" "+vendor+" "+command, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						network, stop := pipenet.Serve(tt.handler)
						env := canarySettings(vendorOf(t, vendor), "http://127.0.0.1")
						env[state.RootVariable] = dir + "/state"
						var out, said bytes.Buffer
						a := &app{ui: terminal.Test(strings.NewReader(""), &out, &said), registry: account.All(), now: time.Now, network: network,
							env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
						start := time.Now()
						code := a.run(t.Context(), args)
						if took := time.Since(start); code != failure.ExitFailed || took > tt.most {
							t.Errorf("exit code %d after %v:\n%s", code, took, said.String())
						}
						wantLines(t, "stderr", said.String(), tt.said...)
						stop()
						time.Sleep(time.Minute) // the server sees that nobody listens any more
					})
				})
			}
		}
	}
}
