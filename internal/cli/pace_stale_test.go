package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// TestLookUpsKeepPace imports 200 rows, nearly all of them new, into the vendor whose limit is the lowest, 20 requests a minute, in
// simulated time. What was read must stay fresh until it is written: then a batch of rows takes one look-up, and the time is that of
// the requests at their rate, as it was said before. What a pause has made old is read again in batches, too.
func TestLookUpsKeepPace(t *testing.T) {
	watchSignals()
	const rows, known = 200, 10 // the vendor has more of them only with other values
	content := newcomers(0)
	for i := range rows {
		if i%7 == 3 && i/7 < known {
			p := seed.SamplePerson(seed.FirstSame + i/7)
			content += fmt.Sprintf("%s,%s,%s,%s\n", p.First, p.Last, p.Email, p.Company)
			continue
		}
		content += fmt.Sprintf("Nina%d,Newcomer,nina.%d@example.com,Acme Inc\n", i, i)
	}
	file := putFile(t, "leads.csv", content)
	const fixed = 11 // the organizations, how many contacts there are, how the vendor searches
	tests := []struct {
		name   string
		faults []sandbox.Fault
		pause  time.Duration // and what the vendor is spared after it
		again  int64         // requests that the faults cost
	}{
		{"as planned", nil, 0, 0},
		{"with a pause", []sandbox.Fault{{Kind: "429", Vendor: "rogerroger", On: "writes", From: 100, Times: 1, For: 10 * time.Minute}}, 11 * time.Minute, 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := memoryDir(t)
			synctest.Test(t, func(t *testing.T) {
				got, said, took := importSimulated(t, dir, sandbox.Options{Limits: true, Latency: 300 * time.Millisecond, Faults: tt.faults}, "rogerroger", file)
				creates := got.Counts["created"]
				estimate := regexp.MustCompile(`at most ([\d,]+) requests?, about (.+)\n`).FindStringSubmatch(said)
				if creates < rows-known || estimate == nil {
					t.Fatalf("%d created:\n%s", creates, said)
				}
				most, err := strconv.ParseInt(strings.ReplaceAll(estimate[1], ",", ""), 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%d created with %d requests in %v; said was at most %d in %s", creates, got.Requests, took, most, estimate[2])
				if allowed := int64(1.05*float64(creates+rows/30+fixed)) + tt.again; got.Requests > allowed || got.Requests > most+tt.again {
					t.Errorf("%d requests, more than %d or %d", got.Requests, allowed, most+tt.again)
				}
				if allowed := time.Duration(float64(got.Requests)/(0.97*20)*float64(time.Minute)) + tt.pause + 5*time.Second; took > allowed {
					t.Errorf("took %v, more than %v", took, allowed)
				}
				if allowed := 1.1*seconds(t, estimate[2]) + tt.pause.Seconds() + 20; took.Seconds() > allowed {
					t.Errorf("took %v, more than %v s", took, allowed)
				}
			})
		})
	}
}

// importSimulated imports a file into a sandbox in simulated time, and returns the result, what was printed and how long it took.
func importSimulated(t *testing.T, dir string, o sandbox.Options, vendor, file string) (got text.ImportJSON, said string, took time.Duration) {
	t.Helper()
	s := sandbox.New(o)
	network, env, stop := simulate(t, s, s.Handler(), dir)
	began := time.Now()
	code, out, said := runOverBoth(t, network, env, []string{"import", vendor, file, "--yes", "--json", "--report", filepath.Join(dir, "report.csv")})
	took = time.Since(began)
	stop()
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != failure.ExitOK {
		t.Fatalf("exit %d, %v\n%s%s", code, err, out, said)
	}
	return got, said, took
}
