package failure

import (
	"testing"
)

func TestEveryExitCodeIsExplained(t *testing.T) {
	for i, c := range ExitCodes() {
		if int(c.Code) != i || c.Meaning == "" {
			t.Errorf("exit code %d is at place %d: %q", c.Code, i, c.Meaning)
		}
	}
	if n := len(ExitCodes()); n != int(ExitLocked)+1 {
		t.Errorf("%d exit codes are explained, want %d", n, ExitLocked+1)
	}
}
