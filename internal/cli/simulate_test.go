package cli

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"crmferry/internal/pipenet"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// simulate is for tests in simulated time, within their bubble: a network inside the process on which h answers for a sandbox, and
// the settings by which a command reaches it, with its state folder below dir. stop ends the network. At the end of the bubble what
// is late is done, and no goroutine is left.
func simulate(t *testing.T, s *sandbox.Server, h http.Handler, dir string) (network *http.Transport, env map[string]string, stop func()) {
	t.Helper()
	network, stop = pipenet.Serve(h)
	t.Cleanup(func() {
		stop()
		time.Sleep(time.Hour)
	})
	env = map[string]string{state.RootVariable: filepath.Join(dir, "state")}
	for _, set := range s.Environment("http://127.0.0.1") {
		env[set.Name] = set.Value
	}
	return network, env, stop
}
