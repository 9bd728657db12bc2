package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"crmferry/importer"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/terminal"
	"crmferry/mapping"
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
		{"no", t.Context(), strings.NewReader("\n"), false, "not imported: nothing was written"},
		{"interrupted", interrupted, nobody, false, "interrupted; nothing was written"},
	}
	for _, tt := range tests {
		j := importJob[growcrm.Contact]{
			entry: newEntry(growCRM(), mapping.GrowContacts(), func(openConfig) crm.Creator[growcrm.Contact] { return nil }),
			app:   &app{ui: &terminal.UI{In: tt.in, Out: io.Discard, Err: io.Discard, InTTY: true, ErrTTY: true}},
			o:     &importOptions{},
			plan:  &importer.Plan{Rows: 3},
		}
		yes, err := j.confirm(tt.ctx)
		var f *failure
		if yes != tt.yes || tt.says != "" && (!errors.As(err, &f) || f.code != exitStopped || f.Error() != tt.says) || tt.says == "" && err != nil {
			t.Errorf("%s: %v, %v", tt.title, yes, err)
		}
	}
}
