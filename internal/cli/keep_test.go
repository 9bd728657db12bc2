package cli

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestUndoWithoutRows takes runs back whose rows were removed since: notes go by the ids that the vendor gave them, and a contact
// that somebody has changed soon after the run is kept, although nothing says in what.
func TestUndoWithoutRows(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	file := putFile(t, "new.csv", "Email,First name,Last name,Client,Job position\nada@keep.example,Ada,Keep,Acme Inc,Clerk\nbob@keep.example,Bob,Keep,Acme Inc,Clerk\n")
	notes := putFile(t, "notes.csv", "Client,Title,Note\nAcme Inc,One,On Acme.\nAcme Inc,Two,On it again.\n")
	runs := map[string]string{}
	for resource, file := range map[string]string{"growcrm": file, "growcrm/notes": notes} {
		if got := importFile(t, env, resource, file); got.code != failure.ExitOK {
			t.Fatalf("exit code %d\n%s", got.code, got.stderr)
		}
		dirs, err := filepath.Glob(filepath.Join(env[state.RootVariable], "*-import-growcrm-*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			if id := filepath.Base(dir); runs["growcrm"] != id && runs["growcrm/notes"] != id {
				runs[resource] = id
			}
		}
	}
	list := runApp(t, env, "export", "growcrm", "-o", "-", "--rate", "off", "--columns", "email,id").stdout
	_, rest, _ := strings.Cut(list, "ada@keep.example,")
	id, _, _ := strings.Cut(rest, "\n")
	time.Sleep(1500 * time.Millisecond) // the vendor's times are whole seconds
	form := url.Values{"first_name": {"Ada"}, "last_name": {"Keep"}, "email": {"ada@keep.example"}, "position": {"Director"}}
	req := httptest.NewRequest(http.MethodPatch, "/growcrm/api/contacts/"+id, strings.NewReader(form.Encode()))
	req.Header.Set("Authorization", "Bearer "+s.Variable("", "CRMFERRY_GROWCRM_KEY"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	if s.Handler().ServeHTTP(answer, req); answer.Code != http.StatusOK {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}

	env["CRMFERRY_KEEP"] = "0d"
	if got := runApp(t, env, "export", "growcrm", "-o", t.TempDir()+"/all.csv", "--rate", "off"); !strings.Contains(got.stderr, "removed the copies of files that 2 runs kept") {
		t.Fatalf("the rows are still there:\n%s", got.stderr)
	}
	if got := runApp(t, env, "undo", runs["growcrm/notes"], "--confirm", "2", "--yes", "--rate", "off"); got.code != failure.ExitOK || !strings.Contains(got.stderr, "deleted 2") {
		t.Errorf("notes: exit code %d\n%s", got.code, got.stderr)
	}
	got := runApp(t, env, "undo", runs["growcrm"], "--confirm", "2", "--yes", "--rate", "off")
	if got.code != failure.ExitRows || !strings.Contains(got.stderr, "deleted 1") {
		t.Errorf("contacts: exit code %d\n%s", got.code, got.stderr)
	}
}
