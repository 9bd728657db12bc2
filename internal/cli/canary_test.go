package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// echo answers with all that it was sent, as a careless server or proxy does in its error pages; escape, unless it is nil,
// writes the body in another way.
func echo(status int, escape func([]byte) []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var sent strings.Builder
		_ = req.Write(&sent)
		body, _ := json.Marshal(map[string]any{"message": sent.String(), "detail": sent.String(),
			"errors": map[string]any{"key": []string{sent.String()}}})
		if escape != nil {
			body = escape(body)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", req.Header.Get("X-Api-Key")+req.Header.Get("Authorization"))
		w.WriteHeader(status)
		_, _ = w.Write(body)
	})
}

// keyAsStatus answers with the key where HTTP has a status: the error quotes it.
func keyAsStatus(w http.ResponseWriter, req *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s%s unknown\r\n\r\n", req.Header.Get("X-Api-Key"), req.Header.Get("Authorization"))
}

// asNumbers writes every character of the key in a JSON text as its number.
func asNumbers(body []byte) []byte {
	var numbers strings.Builder
	for _, c := range canary {
		fmt.Fprintf(&numbers, `\u%04X`, c)
	}
	return bytes.ReplaceAll(body, []byte(canary), []byte(numbers.String()))
}

// TestNoOutputShowsKey runs every command that meets a key, with servers that give the key back in their answers.
func TestNoOutputShowsKey(t *testing.T) {
	servers := map[string]http.Handler{
		"html": answering(http.StatusOK, "text/html", "<html>"), "unauthorized": echo(http.StatusUnauthorized, nil),
		"forbidden": echo(http.StatusForbidden, nil), "not found": echo(http.StatusNotFound, nil), "invalid": echo(http.StatusUnprocessableEntity, nil),
		"redirect": http.RedirectHandler("https://elsewhere.example.com/", http.StatusFound), "accepted": echo(http.StatusOK, nil),
		"no HTTP": http.HandlerFunc(keyAsStatus), "escaped": echo(http.StatusForbidden, asNumbers), "escaped, invalid": echo(http.StatusUnprocessableEntity, asNumbers),
	}
	bases := map[string]string{"nobody there": "http://127.0.0.1:1", "no such host": "https://crm.invalid", "no scheme": "crm.example.com",
		"clear": "http://crm.example.com", "password": "https://" + canary + "@crm.example.com", "key as address": canary,
		"query": "https://crm.example.com/api?key=" + canary, "fragment": "https://crm.example.com/#" + canary,
		"escaped password": "https://ada:" + canary + "%40crm.example.com", "query without scheme": "crm.example.com/api?key=" + canary}
	for name, h := range servers {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		bases[name] = s.URL
	}
	for name, base := range bases {
		for _, r := range account.All().Resources() {
			t.Run(name+"/"+r.ID(), func(t *testing.T) {
				t.Parallel() // where nobody answers, a read is tried for a while
				for _, args := range [][]string{
					{"vendors"}, {"vendors", r.ID()}, {"vendors", r.ID(), "--json"},
					{"vendors", r.ID(), "--check", "--verbose", "--allow-undocumented"},
				} {
					wantNoKey(t, args, runApp(t, canarySettings(r.Vendor(), base), args...))
				}
			})
		}
	}
}

// TestKeyInAnotherVariable: a key that was put into the variable of something else is not shown either.
func TestKeyInAnotherVariable(t *testing.T) {
	for _, v := range account.All().Vendors() {
		for _, s := range v.Settings {
			if s.Secret {
				continue
			}
			for _, suffix := range []string{"", account.FileSuffix} {
				t.Run(v.Variable(s.Suffix)+suffix, func(t *testing.T) {
					env := canarySettings(v, "http://127.0.0.1:1")
					delete(env, v.Variable(s.Suffix))
					env[v.Variable(s.Suffix)+suffix] = canary
					args := []string{"vendors", v.ID, "--check"}
					got := runApp(t, env, args...)
					if got.code != failure.ExitUsage {
						t.Errorf("exit code %d", got.code)
					}
					wantNoKey(t, args, got)
				})
			}
		}
	}
}

// TestImportLeavesNoKey imports into servers that give the key back in their answers, and looks for it in all that is
// printed and written: report, rejects, and the run's folder.
func TestImportLeavesNoKey(t *testing.T) {
	root := t.TempDir()
	t.Setenv(state.RootVariable, root)
	for name, h := range map[string]http.Handler{
		"html": answering(http.StatusOK, "text/html", "<html>"), "unauthorized": echo(http.StatusUnauthorized, nil),
		"forbidden": echo(http.StatusForbidden, nil), "invalid": readsNothing(echo(http.StatusUnprocessableEntity, nil)),
		"escaped": readsNothing(echo(http.StatusUnprocessableEntity, asNumbers)),
	} {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		for _, r := range account.All().Resources() {
			if r.Name() != account.Contacts {
				continue
			}
			t.Run(name+"/"+r.ID(), func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "leads.csv")
				sample, err := os.ReadFile("../../samples/" + r.Vendor().ID + "-contacts.csv")
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, sample, 0o600); err != nil {
					t.Fatal(err)
				}
				args := []string{"import", r.ID(), file, "--yes", "--limit", "3", "--rate", "off", "--verbose", "--json"}
				got := runApp(t, canarySettings(r.Vendor(), s.URL), args...)
				if got.code == failure.ExitOK || !strings.Contains(got.stderr, "method=") {
					t.Errorf("exit code %d, stderr:\n%s\nwant a run that talked to the server and failed", got.code, got.stderr)
				}
				wantNoKey(t, args, got)
				wantNoKeyIn(t, filepath.Dir(file))
				wantNoKeyIn(t, root)
			})
		}
	}
}

// readsNothing answers reads with an empty list of any vendor, so that an import goes on to its writes.
func readsNothing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method != http.MethodGet {
			next.ServeHTTP(w, req)
			return
		}
		answering(http.StatusOK, "application/json",
			`{"meta":{"requestId":"1","count":0,"hasMore":false,"total":0,"last_page":1,"current_page":1},"data":[],"member":[],"totalItems":0}`).ServeHTTP(w, req)
	})
}

// wantNoKeyIn fails if a file below dir holds the canary.
func wantNoKeyIn(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(canary)) {
			t.Errorf("%s holds the key:\n%s", path, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantNoKey fails if the output of a command holds the canary, in any of its codings.
func wantNoKey(t *testing.T, args []string, got result) {
	t.Helper()
	output := got.stdout + got.stderr
	for _, secret := range []string{canary, base64.StdEncoding.EncodeToString([]byte(canary + "-key_id:" + canary + "-key_secret"))} {
		if strings.Contains(output, secret) {
			t.Errorf("crmferry %s shows the key:\n%s", strings.Join(args, " "), output)
		}
	}
}
