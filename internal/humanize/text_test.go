package humanize

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second:                 "0 s",
		0:                            "0 s",
		time.Millisecond:             "1 s",
		12 * time.Second:             "12 s",
		time.Minute:                  "1 min",
		200 * time.Second:            "3 min 20 s",
		8*time.Hour + 20*time.Minute: "8 h 20 min",
		8 * time.Hour:                "8 h",
		52 * time.Hour:               "2 d 4 h",
	} {
		if got := Duration(d); got != want {
			t.Errorf("Duration(%s) = %q, want %q", time.Duration(d), got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0 rows", 1: "1 row", 999: "999 rows", 1000: "1,000 rows", 1234567: "1,234,567 rows", -1000: "-1,000 rows"} {
		if got := Count(n, "row"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for noun, want := range map[string]string{"status": "2 statuses", "category of leads": "2 categories of leads", "key": "2 keys", "day": "2 days"} {
		if got := Count(2, noun); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	vendors := []string{"clientcommander", "growcrm", "rogerroger", "cloverhound"}
	for word, want := range map[string]string{
		"grow": "growcrm", "GrowCRM": "growcrm", "rogeroger": "rogerroger", "client-commander": "clientcommander",
		"cloverhoudn": "cloverhound", "salesforce": "", "": "", "x": "",
	} {
		if got := Nearest(word, vendors); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Nearest("imprt", []string{"import", "export"}); got != "import" {
		t.Errorf("Nearest(imprt) = %q", got)
	}
}
