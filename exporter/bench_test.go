package exporter_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"crmferry/exporter"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// The benchmarks export 100,000 contacts of Grow CRM into CSV beside the barest loop that does the same: eight pages
// at a time, decoded into structs, written with encoding/csv. Run them with
//
//	go test -run '^$' -bench . ./exporter
const (
	benchContacts = 100_000
	benchPage     = 100
	bareWorkers   = 8
)

// prebuilt serves pages that were made before.
func prebuilt(b *testing.B, latency time.Duration) string {
	b.Helper()
	pages := make([][]byte, benchContacts/benchPage)
	for n := range pages {
		pages[n] = benchJSON(n + 1)
	}
	none := []byte(fmt.Sprintf(`{"data":[],"meta":{"current_page":0,"per_page":%d,"total":%d,"last_page":%d}}`, benchPage, benchContacts, len(pages)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.URL.Query().Get("page"))
		if err != nil || n < 1 {
			http.Error(w, "no page", http.StatusBadRequest)
			return
		}
		body := none
		if n <= len(pages) {
			body = pages[n-1]
		}
		time.Sleep(latency)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// benchJSON is a page as Grow CRM documents it.
func benchJSON(n int) []byte {
	var s strings.Builder
	s.WriteString(`{"data":[`)
	for i := range benchPage {
		id := (n-1)*benchPage + i + 1
		if i > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, `{"id":%d,"first_name":"Maria","last_name":"van der Berg","name":"Maria van der Berg","email":"maria.%d@example.com",`+
			`"phone":"+1512555%04d","job_position":"Procurement Lead","account_owner":"no","status":"active",`+
			`"client":{"id":%d,"company_name":"Blauwe Molen BV"},"role":{"id":2,"name":"Client"},`+
			`"social":{"facebook":null,"twitter":null,"linkedin":"https://example.com/in/%d","github":null,"dribbble":null},`+
			`"dates":{"created":"2025-03-01T08:30:00.000000Z","updated":"2025-04-02T09:15:00.000000Z"}}`, id, id, id%10000, 1+id%12, id)
	}
	fmt.Fprintf(&s, `],"meta":{"current_page":%d,"per_page":%d,"total":%d,"last_page":%d},"message":"Contacts retrieved successfully."}`,
		n, benchPage, benchContacts, benchContacts/benchPage)
	return []byte(s.String())
}

func BenchmarkExport(b *testing.B) {
	base := prebuilt(b, 0)
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			bareExport(b, base)
		}
		perSecond(b)
	})
	b.Run("crmferry", func(b *testing.B) {
		for b.Loop() {
			benchExport(b, base, bareWorkers)
		}
		perSecond(b)
	})
}

// BenchmarkLatency reports which part of what 16 requests in flight at 20 ms can bring is brought.
func BenchmarkLatency(b *testing.B) {
	const latency, workers = 20 * time.Millisecond, 16
	base := prebuilt(b, latency)
	for b.Loop() {
		benchExport(b, base, workers)
	}
	perSecond(b)
	possible := workers * benchPage / latency.Seconds()
	b.ReportMetric(benchContacts*float64(b.N)/b.Elapsed().Seconds()/possible, "of-possible")
}

func perSecond(b *testing.B) {
	b.Helper()
	b.ReportMetric(benchContacts*float64(b.N)/b.Elapsed().Seconds(), "contacts/s")
}

func benchExport(b *testing.B, base string, workers int) {
	b.Helper()
	u, err := url.Parse(base)
	if err != nil {
		b.Fatal(err)
	}
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize("invented"), Workers: workers})
	e, err := exporter.New(mapping.GrowContacts(), growcrm.New(growcrm.Config{Base: u, HTTP: tr.Client()}), exporter.Options{Workers: workers})
	if err != nil {
		b.Fatal(err)
	}
	var columns []write.TableColumn
	for _, c := range e.Columns() {
		columns = append(columns, write.TableColumn{Header: c.Name, Kind: c.Kind})
	}
	f := scratch(b)
	defer f.Close()
	table, err := write.NewTable(f, sheet.CSV, write.TableOptions{Columns: columns, Guard: true})
	if err != nil {
		b.Fatal(err)
	}
	summary, err := e.Run(b.Context(), table, nil)
	if err != nil || summary.Contacts != benchContacts {
		b.Fatalf("error %v, %+v", err, summary)
	}
	if _, err := table.Close(); err != nil {
		b.Fatal(err)
	}
}

func scratch(b *testing.B) *os.File {
	b.Helper()
	f, err := os.CreateTemp(b.TempDir(), "out")
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// bareContact is what the barest program decodes.
type bareContact struct {
	ID          int    `json:"id"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name"`
	Name        string `json:"name"`
	Email       string `json:"email"`
	Phone       string `json:"phone"`
	JobPosition string `json:"job_position"`
	Owner       string `json:"account_owner"`
	Status      string `json:"status"`
	Client      struct {
		ID          int    `json:"id"`
		CompanyName string `json:"company_name"`
	} `json:"client"`
	Role struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	} `json:"role"`
	Social struct {
		Facebook string `json:"facebook"`
		Twitter  string `json:"twitter"`
		LinkedIn string `json:"linkedin"`
		GitHub   string `json:"github"`
		Dribbble string `json:"dribbble"`
	} `json:"social"`
	Dates struct {
		Created string `json:"created"`
		Updated string `json:"updated"`
	} `json:"dates"`
}

func (c *bareContact) cells() []string {
	return []string{strconv.Itoa(c.ID), c.FirstName, c.LastName, c.Name, c.Email, c.Phone, c.JobPosition, c.Owner, c.Status,
		strconv.Itoa(c.Client.ID), c.Client.CompanyName, strconv.Itoa(c.Role.ID), c.Role.Name,
		c.Social.Facebook, c.Social.Twitter, c.Social.LinkedIn, c.Social.GitHub, c.Social.Dribbble, c.Dates.Created, c.Dates.Updated}
}

// barePage reads one page.
func barePage(client *http.Client, base string, n int) ([]bareContact, error) {
	resp, err := client.Get(fmt.Sprintf("%s/contacts?limit=%d&page=%d", base, benchPage, n))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var page struct {
		Data []bareContact `json:"data"`
	}
	return page.Data, json.Unmarshal(raw, &page)
}

// bareExport is the barest loop: it proves nothing and keeps no order.
func bareExport(b *testing.B, base string) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: bareWorkers}}
	defer client.CloseIdleConnections()
	numbers, pages := make(chan int), make(chan []bareContact, bareWorkers)
	var wait sync.WaitGroup
	for range bareWorkers {
		wait.Go(func() {
			for n := range numbers {
				page, err := barePage(client, base, n)
				if err != nil {
					b.Error(err)
				}
				pages <- page
			}
		})
	}
	go func() {
		for n := range benchContacts / benchPage {
			numbers <- n + 1
		}
		close(numbers)
		wait.Wait()
		close(pages)
	}()
	f := scratch(b)
	defer f.Close()
	out, rows := csv.NewWriter(f), 0
	for page := range pages {
		for i := range page {
			_ = out.Write(page[i].cells())
		}
		rows += len(page)
	}
	if out.Flush(); out.Error() != nil || rows != benchContacts {
		b.Fatalf("error %v, %d rows", out.Error(), rows)
	}
}
