package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The benchmarks of an export run the built binary over the whole real path (read pages, prove, write, sync, rename; no
// limit) against a server on loopback whose pages were made before, beside the barest Go program that does the same
// work (testdata/bareexport). Both are programs of their own; the server is this process.
//
//	go test ./internal/cli -run '^$' -bench 'Export$' -benchtime 5x
//	go test ./internal/cli -run '^$' -bench ExportLatency -benchtime 3x
//	go test ./internal/cli -run '^$' -bench ExportMemory -benchtime 1x -timeout 20m
const (
	exportContacts = 100_000
	exportPage     = 100
)

// pagesOf serves contacts of a Grow CRM. Beyond exportContacts the pages repeat with other ids.
func pagesOf(b *testing.B, contacts int, latency time.Duration) string {
	b.Helper()
	const mark = "@@@@@@@" // is replaced by the number of a contact, seven digits
	var s strings.Builder
	for i := range exportPage {
		if i > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, `{"id":1%s,"first_name":"Maria","last_name":"van der Berg","name":"Maria van der Berg","email":"maria.%s@example.com",`+
			`"phone":"+1512555%04d","job_position":"Procurement Lead","account_owner":"no","status":"active",`+
			`"client":{"id":%d,"company_name":"Blauwe Molen BV"},"role":{"id":2,"name":"Client"},`+
			`"social":{"facebook":null,"twitter":null,"linkedin":"https://example.com/in/maria","github":null,"dribbble":null},`+
			`"dates":{"created":"2025-03-01T08:30:00.000000Z","updated":"2025-04-02T09:15:00.000000Z"}}`, mark, mark, i, 1+i%12)
	}
	parts := strings.Split(s.String(), mark)
	last := contacts / exportPage
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("page"))
		body := make([]byte, 0, 64<<10)
		body = append(body, `{"data":[`...)
		if n >= 1 && n <= last {
			for i, part := range parts {
				body = append(body, part...)
				if i < len(parts)-1 {
					body = fmt.Appendf(body, "%07d", (n-1)*exportPage+i/2)
				}
			}
		}
		body = fmt.Appendf(body, `],"meta":{"current_page":%d,"per_page":%d,"total":%d,"last_page":%d}}`, n, exportPage, contacts, last)
		time.Sleep(latency)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// exportPages runs the binary and returns its peak of resident memory in bytes.
func exportPages(b *testing.B, binary, base, file string, workers int) int64 {
	b.Helper()
	cmd := exec.Command(binary, "export", "growcrm", "-o", file, "--rate", "off", "--workers", strconv.Itoa(workers))
	cmd.Env = append(os.Environ(), "CRMFERRY_GROWCRM_URL="+base, "CRMFERRY_GROWCRM_KEY=invented", "CRMFERRY_STATE_DIR="+b.TempDir())
	return runWatched(b, cmd).peak
}

// BenchmarkExport runs both programs in turn, so that whatever else the machine does hits both alike.
func BenchmarkExport(b *testing.B) {
	base, dir := pagesOf(b, exportContacts, 0), b.TempDir()
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, "./testdata/bareexport")
	var oursTook, bareTook time.Duration
	for b.Loop() {
		start := time.Now()
		if out, err := exec.Command(bare, base, filepath.Join(dir, "bare.csv")).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		bareTook += time.Since(start)
		start = time.Now()
		exportPages(b, ours, base, filepath.Join(dir, "ours.csv"), 8)
		oursTook += time.Since(start)
	}
	contacts := float64(exportContacts * b.N)
	b.ReportMetric(contacts/bareTook.Seconds(), "bare-contacts/s")
	b.ReportMetric(contacts/oursTook.Seconds(), "contacts/s")
	b.ReportMetric(bareTook.Seconds()/oursTook.Seconds(), "of-bare")
}

// BenchmarkExportLatency reports which part of what 16 requests in flight at 20 ms can bring is brought, and runs the barest program in
// turn with the same: a machine that is busy brings less to both.
func BenchmarkExportLatency(b *testing.B) {
	const latency, inFlight = 20 * time.Millisecond, 16
	base, dir := pagesOf(b, exportContacts, latency), b.TempDir()
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, "./testdata/bareexport")
	var oursTook, bareTook time.Duration
	for b.Loop() {
		start := time.Now()
		if out, err := exec.Command(bare, base, filepath.Join(dir, "bare.csv"), strconv.Itoa(inFlight)).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		bareTook += time.Since(start)
		start = time.Now()
		exportPages(b, ours, base, filepath.Join(dir, "ours.csv"), inFlight)
		oursTook += time.Since(start)
	}
	speed := float64(exportContacts*b.N) / oursTook.Seconds()
	b.ReportMetric(speed, "contacts/s")
	b.ReportMetric(speed/(inFlight*exportPage/latency.Seconds()), "of-possible")
	b.ReportMetric(bareTook.Seconds()/oursTook.Seconds(), "of-bare")
}

// BenchmarkExportMemory reports the peak of resident memory of large exports in each format.
func BenchmarkExportMemory(b *testing.B) {
	ours := buildProgram(b, "../../cmd/crmferry")
	for _, contacts := range []int{exportContacts, 10 * exportContacts} {
		base := pagesOf(b, contacts, 0)
		for _, ending := range []string{".csv", ".xlsx"} {
			b.Run(fmt.Sprint(contacts, ending), func(b *testing.B) {
				var peak int64
				for b.Loop() {
					peak = max(peak, exportPages(b, ours, base, filepath.Join(b.TempDir(), "contacts"+ending), 8))
				}
				b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
				b.ReportMetric(float64(contacts*b.N)/b.Elapsed().Seconds(), "contacts/s")
			})
		}
	}
}
