package cli

import (
	"flag"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// long turns on tests that measure time: go test ./internal/cli -run Pace -long
var long = flag.Bool("long", false, "measure the pace of an import for a minute, import many rows twice")

// slidingLimit refuses more than max requests within any window, as strict vendors do, and keeps when they came.
type slidingLimit struct {
	max    int
	window time.Duration

	mu      sync.Mutex
	came    []time.Time
	refused int
}

func (l *slidingLimit) fault(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.came = append(l.came, now)
	recent := 0
	for i := len(l.came) - 1; i >= 0 && now.Sub(l.came[i]) < l.window; i-- {
		recent++
	}
	if recent <= l.max {
		return false
	}
	l.refused++
	w.Header().Set("Retry-After", "1")
	refuse(w, http.StatusTooManyRequests)
	return true
}

// kept is the rate at which requests came.
func (l *slidingLimit) kept() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return float64(len(l.came)-1) / l.came[len(l.came)-1].Sub(l.came[0]).Seconds()
}

// TestPaceIsKept: at 10 requests a second the tool uses at least 97 % of them, and never causes a 429 at a server that
// counts the requests of any second.
func TestPaceIsKept(t *testing.T) {
	if !*long {
		t.Skip("takes a minute of a machine with nothing else to do: -long; package transport tries the same in virtual time")
	}
	const rows, least = 600, 9.7
	limit := &slidingLimit{max: 10, window: time.Second}
	s, env := faulty(t, sandbox.Options{Latency: 20 * time.Millisecond}, limit.fault)
	got := importFile(t, env, "cloverhound", putFile(t, "leads.csv", newcomers(rows)), "--rate", "10/s")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: rows})
	if limit.refused > 0 {
		t.Errorf("%d requests were refused", limit.refused)
	}
	if rate := limit.kept(); rate < least || rate > 10 {
		t.Errorf("%.2f requests a second of 10", rate)
	}
	wantNoneTwice(t, s, rows)
}

// TestEstimate: the time that is said before the start is within 20 % of what the requests of the import take at their
// rate, which tests of package transport hold to in virtual time: a busy machine takes longer.
func TestEstimate(t *testing.T) {
	t.Parallel()
	known := func(n int) string { // contacts that the vendor has as they are, and as many newcomers
		text := newcomers(n)
		for i := range n {
			p := seed.SamplePerson(seed.FirstSame + i%(seed.SampleEnd-seed.FirstSame))
			text += fmt.Sprintf("%s,%s,%s,%s\n", p.First, p.Last, p.Email, p.Company)
		}
		return text
	}
	tests := []struct {
		vendor, rate, content string
		flags                 []string
	}{
		{"cloverhound", "20/s", newcomers(90), nil},
		{"clientcommander", "20/s", newcomers(90), nil},
		{"growcrm", "20/s", newcomers(90), nil},
		{"rogerroger", "20/s", newcomers(90), nil},
		{"clientcommander", "20/s", newcomers(60), []string{"--mode", "create"}},
		{"clientcommander", "20/s", "First name,Last name,Email,Tags\n" + tagged(40), nil},
		{"growcrm", "20/s", known(10) + newcomersFrom(10, 70), nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.vendor, tt.flags), func(t *testing.T) {
			t.Parallel()
			_, env := faulty(t, sandbox.Options{}, nil)
			got := importFile(t, env, tt.vendor, putFile(t, "leads.csv", tt.content), append(tt.flags, "--rate", tt.rate)...)
			m := regexp.MustCompile(`at most ([\d,]+) requests?, about (.+)\n`).FindStringSubmatch(got.stderr)
			if m == nil {
				t.Fatalf("no estimate:\n%s", got.stderr)
			}
			said, take := seconds(t, m[2]), float64(got.Requests)/(0.975*20)
			if said < 0.8*take-0.5 || said > 1.2*take+0.5 { // what is said is in whole seconds
				t.Errorf("said %s requests in %s, made %d, which take %.1f s", m[1], m[2], got.Requests, take)
			}
		})
	}
}

func newcomersFrom(first, n int) string {
	text := ""
	for i := range n {
		text += fmt.Sprintf("Nina%d,Newcomer,nina.%d@example.com,Acme Inc\n", first+i, first+i)
	}
	return text
}

func tagged(n int) string {
	text := ""
	for i := range n {
		text += fmt.Sprintf("Nina%d,Newcomer,nina.%d@example.com,Fair\n", i, i)
	}
	return text
}

// seconds reads a duration as people are told it: "5 s", "1 min 3 s".
func seconds(t *testing.T, text string) float64 {
	t.Helper()
	total := 0.0
	for _, m := range regexp.MustCompile(`(\d+) (h|min|s)`).FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		total += float64(n) * map[string]float64{"h": 3600, "min": 60, "s": 1}[m[2]]
	}
	if total == 0 {
		t.Fatalf("%q is no time", text)
	}
	return total
}
