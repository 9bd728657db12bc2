package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/terminal"
)

// TestDropped: a file that is dropped on the program is checked, and its window stays until somebody has read it.
func TestDropped(t *testing.T) {
	nowhere := t.TempDir()
	file := putFile(t, "leads.csv", newcomers(3))
	for _, test := range []struct {
		typed, says string
		code        failure.ExitCode
	}{
		{"growcrm\n\n", "next    crmferry import growcrm ", failure.ExitOK},
		{"grow\n\n", `did you mean "growcrm"?`, failure.ExitUsage},
		{"\n\n", "no CRM was named, and nothing was checked", failure.ExitUsage},
		{"", "no CRM was named", failure.ExitUsage},
	} {
		var out, err bytes.Buffer
		typed := strings.NewReader(test.typed)
		a := &app{ui: &terminal.UI{In: typed, Out: &out, Err: &err, InTTY: true, ErrTTY: true, Now: time.Now}, registry: account.All(), now: time.Now, ownWindow: true,
			env: func(name string) (string, bool) { return nowhere, name == account.ConfigVariable }, environ: func() []string { return nil }}
		code := a.run(t.Context(), []string{file})
		a.keepWindow(t.Context())
		if code != test.code || !strings.Contains(err.String(), test.says) || typed.Len() > 0 || !strings.HasSuffix(strings.TrimSpace(err.String()), "Press Enter to close this window.") {
			t.Errorf("%q: exit code %d, %d bytes not read\n%s", test.typed, code, typed.Len(), err.String())
		}
	}
}
