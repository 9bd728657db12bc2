package cli

import (
	"bytes"
	"context"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// result is what a command left behind.
type result struct {
	code   failure.ExitCode
	stdout string
	stderr string
}

// runApp runs a command within the test, off a terminal, in an environment of only these variables. Runs are kept in a
// folder of the test's own unless a variable names another.
func runApp(t *testing.T, env map[string]string, args ...string) result {
	t.Helper()
	return runAppWith(t, env, func(*app) {}, args...)
}

// runAppOnTerminal runs a command whose stdout is a terminal.
func runAppOnTerminal(t *testing.T, env map[string]string, args ...string) result {
	t.Helper()
	return runAppWith(t, env, func(a *app) { a.ui.OutTTY = true }, args...)
}

// runAppWith is runApp with something changed before.
func runAppWith(t *testing.T, env map[string]string, change func(*app), args ...string) result {
	t.Helper()
	return runAppUntil(t.Context(), t, env, change, args...)
}

// runAppUntil is runAppWith for a command that is interrupted when the context ends.
func runAppUntil(ctx context.Context, t *testing.T, env map[string]string, change func(*app), args ...string) result {
	t.Helper()
	env = maps.Clone(env)
	if env == nil {
		env = map[string]string{}
	}
	if env[state.RootVariable] == "" && os.Getenv(state.RootVariable) == "" {
		env[state.RootVariable] = t.TempDir()
	}
	var out, err bytes.Buffer
	a := &app{
		ui:  terminal.Test(strings.NewReader(""), &out, &err),
		env: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		environ: func() []string {
			var lines []string
			for name, value := range env {
				lines = append(lines, name+"="+value)
			}
			return lines
		},
		registry: account.All(),
		now:      time.Now,
		late:     time.Second,
	}
	change(a)
	code := a.run(ctx, args)
	return result{code, out.String(), err.String()}
}

// wantLines fails unless each of the texts is in got.
func wantLines(t *testing.T, what, got string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("%s lacks %q:\n%s", what, text, got)
		}
	}
}
