package crmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Prefix is where a proxy serves a vendor: a client that does not keep to its base URL finds nothing.
const Prefix = "/some/proxy"

// Serve serves h on this machine and returns the URL of path.
func Serve(t testing.TB, h http.Handler, path string) *url.URL {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return parse(t, server.URL+path)
}

// Client sends requests with their credentials and does nothing else of what the program's transport does.
func Client(authorize func(*http.Request)) *http.Client {
	return &http.Client{Transport: tripper(func(req *http.Request) (*http.Response, error) {
		req = req.Clone(req.Context())
		authorize(req)
		return http.DefaultTransport.RoundTrip(req)
	})}
}

// Fake answers requests below Prefix from a table.
type Fake struct {
	Seen    []string      // "METHOD /path?query body"
	Headers []http.Header // of what was seen

	t           testing.TB
	answers     map[string]string
	contentType string
	mu          sync.Mutex
}

// NewFake serves a fake and returns its base URL. It answers "METHOD /path?query" with "STATUS body" or "body", and
// takes bodies of one content type.
func NewFake(t testing.TB, contentType string, answers map[string]string) (*Fake, *url.URL) {
	t.Helper()
	f := &Fake{t: t, answers: answers, contentType: contentType}
	return f, Serve(t, http.StripPrefix(Prefix, f), Prefix)
}

func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Error(err)
	}
	call := r.Method + " " + r.URL.String()
	note := call
	if len(body) > 0 {
		note += " " + string(body)
		if got := r.Header.Get("Content-Type"); got != f.contentType {
			f.t.Errorf("%s: content type %q", call, got)
		}
	}
	f.Seen, f.Headers = append(f.Seen, note), append(f.Headers, r.Header)
	answer, ok := f.answers[call]
	if !ok {
		f.t.Errorf("unexpected %s", note)
	}
	status := http.StatusOK
	if n, err := fmt.Sscanf(answer, "%3d {", &status); n == 1 && err == nil {
		answer = answer[4:]
	}
	w.Header().Set("Content-Type", typeJSON)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}

// Documented is an answer as the vendor's pages show it.
func Documented(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../sandbox/testdata/responses/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// KeepsAll fails if a value of the data of an answer is not in what was decoded from it.
func KeepsAll(t testing.TB, answer string, decoded any) {
	t.Helper()
	var body struct{ Data json.RawMessage }
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatal(err)
	}
	var one struct{ Person json.RawMessage }
	if json.Unmarshal(body.Data, &one) == nil && one.Person != nil {
		body.Data = one.Person
	}
	if lost, err := Lost(body.Data, decoded); err != nil || len(lost) > 0 {
		t.Errorf("%v, lost %q", err, lost)
	}
}

// SameBody fails if the body of a request is not a JSON text.
func SameBody(t testing.TB, r *http.Request, want string) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(JSON(t, want), JSON(t, string(body))); diff != "" {
		t.Errorf("body differs (-want +got):\n%s", diff)
	}
}

// JSON reads a JSON text.
func JSON(t testing.TB, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Errorf("%v in %s", err, text)
	}
	return v
}
