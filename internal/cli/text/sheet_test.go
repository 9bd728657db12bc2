package text

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// TestFileHints: whatever is wrong with a file, it is said what to do about it.
func TestFileHints(t *testing.T) {
	seen := map[string]error{}
	for _, kind := range rows.Kinds() {
		hint := fileHint(&rows.Error{Path: "x.csv", Err: fmt.Errorf("it is wrong: %w", kind)})
		if hint == "" || seen[hint] != nil {
			t.Errorf("%v: %q, as %v", kind, hint, seen[hint])
		}
		seen[hint] = kind
	}
	if hint := fileHint(os.ErrClosed); hint != "" {
		t.Errorf("a foreign error: %q", hint)
	}
	// A text that is UTF-8 but for a byte would be garbled in another encoding.
	if hint := fileHint(rows.ErrDamagedText); !strings.Contains(hint, "mend that character") || strings.Contains(hint, "--encoding") {
		t.Error(hint)
	}
}

func TestFactReason(t *testing.T) {
	for _, tt := range []struct {
		fact sheet.Fact
		want string
	}{
		{sheet.Fact{What: "encoding", Value: "UTF-8", Why: "only ASCII characters"}, "only ASCII characters"},
		{sheet.Fact{What: "encoding", Value: "Windows-1252", Why: `if "Törs" is right`, Alternative: "mac-roman"}, `if "Törs" is right, say --encoding mac-roman`},
		{sheet.Fact{What: "delimiter", Value: "none", Why: "there is one column"}, "there is one column; --delimiter names another character that stands between cells"},
		{sheet.Fact{What: "delimiter", Value: "tab", Why: "as told"}, "as told"},
	} {
		if got := FactReason(tt.fact); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
