package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"crmferry/internal/terminal"
)

// The benchmarks of an import take the whole real path (read, map, validate, send, report; no limit) into a server on
// loopback that only answers, beside the barest Go program that does the same work: read the CSV file, post each row
// as JSON by 64 goroutines, throw the answer away.
//
//	go test ./cmd/crmferry -run '^$' -bench Import -benchtime 3x
//	go test ./cmd/crmferry -run '^$' -bench ImportMemory -benchtime 1x -timeout 20m
const (
	benchRows    = 20_000
	benchWorkers = 64
	memoryRows   = 1_000_000
)

// loopback is a Client Commander that creates whatever it is sent, without looking at it.
type loopback struct {
	*httptest.Server
	ids         atomic.Int64
	connections atomic.Int64
}

func newLoopback() *loopback {
	a := &loopback{}
	a.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"meta":{"requestId":"r"},"data":{"id":"u1234567","email":"anna@example.com"}}`)
			return
		}
		fmt.Fprintf(w, `{"meta":{"requestId":"r"},"data":{"created":true,"id":"person%08d","person":{"id":"person%08d"}}}`, a.ids.Add(1), a.ids.Load())
	}))
	a.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			a.connections.Add(1)
		}
	}
	a.Start()
	return a
}

// writePeople writes a CSV file of n contacts whose phones are E.164 already.
func writePeople(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "people.csv")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString("First name,Last name,Email,Phone,Source,Timeframe,City,State\n")
	for i := range n {
		fmt.Fprintf(&b, "Jane%d,van der Berg,jane.%d@example.com,+1512555%04d,Website,3-6 months,Austin,TX\n", i, i, i%10000)
	}
	if _, err := f.Write(b.Bytes()); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// importPeople runs the command as main does, in this process.
func importPeople(tb testing.TB, path string, a *loopback) {
	tb.Helper()
	env := map[string]string{
		"CRMFERRY_CLIENTCOMMANDER_URL": a.URL,
		"CRMFERRY_CLIENTCOMMANDER_KEY": "ccmd_live_benchmark",
	}
	tb.Setenv("CRMFERRY_STATE_DIR", tb.TempDir())
	var out, errs bytes.Buffer
	app := &app{ui: terminal.Test(strings.NewReader(""), &out, &errs), registry: allResources(), now: time.Now,
		env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	code := app.run(tb.Context(), []string{"import", "clientcommander", path, "--yes", "--rate", "off", "--workers", fmt.Sprint(benchWorkers)})
	if code != exitOK {
		tb.Fatalf("exit code %d:\n%s", code, errs.String())
	}
}

// barePerson is what the bare program sends.
type barePerson struct {
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	Source    string `json:"source"`
	Timeframe string `json:"timeframe"`
	City      string `json:"city"`
	State     string `json:"state"`
}

// postPeople is the bare program.
func postPeople(tb testing.TB, path string, a *loopback) {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchWorkers}}
	defer client.CloseIdleConnections()
	rows := make(chan []string)
	var workers sync.WaitGroup
	var failed atomic.Int64
	for range benchWorkers {
		workers.Go(func() {
			for c := range rows {
				body, _ := json.Marshal(barePerson{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]})
				resp, err := client.Post(a.URL+"/v1/people", "application/json", bytes.NewReader(body))
				if err != nil {
					failed.Add(1)
					continue
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		})
	}
	in := csv.NewReader(f)
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			tb.Fatal(err)
		}
		if !first {
			rows <- row
		}
	}
	close(rows)
	workers.Wait()
	if n := failed.Load(); n > 0 {
		tb.Fatalf("%d posts failed", n)
	}
}

// BenchmarkImport measures both in turn, so that whatever else the machine does hits both alike.
func BenchmarkImport(b *testing.B) {
	path := writePeople(b, benchRows)
	a := newLoopback()
	defer a.Close()
	var bare, ours time.Duration
	var connections int64
	for b.Loop() {
		start := time.Now()
		postPeople(b, path, a)
		bare += time.Since(start)
		before := a.connections.Load()
		start = time.Now()
		importPeople(b, path, a)
		ours += time.Since(start)
		connections = a.connections.Load() - before
	}
	n := float64(benchRows * b.N)
	b.ReportMetric(n/bare.Seconds(), "bare-rows/s")
	b.ReportMetric(n/ours.Seconds(), "rows/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
	b.ReportMetric(float64(connections), "connections")
}

// BenchmarkImportMemory imports a million rows with the built binary and reports its peak of resident memory.
func BenchmarkImportMemory(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("the peak of resident memory is read as Linux counts it")
	}
	path := writePeople(b, memoryRows)
	a := newLoopback()
	defer a.Close()
	binary := filepath.Join(b.TempDir(), "crmferry")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	var peak int64
	for b.Loop() {
		cmd := exec.Command(binary, "import", "clientcommander", path, "--yes", "--rate", "off", "--workers", fmt.Sprint(benchWorkers))
		cmd.Env = append(os.Environ(), "CRMFERRY_CLIENTCOMMANDER_URL="+a.URL, "CRMFERRY_CLIENTCOMMANDER_KEY=ccmd_live_benchmark", "CRMFERRY_STATE_DIR="+b.TempDir())
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			b.Fatal("no resource usage")
		}
		peak = max(peak, usage.Maxrss)
	}
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
	b.ReportMetric(float64(memoryRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
