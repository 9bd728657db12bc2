package failure

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	for _, tt := range []struct {
		err   error
		code  ExitCode
		hints int
	}{
		{errors.New("odd"), ExitFailed, 0},
		{Usage("do", "bad"), ExitUsage, 1},
		{fmt.Errorf("import: %w", Usage("", "bad")), ExitUsage, 0},
		{Quietly(ExitRows), ExitRows, 0},
		{fmt.Errorf("list: %w", context.Canceled), ExitStopped, 0},
		{fmt.Errorf("list: %w", ErrInterrupted), ExitStopped, 0},
		{fmt.Errorf("write file: %w", syscall.ENOSPC), ExitFailed, 1},
		{fmt.Errorf("write file: %w", fs.ErrPermission), ExitFailed, 1},
	} {
		if f := Explain(tt.err); f.Code != tt.code || len(f.Hints) != tt.hints {
			t.Errorf("Explain(%v) = code %d, hints %q", tt.err, f.Code, f.Hints)
		}
	}
	if Quietly(ExitOK) != nil {
		t.Error("Quietly(ExitOK) is an error")
	}
}
