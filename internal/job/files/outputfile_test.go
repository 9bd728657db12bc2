package files

import (
	"testing"
	"time"
)

func TestUnknownPlaceholder(t *testing.T) {
	for name, want := range map[string]string{
		"all-{dat}.csv": "{dat}", "{Date}/all.csv": "{Date}", "{date}-{hour}.csv": "{hour}", "{-{now}.csv": "{now}",
		"all-{date}-{time}.csv": "", "all.csv": "", "{}.csv": "", "{3f25}.csv": "", "{a b}.csv": "", "a{b.csv": "", "a}b{c.csv": "", Stdout: "",
	} {
		if got := NewOutputFile(name, time.Now()).UnknownPlaceholder(); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
