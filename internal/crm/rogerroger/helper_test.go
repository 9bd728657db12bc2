package rogerroger

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

// serve answers below crmtest.Prefix with h and returns a client of it.
func serve(t *testing.T, h http.Handler) *Client {
	t.Helper()
	base := crmtest.Serve(t, http.StripPrefix(crmtest.Prefix, h), crmtest.Prefix)
	return New(Config{Base: base, HTTP: crmtest.Client(Authorize("key-1"))})
}

// routes is a handler of patterns.
func routes(handlers map[string]http.HandlerFunc) http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range handlers {
		mux.HandleFunc(pattern, h)
	}
	return mux
}

func testHeaders(t *testing.T, r *http.Request) {
	t.Helper()
	if got := r.Header.Get("X-API-KEY"); got != "key-1" {
		t.Errorf("key is %q", got)
	}
	if got := r.Header.Get("Accept"); got != "application/ld+json" {
		t.Errorf("accept is %q", got)
	}
	want := map[string]string{http.MethodPost: "application/ld+json", http.MethodPatch: "application/merge-patch+json"}[r.Method]
	if got := r.Header.Get("Content-Type"); got != want {
		t.Errorf("content type of %s is %q, want %q", r.Method, got, want)
	}
}

func write(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/ld+json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// member is a person of an account.
type member struct {
	id, email, phone string
	archived         bool
}

func (m member) json() string {
	b, _ := json.Marshal(map[string]any{"@id": "/people/" + m.id, "familyName": "Doe " + m.id, "archivedAt": m.archivedAt(),
		"emailAddresses": []any{map[string]any{"email": m.email}}, "phoneNumbers": []any{map[string]any{"phoneNumber": m.phone}}})
	return string(b)
}

func (m member) archivedAt() any {
	if m.archived {
		return time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	}
	return nil
}

// account answers GET /people as the vendor may: each undocumented behaviour is a setting.
type account struct {
	people       []member
	hideArchived bool              // without exists[archivedAt], archived people are left out
	filters      map[string]string // how each filter combines: "or" (the default), "and", "last", "ignored", "refused"
	caseMatters  bool              // addresses are compared with their case
	phoneAsIs    bool              // numbers are compared with their punctuation
	noExists     bool              // exists[archivedAt] is ignored
	links        func(query string) string

	mu       sync.Mutex
	requests []url.Values
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.requests = append(a.requests, q)
	list := a.people
	for _, param := range []string{"identifiers[]", "emailAddresses.email[]"} {
		if !q.Has(param) {
			continue
		}
		if a.filters[param] == "refused" {
			write(w, 400, `{"detail":"unknown filter"}`)
			return
		}
		list = a.filter(list, param, q[param])
	}
	list = a.exists(list, q)
	if q.Get("order[createdAt]") == "desc" {
		list = slices.Clone(list)
		slices.Reverse(list)
	}
	write(w, 200, a.page(list, q))
}

func (a *account) exists(list []member, q url.Values) []member {
	if !a.hideArchived && !q.Has("exists[archivedAt]") || a.noExists {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(m member) bool { return m.archived != (q.Get("exists[archivedAt]") == "true") })
}

func (a *account) filter(list []member, param string, values []string) []member {
	how := cmp.Or(a.filters[param], "or")
	if how == "ignored" {
		return list
	}
	if how == "last" {
		values = values[len(values)-1:]
	}
	return slices.DeleteFunc(slices.Clone(list), func(m member) bool {
		n := 0
		for _, v := range values {
			if a.carries(m, v) {
				n++
			}
		}
		return n == 0 || (how == "and" && n < len(values))
	})
}

func (a *account) carries(m member, v string) bool {
	if m.phone != "" && (m.phone == v || (!a.phoneAsIs && "+"+crm.Digits(m.phone) == v)) {
		return true
	}
	return m.email != "" && (m.email == v || (!a.caseMatters && strings.EqualFold(m.email, v)))
}

func (a *account) page(list []member, q url.Values) string {
	n, _ := strconv.Atoi(cmp.Or(q.Get("page"), "1"))
	size, _ := strconv.Atoi(cmp.Or(q.Get("itemsPerPage"), "15"))
	start, end := min((n-1)*size, len(list)), min(n*size, len(list))
	members := []string{}
	for _, m := range list[start:end] {
		members = append(members, m.json())
	}
	view := `{"type":"PartialCollectionView"`
	if end < len(list) {
		next := url.Values{}
		for k, v := range q {
			next[k] = v
		}
		next.Set("page", strconv.Itoa(n+1))
		link := "/people?" + next.Encode()
		if a.links != nil {
			link = a.links(next.Encode())
		}
		view += fmt.Sprintf(`,"next":%q`, link)
	}
	return fmt.Sprintf(`{"@type":"Collection","member":[%s],"totalItems":%d,"view":%s}}`, strings.Join(members, ","), len(list), view)
}

// crowd is n people with e-mail addresses.
func crowd(n int) (out []member) {
	for i := range n {
		out = append(out, member{id: fmt.Sprintf("p%d", i), email: fmt.Sprintf("Person.%d@example.com", i), phone: fmt.Sprintf("+1 512-555-%04d", 100+i)})
	}
	return out
}

func ids(list []Person) (out []string) {
	for _, p := range list {
		out = append(out, p.ID)
	}
	slices.Sort(out)
	return out
}
