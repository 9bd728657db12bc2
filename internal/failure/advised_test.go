package failure

import (
	"errors"
	"io"
	"slices"
	"testing"
)

func TestWith(t *testing.T) {
	also := errors.New("write run.json: disk full")
	for _, tt := range []struct {
		err  error
		want string
		code ExitCode
	}{
		{nil, "write run.json: disk full", ExitFailed},
		{Refuse(io.EOF, Hint("read on")), "EOF\nwrite run.json: disk full", ExitUsage},
		{New(ExitStopped, io.EOF, "read on"), "EOF\nwrite run.json: disk full", ExitStopped},
	} {
		got := With(tt.err, also)
		a := Advise(got)
		if got.Error() != tt.want || a.Err.Error() != tt.want || a.Code != tt.code || !errors.Is(got, also) {
			t.Errorf("With(%v) = %q, code %d", tt.err, got, a.Code)
		}
		if tt.err != nil && !slices.Equal(a.Advice, Hints("read on")) {
			t.Errorf("With(%v) advises %v", tt.err, a.Advice)
		}
	}
	if err := With(io.EOF, nil); !errors.Is(err, io.EOF) || With(nil, nil) != nil {
		t.Errorf("With(EOF, nil) = %v", err)
	}
}
