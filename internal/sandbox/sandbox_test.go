package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

// answer is what a test sees of a response.
type answer struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

// send passes a request with the vendor's key to a server. path begins with the vendor.
func send(t testing.TB, s *Server, method, path, contentType, body string, header ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	authorize(r, strings.SplitN(path, "/", 3)[1])
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return readAnswer(t, w.Result())
}

func readAnswer(t testing.TB, r *http.Response) answer {
	t.Helper()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: r.StatusCode, header: r.Header, raw: string(raw)}
	json.Unmarshal(raw, &a.body) // arrays are left to the test
	return a
}

func authorize(r *http.Request, vendor string) {
	switch vendor {
	case growcrm.Name:
		r.Header.Set("Authorization", "Bearer "+growcrm.Key)
	case clientcommander.Name:
		r.Header.Set("Authorization", "Bearer "+clientcommander.Key)
	case rogerroger.Name:
		r.Header.Set("X-API-KEY", rogerroger.Key)
	case cloverhound.Name:
		r.SetBasicAuth(cloverhound.KeyID, cloverhound.KeySecret)
	}
}

func TestGrowCreateThenUpdate(t *testing.T) {
	s := New(Options{})
	a := send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=Jane&last_name=Doe&email=jane@acme.example&clientid=1&phone=%2B1+555+0100")
	if a.status != 201 || a.body["message"] != "Contact created successfully." {
		t.Fatalf("create: %d %s", a.status, a.raw)
	}
	a = send(t, s, "GET", "/growcrm/api/contacts?search=JANE@acme.example", "", "")
	if a.status != 200 || len(a.body["data"].([]any)) != 1 {
		t.Fatalf("search: %d %s", a.status, a.raw)
	}
	a = send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=&last_name=Doe&email=Jane@acme.example&clientid=1")
	if a.status != 422 || !strings.Contains(a.raw, "The first name field is required.") {
		t.Fatalf("invalid: %d %s", a.status, a.raw)
	}
	a = send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=T&last_name=Doe&email="+seed.TeamEmail+"&clientid=1")
	if a.status != 422 || !strings.Contains(a.raw, "The email has already been taken.") {
		t.Fatalf("taken: %d %s", a.status, a.raw)
	}
}
