package cli

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The benchmarks of an import run the built binary over the whole real path (read, map, validate, send, report; no
// limit) into a server on loopback that only answers, beside the barest Go program that does the same work
// (testdata/bare, and testdata/bareimport for any columns). Both are programs of their own; the server is this process. What
// is reported of several runs is the median.
//
//	go test ./internal/cli -run '^$' -bench 'Import$|ImportIntents|ImportPhones' -benchtime 5x
//	go test ./internal/cli -run '^$' -bench ImportLatency -benchtime 3x
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

// newLoopback starts one that takes so long for each answer.
func newLoopback(b *testing.B, latency time.Duration) *loopback {
	b.Helper()
	l := &loopback{}
	l.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(latency)
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

// writeWide writes a CSV file of n contacts of 15 columns, as different from each other as those of people are.
func writeWide(b *testing.B, n int) string {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 0x9e3779b97f4a7c15))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	const header = "external_id,salutation,first_name,last_name,email,phone,mobile,company,street,postal_code,city,country,birth_date,language,notes"
	return writeLines(b, header, n, func(i int) string {
		return fmt.Sprintf("EXT-%08d,%s,%s,%s,user%d.%04d@example.org,+41 44 %03d %02d %02d,+41 79 %03d %02d %02d,%s,%s %d,%04d,%s,%s,%04d-%02d-%02d,%s,%s", i,
			pick("Frau", "Herr", "Mme", "M.", ""), pick("Anna", "Björn", "Claire", "Émile", "Fatma", "Giorgio", "Hélène", "Jürgen", "Kofi", "Lea"),
			pick("Müller", "Dupont", "Rossi", "Novák", "García", "O'Neil", "Weiß", "Da Silva", "van den Berg", "de la Cruz"), i, r.IntN(10000),
			r.IntN(1000), r.IntN(100), r.IntN(100), r.IntN(1000), r.IntN(100), r.IntN(100),
			pick("Muster & Söhne AG", "Acme GmbH", `"""Zum Löwen"" Gasthof"`, `"Keller, Huber und Partner"`, "", ""), pick("Bahnhofstrasse", "Rue du Lac", "Via Nassa"), 1+r.IntN(250),
			1000+r.IntN(9000), pick("Zürich", "Genève", "Bern", "St. Gallen", "La Chaux-de-Fonds"), pick("CH", "CH", "CH", "DE", "FR", "AT", "IT"),
			1935+r.IntN(75), 1+r.IntN(12), 1+r.IntN(28), pick("de", "fr", "it", "en"), pick("", "", "", "Newsletter", `"Mitglied seit 2012, Beitrag bezahlt"`, "\"zwei\nZeilen\""))
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
func importPeople(b *testing.B, binary, vendor, path string, l *loopback) spent {
	b.Helper()
	cmd := exec.Command(binary, "import", vendor, path, "--yes", "--rate", "off", "--workers", fmt.Sprint(benchWorkers))
	cmd.Env = append(os.Environ(), "CRMFERRY_CLIENTCOMMANDER_URL="+l.URL, "CRMFERRY_CLIENTCOMMANDER_KEY=ccmd_live_benchmark",
		"CRMFERRY_ROGERROGER_URL="+l.URL, "CRMFERRY_ROGERROGER_KEY=benchmark", "CRMFERRY_STATE_DIR="+b.TempDir())
	return runWatched(b, cmd)
}

// spent is what a program took.
type spent struct {
	wall, cpu time.Duration
	peak      int64 // of resident memory, in bytes; 0 where the system does not say
}

// runWatched runs a program that must succeed.
func runWatched(b *testing.B, cmd *exec.Cmd) (s spent) {
	b.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	peak, stop := make(chan int64), make(chan struct{})
	go func() { peak <- watchPeak(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	s.wall = time.Since(start)
	close(stop)
	if err != nil {
		b.Fatalf("%v\n%s", err, out.String())
	}
	s.cpu, s.peak = cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), <-peak
	return s
}

// race runs two programs in turn, so that whatever else the machine does hits both alike.
func race(b *testing.B, bare, ours func() spent) (r raced) {
	b.Helper()
	for b.Loop() {
		r.bare = append(r.bare, bare())
		r.ours = append(r.ours, ours())
	}
	return r
}

type raced struct{ bare, ours []spent }

// speeds reports how fast both are, and how fast ours is beside the bare one, by the clock and by the time of the processor.
func (r raced) speeds(b *testing.B, units int, unit string) {
	wall := func(s spent) float64 { return float64(units) / s.wall.Seconds() }
	b.ReportMetric(median(r.bare, wall), "bare-"+unit+"/s")
	b.ReportMetric(median(r.ours, wall), unit+"/s")
	b.ReportMetric(r.ratio(func(bare, ours spent) float64 { return bare.wall.Seconds() / ours.wall.Seconds() }), "of-bare")
	b.ReportMetric(r.ratio(func(bare, ours spent) float64 { return ours.cpu.Seconds() / bare.cpu.Seconds() }), "times-cpu")
	b.ReportMetric(median(r.ours, func(s spent) float64 { return float64(s.peak) / (1 << 20) }), "peak-MiB")
}

// ratio is the median of what is asked of each two runs that followed each other.
func (r raced) ratio(of func(bare, ours spent) float64) float64 {
	var all []float64
	for i, bare := range r.bare {
		all = append(all, of(bare, r.ours[i]))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func median(runs []spent, of func(spent) float64) float64 {
	return raced{runs, runs}.ratio(func(s, _ spent) float64 { return of(s) })
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
func BenchmarkImport(b *testing.B) {
	benchImport(b, "clientcommander", writePeople(b, benchRows), "./testdata/bare")
}

// BenchmarkImportIntents imports into RogerRoger rows that cannot be looked up: each waits until the journal has made
// durable that it is about to be sent.
func BenchmarkImportIntents(b *testing.B) {
	benchImport(b, "rogerroger", writeNames(b, benchRows), "./testdata/bare")
}

// BenchmarkImportPhones imports rows of 15 columns, two of them phones with spaces.
func BenchmarkImportPhones(b *testing.B) {
	benchImport(b, "clientcommander", writeWide(b, benchRows), "./testdata/bareimport")
}

// BenchmarkImportLatency imports the same rows at 20 ms a request, and reports which part of what the workers can do in that time
// they do.
func BenchmarkImportLatency(b *testing.B) {
	const latency = 20 * time.Millisecond
	path, l, ours := writeWide(b, benchRows), newLoopback(b, latency), buildProgram(b, "../../cmd/crmferry")
	bare := buildProgram(b, "./testdata/bareimport")
	r := race(b, func() spent {
		return runWatched(b, exec.Command(bare, path, l.URL, filepath.Join(b.TempDir(), "bare.csv")))
	}, func() spent {
		return importPeople(b, ours, "clientcommander", path, l)
	})
	r.speeds(b, benchRows, "rows")
	possible := benchWorkers / latency.Seconds()
	b.ReportMetric(median(r.ours, func(s spent) float64 { return benchRows / s.wall.Seconds() / possible }), "of-possible")
}

func benchImport(b *testing.B, vendor, path, barePackage string) {
	l := newLoopback(b, 0)
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, barePackage)
	var connections int64
	r := race(b, func() spent {
		return runWatched(b, exec.Command(bare, path, l.URL, filepath.Join(b.TempDir(), "bare.csv")))
	}, func() spent {
		before := l.connections.Load()
		s := importPeople(b, ours, vendor, path, l)
		connections = l.connections.Load() - before
		return s
	})
	r.speeds(b, benchRows, "rows")
	b.ReportMetric(float64(connections), "connections")
}

// BenchmarkImportTags imports rows of two steps into Client Commander.
func BenchmarkImportTags(b *testing.B) { benchMemory(b, writeTagged(b, taggedRows), taggedRows) }

// BenchmarkImportMemory imports a million rows and reports the peak of resident memory.
func BenchmarkImportMemory(b *testing.B) { benchMemory(b, writePeople(b, memoryRows), memoryRows) }

func benchMemory(b *testing.B, path string, rows int) {
	l, ours := newLoopback(b, 0), buildProgram(b, "../../cmd/crmferry")
	var peak int64
	for b.Loop() {
		peak = max(peak, importPeople(b, ours, "clientcommander", path, l).peak)
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkStart runs the shortest command there is.
func BenchmarkStart(b *testing.B) {
	ours := buildProgram(b, "../../cmd/crmferry")
	var runs []spent
	for b.Loop() {
		runs = append(runs, runWatched(b, exec.Command(ours, "version")))
	}
	b.ReportMetric(median(runs, func(s spent) float64 { return s.wall.Seconds() * 1000 }), "ms")
	b.ReportMetric(median(runs, func(s spent) float64 { return s.cpu.Seconds() * 1000 }), "cpu-ms")
}
