package cli

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The benchmarks of an import run the built binary over the whole real path (read, map, validate, send, report; no
// limit) into a server on loopback that only answers, beside the barest Go program that does the same work
// (testdata/bare). Both are programs of their own; the server is this process.
//
//	go test ./internal/cli -run '^$' -bench 'Import$|ImportIntents' -benchtime 3x
//	go test ./internal/cli -run '^$' -bench 'ImportMemory|ImportTags' -benchtime 1x -timeout 20m
const (
	benchRows    = 100_000 // so that starting a program counts for little
	benchWorkers = 64
	memoryRows   = 1_000_000
	taggedRows   = 200_000 // of two requests each
)

// loopback is a Client Commander, and a RogerRoger, that creates whatever it is sent, without looking at it.
type loopback struct {
	*httptest.Server
	ids         atomic.Int64
	connections atomic.Int64
}

func newLoopback(b *testing.B) *loopback {
	b.Helper()
	l := &loopback{}
	l.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		people := r.URL.Path == "/people" // RogerRoger
		switch {
		case r.Method == http.MethodGet && people:
			fmt.Fprint(w, `{"member":[],"totalItems":0}`)
			return
		case r.Method == http.MethodGet:
			fmt.Fprint(w, `{"meta":{"requestId":"r"},"data":{"id":"u1234567","email":"anna@example.com"}}`)
			return
		}
		id := strconv.FormatInt(l.ids.Add(1), 10)
		if people {
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"@id":"/people/`+id+`","id":"`+id+`"}`)
			return
		}
		_, _ = io.WriteString(w, `{"meta":{"requestId":"r`+id+`"},"data":{"created":true,"id":"person`+id+`","person":{"id":"person`+id+`"}}}`)
	}))
	l.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			l.connections.Add(1)
		}
	}
	l.Start()
	b.Cleanup(l.Close)
	return l
}

// writePeople writes a CSV file of n contacts whose phones are E.164 already.
func writePeople(b *testing.B, n int) string {
	b.Helper()
	return writeLines(b, "First name,Last name,Email,Phone,Source,Timeframe,City,State", n, func(i int) string {
		return fmt.Sprintf("Jane%d,van der Berg,jane.%d@example.com,+1512555%04d,Website,3-6 months,Austin,TX", i, i, i%10000)
	})
}

// writeTagged writes a CSV file of n contacts, each with a tag, which takes a step of its own.
func writeTagged(b *testing.B, n int) string {
	b.Helper()
	return writeLines(b, "First name,Last name,Email,Tags", n, func(i int) string {
		return fmt.Sprintf("Jane%d,van der Berg,jane.%d@example.com,Trade fair %d", i, i, i%10)
	})
}

// writeNames writes a CSV file of n contacts that have nothing to be looked up by.
func writeNames(b *testing.B, n int) string {
	b.Helper()
	return writeLines(b, "First name,Last name,Middle name,Initials,Job title,City,Customer ID,External source", n, func(i int) string {
		return fmt.Sprintf("Jane%d,van der Berg,Wilhelmina,J.W.,Head of sales,Utrecht,C%06d,Website", i, i)
	})
}

func writeLines(b *testing.B, head string, n int, line func(i int) string) string {
	b.Helper()
	var text bytes.Buffer
	text.WriteString(head + "\n")
	for i := range n {
		text.WriteString(line(i) + "\n")
	}
	path := filepath.Join(b.TempDir(), "people.csv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// buildProgram builds a package of this folder and returns the binary.
func buildProgram(b *testing.B, pkg string) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "program")
	if out, err := exec.Command("go", "build", "-o", binary, pkg).CombinedOutput(); err != nil {
		b.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return binary
}

// importPeople runs the binary.
func importPeople(b *testing.B, binary, vendor, path string, l *loopback) int64 {
	b.Helper()
	cmd := exec.Command(binary, "import", vendor, path, "--yes", "--rate", "off", "--workers", fmt.Sprint(benchWorkers))
	cmd.Env = append(os.Environ(), "CRMFERRY_CLIENTCOMMANDER_URL="+l.URL, "CRMFERRY_CLIENTCOMMANDER_KEY=ccmd_live_benchmark",
		"CRMFERRY_ROGERROGER_URL="+l.URL, "CRMFERRY_ROGERROGER_KEY=benchmark", "CRMFERRY_STATE_DIR="+b.TempDir())
	return runWatched(b, cmd)
}

// runWatched runs a program that must succeed, and returns its peak of resident memory in bytes (0 where the system does
// not say).
func runWatched(b *testing.B, cmd *exec.Cmd) int64 {
	b.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	peak, stop := make(chan int64), make(chan struct{})
	go func() { peak <- watchPeak(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	close(stop)
	if err != nil {
		b.Fatalf("%v\n%s", err, out.String())
	}
	return <-peak
}

// watchPeak reads the peak of a process's resident memory until it is told to stop. What the system tells once the
// process is over counts the memory of this process, too, from which it was forked.
func watchPeak(pid int, stop <-chan struct{}) int64 {
	var peak int64
	for {
		select {
		case <-stop:
			return peak
		case <-time.After(20 * time.Millisecond):
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			_, rest, _ := strings.Cut(string(status), "VmHWM:")
			if field := strings.Fields(rest); len(field) > 0 {
				if kib, err := strconv.ParseInt(field[0], 10, 64); err == nil {
					peak = max(peak, kib<<10)
				}
			}
		}
	}
}

// BenchmarkImport imports into Client Commander, which knows a row by its token: nothing waits for the journal.
func BenchmarkImport(b *testing.B) { benchImport(b, "clientcommander", writePeople(b, benchRows)) }

// BenchmarkImportIntents imports into RogerRoger rows that cannot be looked up: each waits until the journal has made
// durable that it is about to be sent.
func BenchmarkImportIntents(b *testing.B) { benchImport(b, "rogerroger", writeNames(b, benchRows)) }

// benchImport runs both programs in turn, so that whatever else the machine does hits both alike.
func benchImport(b *testing.B, vendor, path string) {
	l := newLoopback(b)
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, "./testdata/bare")
	var oursTook, bareTook time.Duration
	var connections int64
	for b.Loop() {
		start := time.Now()
		if out, err := exec.Command(bare, path, l.URL).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		bareTook += time.Since(start)
		before := l.connections.Load()
		start = time.Now()
		importPeople(b, ours, vendor, path, l)
		oursTook += time.Since(start)
		connections = l.connections.Load() - before
	}
	rows := float64(benchRows * b.N)
	b.ReportMetric(rows/bareTook.Seconds(), "bare-rows/s")
	b.ReportMetric(rows/oursTook.Seconds(), "rows/s")
	b.ReportMetric(bareTook.Seconds()/oursTook.Seconds(), "of-bare")
	b.ReportMetric(float64(connections), "connections")
}

// BenchmarkImportTags imports rows of two steps into Client Commander.
func BenchmarkImportTags(b *testing.B) { benchMemory(b, writeTagged(b, taggedRows), taggedRows) }

// BenchmarkImportMemory imports a million rows and reports the peak of resident memory.
func BenchmarkImportMemory(b *testing.B) { benchMemory(b, writePeople(b, memoryRows), memoryRows) }

func benchMemory(b *testing.B, path string, rows int) {
	l, ours := newLoopback(b), buildProgram(b, "../../cmd/crmferry")
	var peak int64
	for b.Loop() {
		peak = max(peak, importPeople(b, ours, "clientcommander", path, l))
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
