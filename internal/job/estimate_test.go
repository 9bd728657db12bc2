package job_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/job/jobtest"
	"crmferry/internal/pipenet"
	"crmferry/internal/sandbox"
)

// watcher notes what is said of the time, and when.
type watcher struct {
	jobtest.FrontEnd
	requests func() int64

	mu      sync.Mutex
	planned time.Time
	before  int64 // requests
	plan    job.ImportPlanned
	left    []sample
}

type sample struct {
	at   time.Time
	left time.Duration
}

func (w *watcher) Event(e job.Event) {
	if p, ok := e.(job.ImportPlanned); ok {
		w.plan, w.planned, w.before = p, time.Now(), w.requests()
	}
}

func (w *watcher) Progress(string, int64, *job.Connection) job.Progress { return w }

func (w *watcher) Left(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left = append(w.left, sample{time.Now(), d})
}

// TestEstimateIsKept: what is said of the time before an import is within a tenth of the truth where every row is new and
// nothing is refused, no more requests are made than were said, and what is said on the way of the time left is never far off.
func TestEstimateIsKept(t *testing.T) {
	leads := func(n int) string {
		var b strings.Builder
		b.WriteString("First name,Last name,Email\n")
		for i := range n {
			fmt.Fprintf(&b, "Nina%d,Newcomer,nina.%d@example.com\n", i, i)
		}
		return b.String()
	}
	tagged := func(n int) string {
		var b strings.Builder
		b.WriteString("First name,Last name,Email,Tags\n")
		for i := range n {
			fmt.Fprintf(&b, "Nina%d,Newcomer,nina.%d@example.com,Fair %d\n", i, i, i%5)
		}
		return b.String()
	}
	withClients := func(n int) string {
		return strings.ReplaceAll(strings.Replace(leads(n), "Email\n", "Email,clientid\n", 1), "@example.com\n", "@example.com,1\n")
	}
	off := &account.RateLimit{}
	slow := &account.RateLimit{Requests: 60, Per: time.Minute}
	tests := []struct {
		name, vendor, content string
		change                func(*job.ImportRequest)
		latency               time.Duration
		blind                 bool // nothing was asked before: how fast the vendor answers is not known
	}{
		{"few rows", "rogerroger", leads(25), nil, 300 * time.Millisecond, false},
		{"200 rows", "rogerroger", leads(200), nil, 300 * time.Millisecond, false},
		{"1,000 rows", "rogerroger", leads(1000), nil, 300 * time.Millisecond, false},
		{"tags", "rogerroger", tagged(100), func(q *job.ImportRequest) { q.CreateMissing = []string{"tags"} }, 300 * time.Millisecond, false},
		{"few rows", "growcrm", withClients(25), nil, 100 * time.Millisecond, false},
		{"rows", "growcrm", withClients(400), nil, 100 * time.Millisecond, false},
		{"slowly", "growcrm", withClients(200), func(q *job.ImportRequest) { q.Connect.Rate = slow }, 100 * time.Millisecond, false},
		{"rows", "clientcommander", leads(400), nil, 100 * time.Millisecond, false},
		{"looked up", "clientcommander", leads(400), func(q *job.ImportRequest) { q.Lookup = true }, 100 * time.Millisecond, false},
		{"tags", "clientcommander", tagged(200), nil, 100 * time.Millisecond, false},
		{"rows", "cloverhound", leads(400), nil, 100 * time.Millisecond, false},
		{"slow answers", "cloverhound", leads(400), func(q *job.ImportRequest) { q.Connect.Workers = 1 }, 400 * time.Millisecond, true},
		{"no limit", "cloverhound", leads(2000), func(q *job.ImportRequest) { q.Connect.Rate = off }, 100 * time.Millisecond, false},
		{"no limit", "rogerroger", leads(2000), func(q *job.ImportRequest) { q.Connect.Rate = off }, 100 * time.Millisecond, false},
	}
	for _, tt := range tests {
		t.Run(tt.vendor+" "+tt.name, func(t *testing.T) {
			folder := t.TempDir()
			if dir, err := os.MkdirTemp("/dev/shm", "crmferry-test-"); err == nil {
				t.Cleanup(func() { _ = os.RemoveAll(dir) })
				folder = dir
			}
			synctest.Test(t, func(t *testing.T) {
				res, err := account.All().Find(tt.vendor)
				if err != nil {
					t.Fatal(err)
				}
				q := &job.ImportRequest{Resource: res, Input: files.Input{File: filepath.Join(folder, "leads.csv")}, Connect: job.ConnectOptions{Workers: 8}, Yes: true, Adviser: plainAdvice{}}
				if tt.change != nil {
					tt.change(q)
				}
				s := sandbox.New(sandbox.Options{Limits: q.Connect.Rate != off, Latency: tt.latency})
				network, stop := pipenet.Serve(s.Handler())
				env := map[string]string{"CRMFERRY_STATE_DIR": filepath.Join(folder, "state")}
				for _, set := range s.Environment("http://127.0.0.1") {
					env[set.Name] = set.Value
				}
				if err := os.WriteFile(q.Input.File, []byte(tt.content), 0o600); err != nil {
					t.Fatal(err)
				}
				w := &watcher{requests: func() int64 { return int64(s.Requests(tt.vendor)) }}
				r := &job.Runner{Env: job.Env{Lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok }, Now: time.Now, UserAgent: "test/1", Network: network}, Observer: w}
				result, err := r.Import(t.Context(), q)
				if err != nil || result.Code != failure.ExitOK {
					t.Fatal(result, err)
				}
				ended := time.Now()
				took, made := ended.Sub(w.planned), w.requests()-w.before
				stop()
				if made > int64(w.plan.Plan.Requests()) {
					t.Errorf("%d requests, at most %d were said", made, w.plan.Plan.Requests())
				}
				limit := q.Connect.Rate != off
				slack := 2 * time.Second
				if limit {
					if off := (w.plan.Took - took).Abs(); off > took/10 && off > time.Second && !tt.blind {
						t.Errorf("took %v with %d requests, %v with at most %d were said", took, made, w.plan.Took, w.plan.Plan.Requests())
					}
					slack = 3 * account.AtRate(1, w.plan.Pace.Effective()) / 2
				}
				worst, told := sample{}, 0
				for _, x := range w.left {
					left := ended.Sub(x.at)
					if x.at.Sub(w.planned) < took/10 {
						continue
					}
					if told++; (x.left-left).Abs() > left*15/100+slack && (worst.at.IsZero() || (x.left-left).Abs() > (worst.left-ended.Sub(worst.at)).Abs()) {
						worst = x
					}
				}
				if !worst.at.IsZero() {
					t.Errorf("after %v of %v, %v were said to be left, and it were %v", worst.at.Sub(w.planned), took, worst.left, ended.Sub(worst.at))
				}
				t.Logf("took %v with %d requests; said: %v with at most %d; %d samples", took, made, w.plan.Took, w.plan.Plan.Requests(), told)
				time.Sleep(time.Hour) // no goroutine is left
			})
		})
	}
}
