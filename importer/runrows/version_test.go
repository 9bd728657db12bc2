package runrows

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/state"
)

// TestVersion: files of version 1, which may say so or not, and of version 2 are read by every reader; those of later ones by none,
// whatever a row of them looks like.
func TestVersion(t *testing.T) {
	if path, _ := writeRows(t, 1); !strings.Contains(readAll(t, path), `{"version":2,"about"`) {
		t.Error("the end does not say the version")
	}
	for _, tt := range []struct {
		row, end string
		known    bool
	}{
		{`{"row":{"Email":"a"}}`, `{"about":{},"rows":1}`, true},
		{`{"version":1,"row":{"Email":"a"}}`, `{"version":1,"about":{},"rows":1}`, true},
		{`{"version":2,"row":{"Email":"a"}}`, `{"version":2,"about":{},"rows":1}`, true},
		{`{"version":3,"row":{"Email":"a"}}`, `{"version":3,"about":{},"rows":1}`, false},
		{`{"version":3,"row":["a"]}`, `{"version":3,"about":{},"rows":1}`, false},
	} {
		path := filepath.Join(t.TempDir(), Name)
		var file bytes.Buffer
		out := state.NewRecords(&file)
		if err := errors.Join(out.Append([]byte(tt.row)), out.Append([]byte(tt.end)), out.Flush(), os.WriteFile(path, file.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
		each := func(int, *row) error { return nil }
		_, read := Read[row, struct{}](context.Background(), path, each)
		find := Find[row, struct{}](context.Background(), path, []string{"ea"}, each)
		pick := Pick[row, struct{}](context.Background(), path, func(seq int) bool { return seq == 0 }, each)
		for _, err := range []error{read, find, pick} {
			if unknown := (*VersionError)(nil); (err == nil) != tt.known || errors.As(err, &unknown) == tt.known {
				t.Errorf("%s: %v", tt.row, err)
			}
		}
	}
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
