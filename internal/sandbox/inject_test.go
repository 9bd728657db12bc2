package sandbox

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/pipenet"
	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

// creates are requests that create a contact, by vendor: path, content type and body.
func creates() map[string][3]string {
	return map[string][3]string{
		clientcommander.Name: {"/clientcommander/v1/people", "application/json", `{"firstName": "Nina", "email": "nina@example.com"}`},
		growcrm.Name:         {"/growcrm/api/contacts", api.FormMedia, "first_name=Nina&last_name=New&email=nina@example.com&clientid=1"},
		rogerroger.Name:      {"/rogerroger/people", "application/ld+json", `{"familyName": "New", "emailAddresses": [{"email": "nina@example.com"}]}`},
		cloverhound.Name:     {"/cloverhound/1/contacts", "application/json", `{"full_name": "Nina New", "email": "nina@example.com"}`},
	}
}

// overNetwork runs do in a bubble, where waits take no time, with a sandbox that is reached by real connections.
func overNetwork(t *testing.T, o Options, do func(t *testing.T, s *Server, client *http.Client)) {
	synctest.Test(t, func(t *testing.T) {
		s := New(o)
		transport, stop := pipenet.Serve(s.Handler())
		do(t, s, &http.Client{Transport: transport, Timeout: 10 * time.Second})
		stop()
		time.Sleep(time.Minute) // what is late is done
	})
}

