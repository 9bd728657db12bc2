package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestStagesThatNobodyIsIn: what cannot be found by its name is told once, with its count, and with the two ways on.
func TestStagesThatNobodyIsIn(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	var b strings.Builder
	b.WriteString("First name,Last name,Email,Stage\n")
	for i := range 40 {
		fmt.Fprintf(&b, "Ann%d,Sample,ann.%d@example.com,%s\n", i, i, []string{"Lead", "Nurture", "Past Client", "Nurture"}[i%4])
	}
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runApp(t, env, "import", "clientcommander", file, "--yes", "--rate", "off")
	if got.code != failure.ExitRows {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	const why = "cannot be found by its name"
	if n := strings.Count(got.stderr, why); n != 1 {
		t.Errorf("%q stands there %d times", why, n)
	}
	for _, want := range []string{`next    write the ids of 2 stages into column "Stage" (30 rows), then: crmferry import clientcommander `, "or      leave that column out: ", "--map Stage="} {
		if !strings.Contains(got.stderr, want) {
			t.Errorf("%q is missing in\n%s", want, got.stderr)
		}
	}
}
