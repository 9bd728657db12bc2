package cli

import (
	"strings"
	"testing"

	"crmferry/internal/failure"
)

// TestSuggestedCategories: no list of note categories is documented, so that an error about them names those in use.
func TestSuggestedCategories(t *testing.T) {
	file := putFile(t, "calls.csv", "Person email,Description\nnobody@example.com,Hello\n")
	for problem, flags := range map[string][]string{
		"no column for Category":                           nil,
		`"Phone call" is no id, such as /note_categories/`: {"--default", "category=Phone call"},
	} {
		got := runApp(t, nil, append([]string{"import", "rogerroger/notes", file, "--sandbox"}, flags...)...)
		if got.code != failure.ExitUsage {
			t.Errorf("exit %d", got.code)
		}
		wantLines(t, "stderr", got.stderr, problem, "existing records have category /note_categories/", "--default category=/note_categories/")
	}
	got := runApp(t, nil, "import", "rogerroger", putFile(t, "people.csv", "Email\nnobody@example.com\n"), "--sandbox")
	if got.code != failure.ExitUsage || strings.Contains(got.stderr, "existing records") {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
}
