package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/terminal"
)

// TestAnswers: what is answered to the question before an import, and Ctrl-C instead of an answer.
func TestAnswers(t *testing.T) {
	nobody, _ := io.Pipe()
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		title string
		ctx   context.Context
		in    io.Reader
		yes   bool
		says  string
	}{
		{"yes", t.Context(), strings.NewReader("y\n"), true, ""},
		{"no", t.Context(), strings.NewReader("\n"), false, "not imported: nothing was sent"},
		{"interrupted", interrupted, nobody, false, "interrupted at the question: nothing was sent"},
	}
	r, err := account.All().Find("growcrm")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		a := &app{ui: &terminal.UI{In: tt.in, Out: io.Discard, Err: io.Discard, InTTY: true, ErrTTY: true}, env: func(string) (string, bool) { return "", false }}
		err := a.runner(r.Account(), connectOptions{}).Decide(tt.ctx, job.ImportQuestion{Resource: r, Rows: 3}, "not imported: nothing was sent")
		var f *failure.Error
		if (err == nil) != tt.yes || tt.says != "" && (!errors.As(err, &f) || f.Code != failure.ExitUsage || f.Error() != tt.says) || tt.says == "" && err != nil {
			t.Errorf("%s: %v", tt.title, err)
		}
	}
}

// TestDeleteAnswers: who is to be deleted has to be counted; no yes will do.
func TestDeleteAnswers(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "ids.csv", "id\n1\n2\n2\n3\n")
	for _, tt := range []struct {
		in   string
		args []string
		code failure.ExitCode
		gone int
	}{
		{"y\n", nil, failure.ExitUsage, 0},
		{"\n", nil, failure.ExitUsage, 0},
		{"4\n", []string{"--yes"}, failure.ExitUsage, 0},
		{"3\n", nil, failure.ExitOK, 3},
	} {
		var said strings.Builder
		a := &app{ui: &terminal.UI{In: strings.NewReader(tt.in), Out: io.Discard, Err: &said, InTTY: true, ErrTTY: true, Now: time.Now}, registry: account.All(),
			now: time.Now, env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
		code := a.run(t.Context(), append([]string{"import", "growcrm", file, "--mode", "delete", "--rate", "off"}, tt.args...))
		if code != tt.code || len(s.Ledger()) != tt.gone || !strings.Contains(said.String(), "Type the number of contacts: ") {
			t.Errorf("answered %q: exit code %d, %d changes:\n%s", tt.in, code, len(s.Ledger()), said.String())
		}
	}
}
