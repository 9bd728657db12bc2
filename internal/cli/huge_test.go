package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// answeredBy are the settings of all vendors at a server with this handler.
func answeredBy(t *testing.T, h http.HandlerFunc) map[string]string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	env := map[string]string{state.RootVariable: t.TempDir()}
	for _, v := range account.All().Vendors() {
		for name, value := range canarySettings(v, server.URL) {
			env[name] = value
		}
	}
	return env
}

// skipHuge skips what is about much data in the short form, which runs under the race detector: that takes many times as
// long there, and allocates more.
func skipHuge(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("about much data, not about concurrency")
	}
}

// TestHugePages: a page of very many records, small as they are, is refused before it fills the memory.
func TestHugePages(t *testing.T) {
	skipHuge(t)
	many := strings.Repeat("{},", 1<<20) + "{}"
	body := `{"data":[` + many + `],"member":[` + many + `],"meta":{"total":1,"last_page":1,"hasMore":false},"totalItems":1}`
	for _, r := range account.All().Resources() {
		t.Run(r.ID(), func(t *testing.T) {
			env := answeredBy(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, body)
			})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := runApp(t, env, append([]string{"export", r.ID(), "-o", filepath.Join(t.TempDir(), "c.csv"), "--rate", "off"}, exportFlags(r.Vendor().ID)...)...)
			runtime.ReadMemStats(&after)
			if got.code == failure.ExitOK || !strings.Contains(got.stderr, "no answer is documented to be that large") {
				t.Errorf("exit code %d:\n%s", got.code, got.stderr)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 500 { // of four answers, each read into a growing buffer
				t.Errorf("%d MiB were allocated", used)
			}
		})
	}
}

// TestEndlessNames: a list of names that does not end is given up, and nothing is sent.
func TestEndlessNames(t *testing.T) {
	skipHuge(t)
	for vendor, tt := range map[string]struct {
		file   string
		answer func(n int) (page, entry string) // the page, with %s for its entries
		size   int
	}{
		"clientcommander": {"First name,Email,Stage\nJan,jan@example.com,Lead\n", func(n int) (string, string) {
			return `{"data":[%s],"meta":{"hasMore":true,"nextCursor":"` + strconv.Itoa(n+1) + `"}}`, `{"id":"p%[1]d","stageId":"s%[1]d","stageName":"Stage %[1]d"}`
		}, 400},
		"growcrm": {newcomers(1), func(int) (string, string) { return `{"data":[%s]}`, `{"id":%[1]d,"company_name":"Firm %[1]d"}` }, 400},
		"rogerroger": {"First name,Last name,Email,Tags\nJan,Jansen,jan@example.com,Fair\n", func(n int) (string, string) {
			return `{"member":[%s],"totalItems":9,"view":{"next":"/tags?page=` + strconv.Itoa(n+1) + `"}}`, `{"@id":"/tags/%[1]d","title":"Tag %[1]d"}`
		}, 120},
	} {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			requests, writes := 0, 0
			var entries []string
			env := answeredBy(t, func(w http.ResponseWriter, r *http.Request) {
				if requests++; r.Method != http.MethodGet {
					writes++
				}
				page, entry := tt.answer(requests)
				if requests == 1 || vendor == "clientcommander" { // which are counted once each
					entries = make([]string, tt.size)
					for i := range entries {
						entries[i] = fmt.Sprintf(entry, requests*tt.size+i)
					}
				}
				entries[0] = fmt.Sprintf(entry, requests*tt.size)
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprintf(w, page, strings.Join(entries, ","))
			})
			got := runApp(t, env, "import", vendor, putFile(t, "leads.csv", tt.file), "--yes", "--rate", "off", "--workers", "1")
			if got.code == failure.ExitOK || !strings.Contains(got.stderr, "the list does not end, or is too long to be held in memory") {
				t.Errorf("exit code %d after %d requests:\n%s", got.code, requests, got.stderr)
			}
			if writes > 0 {
				t.Errorf("%d writes", writes)
			}
		})
	}
}

// TestHugeMessages: the words of a vendor, however long, fit in a report, and stop nothing.
func TestHugeMessages(t *testing.T) {
	skipHuge(t)
	for _, size := range []int{500_000, 17 << 20} {
		words := strings.Repeat("word ", size/5/5)
		body := `{"message":"` + words + `","detail":"` + words + `","errors":{"email":["` + words + `"]},"violations":[{"propertyPath":"` + words + `","message":"` + words + `"}]}`
		for _, v := range account.All().Vendors() {
			if size > 1<<20 && v.ID != "growcrm" {
				continue // all read words alike
			}
			t.Run(fmt.Sprint(v.ID, size), func(t *testing.T) {
				_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
					if r.Method != http.MethodPost || strings.HasSuffix(r.URL.Path, "/clients") {
						return false
					}
					w.Header().Set("Content-Type", "application/json")
					w.Header().Set("X-Request-Id", words[:2000])
					w.WriteHeader(http.StatusUnprocessableEntity)
					_, _ = io.WriteString(w, body)
					return true
				})
				flags := []string{"--mode", "create"}
				if v.ID == "growcrm" {
					flags = append(flags, "--create-missing", "clients")
				}
				got := importFile(t, env, v.ID, putFile(t, "leads.csv", newcomers(2)), flags...)
				got.wantCounts(t, map[outcome.Outcome]int{outcome.Failed: 2})
				for _, l := range got.lines {
					if len(l.Message) > 20_000 || l.Message == "" {
						t.Errorf("row %d: a message of %d bytes", l.Row, len(l.Message))
					}
				}
			})
		}
	}
}