// create sends the vendor's create over the network. An error of reading the answer counts as well.
func create(t *testing.T, client *http.Client, vendor string) (*http.Response, string, error) {
	t.Helper()
	what := creates()[vendor]
	r, err := http.NewRequest(http.MethodPost, "http://sandbox"+what[0], strings.NewReader(what[2]))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", what[1])
	authorize(r, vendor)
	resp, err := client.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

// TestFaultsOfWrites: what a client sees of each kind, and what the vendor did.
func TestFaultsOfWrites(t *testing.T) {
	tests := map[string]struct {
		status int  // of the answer, 0 if there is none that can be read
		done   bool // the contact was made
		has    string
	}{
		"429":         {429, false, ""},
		"429-bare":    {429, false, ""},
		"500-before":  {500, false, "Server Error"},
		"500-after":   {500, true, "Server Error"},
		"502":         {502, false, "<!doctype html>"},
		"502:even":    {502, true, "<!doctype html>"},
		"503":         {503, false, "<!doctype html>"},
		"503:even":    {503, true, "<!doctype html>"},
		"drop-before": {0, false, ""},
		"drop-after":  {0, true, ""},
		"hang":        {0, false, ""},
		"hang:even":   {0, true, ""},
		"hang:third":  {0, true, ""},
		"slow":        {201, true, "nina@example.com"},
		"truncate":    {0, true, ""},
		"badjson":     {201, true, "{"},
		"html":        {200, true, "<!doctype html>"},

		"other-before":      {200, false, "<!doctype html>"},
		"other-before:even": {302, false, "upstream"},
		"other-after":       {200, true, "<!doctype html>"},
		"other-after:even":  {302, true, "upstream"},
		"other-after:third": {404, true, `{"data": {"id": `},

		"other-after:fourth":  {422, true, "down for maintenance"},
		"other-before:eighth": {200, false, "{}"},
		"plaintext":           {0, true, ""},
		"plaintext:even":      {400, true, "plain HTTP"},
		"drop-late":           {0, true, ""},
		"abandoned":           {201, true, "nina@example.com"},
		"401":                 {401, false, ""},
	}
	seen := map[string]bool{}
	for name, tt := range tests {
		kind, turn, _ := strings.Cut(name, ":")
		seen[kind] = true
		for vendor := range creates() {
			t.Run(vendor+" "+name, func(t *testing.T) {
				before := map[string]int{"even": 1, "third": 2, "fourth": 3, "eighth": 7}[turn] // injections that come first
				fault := Fault{Kind: kind, Vendor: vendor, On: onAll}
				overNetwork(t, Options{Faults: []Fault{fault}}, func(t *testing.T, s *Server, client *http.Client) {
					for range before {
						if resp, err := client.Get("http://sandbox/" + vendor + "/nowhere"); err == nil {
							resp.Body.Close()
						}
					}
					resp, body, err := create(t, client, vendor)
					time.Sleep(commitLate) // of a late commit
					synctest.Wait()
					if (err == nil) != (tt.status != 0) {
						t.Fatalf("error %v, want status %d", err, tt.status)
					}
					if err == nil && (resp.StatusCode != tt.status && !(tt.status == 201 && resp.StatusCode == 200) || !strings.Contains(body, tt.has)) {
						t.Errorf("status %d, %q; want %d, %q", resp.StatusCode, body, tt.status, tt.has)
					}
					if err == nil && kind == "badjson" && json.Valid([]byte(body)) {
						t.Errorf("%q is good JSON", body)
					}
					if made := len(s.Ledger()); made != map[bool]int{false: 0, true: 1}[tt.done] {
						t.Errorf("%d contacts made, want done: %v", made, tt.done)
					}
					if n := s.Faulted(vendor); n != before+1 {
						t.Errorf("%d requests were hit", n)
					}
				})
			})
		}
	}
	for _, kind := range FaultKindsOfRequests() {
		if !seen[kind] {
			t.Errorf("kind %s is not tried", kind)
		}
	}
}

// TestHangCommitsLate: what hangs is done when the client has given up, and not before.
func TestHangCommitsLate(t *testing.T) {
	overNetwork(t, Options{Faults: []Fault{{Kind: faultHang, On: onAll, For: 3 * time.Second}}}, func(t *testing.T, s *Server, client *http.Client) {
		for range 2 {
			_, _ = client.Get("http://sandbox/growcrm/nowhere")
		}
		start := time.Now()
		if _, _, err := create(t, client, growcrm.Name); err == nil {
			t.Fatal("an answer came")
		}
		if took := time.Since(start); took != client.Timeout {
			t.Errorf("given up after %v", took)
		}
		time.Sleep(2 * time.Second)
		if n := len(s.Ledger()); n != 0 {
			t.Errorf("%d contacts 2 s after the client gave up", n)
		}
		time.Sleep(2 * time.Second)
		if n := len(s.Ledger()); n != 1 {
			t.Errorf("%d contacts 4 s after the client gave up", n)
		}
	})
}

// TestDropLate: the connection is cut at once, and the vendor does it later.
func TestDropLate(t *testing.T) {
	overNetwork(t, Options{Faults: []Fault{{Kind: faultDropLate, On: onAll, For: 3 * time.Second}}}, func(t *testing.T, s *Server, client *http.Client) {
		start := time.Now()
		if _, _, err := create(t, client, cloverhound.Name); err == nil || time.Since(start) > 0 {
			t.Fatalf("%v after %v", err, time.Since(start))
		}
		time.Sleep(3*time.Second - 1)
		if n := len(s.Ledger()); n != 0 {
			t.Errorf("%d contacts within 3 s", n)
		}
		time.Sleep(2 * time.Nanosecond)
		synctest.Wait()
		if n := len(s.Ledger()); n != 1 {
			t.Errorf("%d contacts after 3 s", n)
		}
	})
}

// TestAbandoned: who goes away before the answer is there finds the request carried out later, not at once.
func TestAbandoned(t *testing.T) {
	overNetwork(t, Options{Faults: []Fault{{Kind: faultAbandoned, On: onAll, For: 20 * time.Second}}}, func(t *testing.T, s *Server, client *http.Client) {
		client.Timeout = 100 * time.Millisecond
		if _, _, err := create(t, client, rogerroger.Name); err == nil {
			t.Fatal("an answer came")
		}
		time.Sleep(19 * time.Second)
		if n := len(s.Ledger()); n != 0 {
			t.Errorf("%d contacts within 19 s", n)
		}
		time.Sleep(2 * time.Second)
		if n := len(s.Ledger()); n != 1 {
			t.Errorf("%d contacts after 21 s", n)
		}
	})
}

// TestPlainTextOnTLS: the client sees that what comes is no record of TLS, after its request was carried out.
func TestPlainTextOnTLS(t *testing.T) {
	s := New(Options{Faults: []Fault{{Kind: faultPlain, On: onWrites}}})
	server := httptest.NewTLSServer(s.Handler())
	defer server.Close()
	for i := range 2 {
		what := creates()[growcrm.Name]
		r, err := http.NewRequest(http.MethodPost, server.URL+what[0], strings.NewReader(strings.ReplaceAll(what[2], "nina", "nina"+strconv.Itoa(i))))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", what[1])
		authorize(r, growcrm.Name)
		_, err = server.Client().Transport.RoundTrip(r)
		var header tls.RecordHeaderError
		if !errors.As(err, &header) {
			t.Errorf("got %v", err)
		}
	}
	if n := len(s.Ledger()); n != 2 {
		t.Errorf("%d contacts", n)
	}
}

// TestClock: answers and contacts are dated by the vendor's own clock, and look-ups lag by it.
func TestClock(t *testing.T) {
	for _, ahead := range []time.Duration{10 * time.Minute, -10 * time.Minute} {
		faults := []Fault{{Kind: faultClock, Vendor: growcrm.Name, On: onAll, For: ahead}, {Kind: faultBefore, Vendor: growcrm.Name, On: onReads, From: 3}}
		overNetwork(t, Options{Faults: faults, Lag: time.Second}, func(t *testing.T, s *Server, client *http.Client) {
			for _, vendor := range []string{growcrm.Name, rogerroger.Name} {
				want := time.Now()
				if vendor == growcrm.Name {
					want = want.Add(ahead)
				}
				resp, _, err := create(t, client, vendor)
				if err != nil {
					t.Fatal(err)
				}
				if date, err := http.ParseTime(resp.Header.Get("Date")); err != nil || date.Sub(want).Abs() > time.Second {
					t.Errorf("%s answers at %v (%v), want %v", vendor, date, err, want)
				}
				if made := s.Ledger()[len(s.Ledger())-1].Time; made.Sub(want).Abs() > time.Second {
					t.Errorf("%s made it at %v, want %v", vendor, made, want)
				}
			}
			if n := s.Faulted(growcrm.Name); n != 0 {
				t.Errorf("a clock that is off hit %d requests", n)
			}
		})
	}
}

// TestAnnouncedPause: Retry-After comes as seconds and as a date, and what comes before it is over is counted.
func TestAnnouncedPause(t *testing.T) {
	for _, kind := range []string{faultTooMany, faultUnavailable} {
		fault := Fault{Kind: kind, Vendor: growcrm.Name, On: onAll, Times: 2, For: 7 * time.Second}
		overNetwork(t, Options{Faults: []Fault{fault}}, func(t *testing.T, s *Server, client *http.Client) {
			resp, _, err := create(t, client, growcrm.Name)
			if err != nil || resp.Header.Get("Retry-After") != "7" || resp.Header.Get(faultHeader) != kind {
				t.Fatalf("%v, %v", resp, err)
			}
			time.Sleep(7 * time.Second)
			resp, _, err = create(t, client, growcrm.Name)
			if err != nil {
				t.Fatal(err)
			}
			until, err := http.ParseTime(resp.Header.Get("Retry-After"))
			if wait := time.Until(until); err != nil || wait < 7*time.Second || wait > 8*time.Second {
				t.Errorf("Retry-After %q, in %v", resp.Header.Get("Retry-After"), wait)
			}
			if n := s.Violations(growcrm.Name); n != 0 {
				t.Errorf("%d violations of a pause that was kept", n)
			}
			time.Sleep(6 * time.Second)
			_, _, _ = create(t, client, growcrm.Name)
			time.Sleep(2 * time.Second)
			_, _, _ = create(t, client, growcrm.Name)
			if n := s.Violations(growcrm.Name); n != 1 {
				t.Errorf("%d violations, want the one a second too early", n)
			}
			if s.Violations(rogerroger.Name) != 0 {
				t.Error("a pause of one vendor counts for another")
			}
		})
	}
}

// TestLag: look-ups do not see for a while what was created; what is changed, and what was seeded, they do.
func TestLag(t *testing.T) {
	lookups := map[string]string{
		clientcommander.Name: "/clientcommander/v1/people/search?email=nina@example.com",
		growcrm.Name:         "/growcrm/api/contacts?search=nina@example.com",
		rogerroger.Name:      "/rogerroger/people?emailAddresses.email=nina@example.com",
		cloverhound.Name:     "/cloverhound/1/contacts?email=nina@example.com",
	}
	for vendor, what := range creates() {
		t.Run(vendor, func(t *testing.T) {
			now := time.Now()
			s := New(Options{Lag: 3 * time.Second, Now: func() time.Time { return now }})
			sees := func(path string) bool {
				return strings.Contains(send(t, s, "GET", path, "", "").raw, "nina@example.com")
			}
			if a := send(t, s, "POST", what[0], what[1], what[2]); a.status > 201 {
				t.Fatalf("create: %d %s", a.status, a.raw)
			}
			one := what[0] + "/" + s.Ledger()[0].ID
			if sees(lookups[vendor]) || sees(one) || sees(lastOf(vendor)) {
				t.Error("the contact is seen at once")
			}
			if seeded := send(t, s, "GET", firstPages()[vendor], "", ""); seeded.status != 200 || !strings.Contains(seeded.raw, seed.SamplePerson(seed.FirstOlder).Email) {
				t.Errorf("what was seeded is not seen: %d %.200s", seeded.status, seeded.raw)
			}
			now = now.Add(3 * time.Second)
			if !sees(lookups[vendor]) || !sees(one) || !sees(lastOf(vendor)) {
				t.Error("the contact is not seen after the lag")
			}
		})
	}
}

// lastOf is the path of a list that has the newest contact of a new sandbox.
func lastOf(vendor string) string {
	if vendor == rogerroger.Name {
		return "/rogerroger/people?itemsPerPage=30&order[createdAt]=desc"
	}
	return firstPages()[vendor]
}

// TestLedgerOverHTTP: what the sandbox did can be read as JSON.
func TestLedgerOverHTTP(t *testing.T) {
	s := New(Options{Faults: []Fault{{Kind: faultAfter, Vendor: growcrm.Name, On: onWrites}}})
	what := creates()[growcrm.Name]
	send(t, s, "POST", what[0], what[1], what[2])
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", LedgerPath, nil))
	var got Report
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if want := (Count{Requests: 1, Writes: 1, Faulted: 1}); got.Vendors[growcrm.Name] != want || len(got.Vendors) != len(vendors()) {
		t.Errorf("counts %+v", got.Vendors)
	}
	if len(got.Entries) != 1 || got.Entries[0].Email != "nina@example.com" || got.Entries[0].Action != "create" {
		t.Errorf("entries %+v", got.Entries)
	}
}
