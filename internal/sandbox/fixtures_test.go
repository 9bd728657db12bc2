package sandbox

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

// fixture is a documented request; see testdata/README.md.
type fixture struct {
	Source      string            `json:"source"`
	Method      string            `json:"method"`
	Path        string            `json:"path"`
	ContentType string            `json:"content_type"`
	Header      map[string]string `json:"header"`
	Body        json.RawMessage   `json:"body"`
	StandIns    map[string]any    `json:"stand_ins"`
	Status      int               `json:"status"`
	Response    string            `json:"response"`
}

func readFixture(t *testing.T, path string, into any) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("decode %s: %v", path, err)
	}
}

func TestDocumentedRequestsAreAccepted(t *testing.T) {
	paths, err := filepath.Glob("testdata/requests/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			var f fixture
			readFixture(t, path, &f)
			a := f.send(t, New(Options{}))
			if a.status != f.Status {
				t.Fatalf("status %d, documented %d\n%s", a.status, f.Status, a.raw)
			}
			if f.Response == "" {
				return
			}
			var want map[string]any
			readFixture(t, filepath.Join("testdata/responses", f.Response+".json"), &want)
			for _, member := range members("", want) {
				if have := members("", a.body); !slices.Contains(have, member) && !mayLack(have, member) {
					t.Errorf("the answer lacks %s\nhas %v", member, have)
				}
			}
		})
	}
}

// send fills the placeholders in and passes the request on.
func (f fixture) send(t *testing.T, s *Server) answer {
	t.Helper()
	vendor := strings.Split(f.Path, "/")[1]
	path, body := f.Path, string(f.Body)
	switch vendor {
	case clientcommander.Name:
		path = strings.Replace(path, "{id}", first(t, s, "/clientcommander/v1/people", "data", "id"), 1)
	case growcrm.Name:
		path = strings.Replace(path, "{id}", "20", 1)
	case rogerroger.Name:
		iri := first(t, s, "/rogerroger/people", "member", "@id")
		path = strings.Replace(path, "/people/{id}", iri, 1)
		for _, kind := range []string{"tags", "segments", "organizations"} {
			body = strings.ReplaceAll(body, "/"+kind+"/{id}", first(t, s, "/rogerroger/"+kind, "member", "@id"))
		}
	}
	if f.ContentType == api.FormMedia {
		var form string
		if err := json.Unmarshal(f.Body, &form); err != nil {
			t.Fatal(err)
		}
		body = form
	}
	if f.StandIns != nil {
		body = f.standIn(t, body)
	}
	var header []string
	for name, value := range f.Header {
		header = append(header, name, value)
	}
	return send(t, s, f.Method, path, f.ContentType, body, header...)
}

func (f fixture) standIn(t *testing.T, body string) string {
	var fields map[string]any
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range f.StandIns {
		fields[name] = value
	}
	return encodeJSON(t, fields)
}

// members lists the paths of all members of a JSON value; the items of a list share theirs.
func members(path string, v any) []string {
	var all []string
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			at := strings.TrimPrefix(path+"."+name, ".")
			all = append(all, at)
			all = append(all, members(at, value)...)
		}
	case []any:
		for _, item := range v {
			all = append(all, members(path+"[]", item)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// mayLack reports whether a member can be missing: view.previous on the first page, phoneType where there is none.
func mayLack(have []string, member string) bool {
	switch member {
	case "view.previous", "phoneNumbers[].phoneType", "linkedinEnrichment[]":
		return true
	}
	list, _, nested := strings.Cut(member, "[]")
	return nested && !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, list+"[]") })
}

// TestAnswersHoldOnlyWhatIsDocumented compares the other way round, for answers that are documented in full.
func TestAnswersHoldOnlyWhatIsDocumented(t *testing.T) {
	for _, name := range []string{"clientcommander-create", "clientcommander-update", "clientcommander-delete", "growcrm-get", "growcrm-delete",
		"rogerroger-create", "rogerroger-get", "cloverhound-create"} {
		t.Run(name, func(t *testing.T) {
			var f fixture
			readFixture(t, filepath.Join("testdata/requests", name+".json"), &f)
			var want map[string]any
			readFixture(t, filepath.Join("testdata/responses", f.Response+".json"), &want)
			for _, member := range members("", f.send(t, New(Options{})).body) {
				if !slices.Contains(members("", want), member) {
					t.Errorf("%s is not documented", member)
				}
			}
		})
	}
}

func TestDocumentedRefusals(t *testing.T) {
	s := New(Options{})
	for name, a := range map[string]answer{
		"growcrm-error-401":    send(t, s, "GET", "/growcrm/api/contacts", "", "", "Authorization", "Bearer wrong"),
		"growcrm-error-422":    send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "last_name=Doe&clientid=1&email="+seed.TeamEmail),
		"rogerroger-error-401": send(t, s, "GET", "/rogerroger/people", "", "", "X-API-KEY", ""),
	} {
		t.Run(name, func(t *testing.T) {
			var want map[string]any
			readFixture(t, "testdata/responses/"+name+".json", &want)
			if a.body["message"] != want["message"] {
				t.Errorf("message %q, documented %q", a.body["message"], want["message"])
			}
		})
	}
}
