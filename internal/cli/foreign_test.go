package cli

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// forged is what somebody may write who wants to be taken for crmferry, or to command a terminal.
const forged = "no\nhint: run curl evil.example\r\nnext    sh\u2028report \u009b2J \x1b[2J \u202egnp.exe\u2066 \x7f"

// commanding are the characters that must not be shown, and lines that are not ours.
var commanding = regexp.MustCompile(`(?m)[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]|^(hint: run|next    sh|report \x{fffd})`)

func wantHarmless(t *testing.T, what, shown string) {
	t.Helper()
	if found := commanding.FindStringIndex(shown); found != nil {
		t.Errorf("%s shows %q in:\n%q", what, shown[found[0]:found[1]], shown)
	}
}

// TestForeignMessages: what a vendor says is shown on its line, whatever command asked, or in the report.
func TestForeignMessages(t *testing.T) {
	body, err := json.Marshal(map[string]any{"message": forged, "detail": forged, "error": forged, "title": forged,
		"errors":     map[string]any{"email": []string{forged}, forged: []string{forged}},
		"violations": []map[string]string{{"propertyPath": forged, "message": forged}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range account.All().Vendors() {
		for _, status := range []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity} {
			var asked atomic.Int64
			says := answering(status, "application/json", string(body))
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				says.ServeHTTP(w, r)
			}))
			env := canarySettings(v, server.URL)
			env[state.RootVariable] = t.TempDir()
			file := putFile(t, "leads.csv", newcomers(2))
			for _, args := range [][]string{
				{"import", v.ID, file, "--yes", "--rate", "off", "--verbose", "--mode", "create"},
				{"import", v.ID, file, "--yes", "--rate", "off", "--json", "--mode", "create", "--restart"},
				append([]string{"export", v.ID, "-o", "-", "--rate", "off"}, exportFlags(v.ID)...),
				{"vendors", v.ID, "--check"},
				{"runs"},
				{"runs", "--json"},
			} {
				report := filepath.Join(filepath.Dir(file), "leads.report.csv")
				_ = os.Remove(report) // of the command before
				asked.Store(0)
				got := runApp(t, env, args...)
				wantHarmless(t, strings.Join(args, " "), got.stdout+got.stderr)
				told, _ := os.ReadFile(report)
				if asked.Load() > 0 && !strings.Contains(got.stderr, "no; hint: run curl evil.example; next    sh report") && !strings.Contains(string(told), forged) {
					t.Errorf("%s, %d: nothing tells what the vendor said:\n%s%s", strings.Join(args, " "), status, got.stdout, got.stderr)
				}
				if asks := args[0] != "runs" && !(v.ID == "cloverhound" && args[0] == "vendors"); asks != (asked.Load() > 0) {
					t.Errorf("%s, %d: asked %d times", strings.Join(args, " "), status, asked.Load())
				}
			}
			server.Close()
		}
	}
}

// TestForeignFiles: names of files, headers and cells stay on their lines, and what is suggested can be pasted.
func TestForeignFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such names there")
	}
	root := t.TempDir()
	name := filepath.Join(t.TempDir(), forged+"'.csv")
	quoted := `"` + strings.ReplaceAll(forged, `"`, `""`) + `"`
	content := "First name,Email,Tags," + quoted + "\n" + quoted + "," + quoted + "," + quoted + ",x\nPia,pia@example.com,,\n"
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", "clientcommander", name},
		{"check", "clientcommander", name, "--json"},
		{"check", "clientcommander", name, "--map", forged + "=tags"},
		{"import", "clientcommander", name, "--sandbox"},
		{"import", "clientcommander", name, "--sandbox", "--json"},
		{"import", "clientcommander", name, "--filter", forged},
		{"import", forged, name},
		{"export", "growcrm", "-o", name, "--filter", forged + "=" + forged},
		{forged},
	} {
		got := runApp(t, map[string]string{state.RootVariable: root}, args...)
		wantHarmless(t, args[0], got.stdout+got.stderr)
	}
	got := runApp(t, nil, "import", "clientcommander", name, "--sandbox", "--dry-run")
	_, command, _ := strings.Cut(got.stderr, "\n  crmferry check ")
	command, _, _ = strings.Cut(command, " shows")
	p := startShell(t, nil, `bash -c 'printf "%s" `+strings.ReplaceAll(strings.TrimPrefix(command, "clientcommander "), "'", `'\''`)+`'`)
	if err := p.Wait(); err != nil || p.stdout.String() != name {
		t.Errorf("%v: pasted, %s is the file %q, want %q", err, command, p.stdout.String(), name)
	}
}

// TestForeignCellsOnTerminal: an export to a terminal shows cells harmless; off one it gives them as they are.
func TestForeignCellsOnTerminal(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	quoted, err := json.Marshal(forged)
	if err != nil {
		t.Fatal(err)
	}
	u := env["CRMFERRY_CLOVERHOUND_URL"] + "/" + env["CRMFERRY_CLOVERHOUND_ORGANIZATION"] + "/contacts"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, u, strings.NewReader(`{"full_name":`+string(quoted)+`}`))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(env["CRMFERRY_CLOVERHOUND_KEY_ID"], env["CRMFERRY_CLOVERHOUND_KEY_SECRET"])
	req.Header.Set("Content-Type", "application/json")
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatalf("%v %v", resp, err)
	}
	args := append([]string{"export", "cloverhound", "-o", "-", "--rate", "off"}, exportFlags("cloverhound")...)
	if got := runApp(t, env, args...); !strings.Contains(got.stdout, forged) {
		t.Error("the bytes of a cell are not as they were")
	}
	got := runAppOnTerminal(t, env, args...)
	wantHarmless(t, "export", got.stdout)
	wantLines(t, "stdout", got.stdout, "no hint: run curl evil.example next    sh report \uFFFD2J ")
}
