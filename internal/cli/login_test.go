package cli

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// typeLogin is what somebody types at a terminal, line by line, to log in.
func typeLogin(t *testing.T, env map[string]string, lines []string, args ...string) result {
	t.Helper()
	return runAppWith(t, env, func(a *app) {
		a.ui.In, a.ui.InTTY, a.ui.ErrTTY = strings.NewReader(strings.Join(lines, "\n")+"\n"), true, true
	}, append([]string{"login"}, args...)...)
}

// typedSettings are the settings of a vendor in the order in which login asks for them.
func typedSettings(v *account.Vendor, env map[string]string) []string {
	var open, secret []string
	for _, set := range v.Settings {
		if set.Secret {
			secret = append(secret, env[v.Variable(set.Suffix)])
		} else {
			open = append(open, env[v.Variable(set.Suffix)])
		}
	}
	return slices.Concat(open, secret)
}

// ownFolders is an environment with nothing but folders of the test's own.
func ownFolders(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{account.ConfigVariable: t.TempDir(), state.RootVariable: t.TempDir()}
}

// TestLogin: what is typed is tried and kept, for every vendor, and the account works from then on without a variable.
func TestLogin(t *testing.T) {
	t.Parallel()
	s, err := account.StartSandbox("127.0.0.1:0", sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	settings := map[string]string{}
	for _, set := range s.Environment(s.URL) {
		settings[set.Name] = set.Value
	}
	env := ownFolders(t)
	for _, v := range account.All().Vendors() {
		id := v.ID + "@acme"
		got := typeLogin(t, env, typedSettings(v, settings), id)
		if got.code != failure.ExitOK || got.stdout != "" {
			t.Fatalf("%s: exit code %d, stdout %q:\n%s", id, got.code, got.stdout, got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "address and key of "+id+" are kept in "+filepath.Join(env[account.ConfigVariable], "accounts.json"), "\nnext    crmferry ")
		file := putFile(t, "leads.csv", newcomers(2))
		if got := runApp(t, env, "import", id, file, "--yes", "--rate", "off"); got.code != failure.ExitOK {
			t.Errorf("%s: exit code %d:\n%s", id, got.code, got.stderr)
		} else {
			wantLines(t, "stderr", got.stderr, "  into "+id+" at http://127.0.0.1:")
		}
	}
	if info, err := os.Stat(filepath.Join(env[account.ConfigVariable], "accounts.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("accounts.json: %v, %v", info.Mode(), err)
	}
	listed := runApp(t, env, "accounts")
	wantLines(t, "stdout", listed.stdout, "growcrm@acme ", "cloverhound@acme", " kept")
	checked := runApp(t, env, "accounts", "--check")
	wantLines(t, "stdout", checked.stdout, "the key of growcrm@acme works at ", "the key of rogerroger@acme works at ")
	wantLines(t, "stderr", checked.stderr, "Cloverhound documents no read")
	if checked.code != failure.ExitOK {
		t.Errorf("exit code %d", checked.code)
	}
	forgotten := runApp(t, env, "accounts", "--forget", "growcrm@acme")
	wantLines(t, "stderr", forgotten.stderr, "growcrm@acme is no longer kept in ", "its key is valid until it is deleted in Grow CRM under Settings > API Keys")
	if got := runApp(t, env, "accounts", "--check", "--json"); strings.Contains(got.stdout, "growcrm@acme") || !strings.Contains(got.stdout, `"works": true`) {
		t.Errorf("accounts: %s", got.stdout)
	}
}

// TestLoginKeepsNothing: settings that do not work are not kept, and what was kept before stays.
func TestLoginKeepsNothing(t *testing.T) {
	t.Parallel()
	refusing := httptest.NewServer(echo(401, nil))
	t.Cleanup(refusing.Close)
	page := httptest.NewServer(answering(200, "text/html", "<html>"))
	t.Cleanup(page.Close)
	grow, err := account.All().Find("growcrm@acme")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		lines []string
		args  []string
		code  failure.ExitCode
		want  []string
	}{
		{"wrong key", []string{refusing.URL, canary}, nil, failure.ExitUsage, []string{"error: Grow CRM refuses the key: ", "; nothing was kept\nhint: check the key of growcrm@acme; keys are made in Grow CRM under "}},
		{"dead connection", []string{"http://127.0.0.1:1", canary}, nil, failure.ExitFailed, []string{`error: reach "127.0.0.1:1": `, "; nothing was kept\nhint: check the network and the base URL of growcrm@acme"}},
		{"a web page", []string{page.URL, canary}, nil, failure.ExitFailed, []string{"; nothing was kept\nhint: ", "may not be the address of Grow CRM's API: set the base URL of growcrm@acme"}},
		{"key as address", []string{canary, canary, canary}, nil, failure.ExitUsage, []string{"error: the value of the base URL of growcrm@acme is not a URL; nothing was kept\n"}},
		{"in clear", []string{"http://crm.example.com", "http://crm.example.com", "http://crm.example.com"}, nil, failure.ExitUsage, []string{`error: the base URL of growcrm@acme, "http://crm.example.com", would send the key in clear`}},
		{"no address", []string{"", canary}, nil, failure.ExitUsage, []string{"error: the base URL of growcrm@acme is not set; nothing was kept\n"}},
		{"no key", []string{refusing.URL, ""}, nil, failure.ExitUsage, []string{"error: no key was given; nothing was kept\n"}},
		{"end of input", nil, nil, failure.ExitUsage, []string{"; nothing was kept\n"}},
		{"key file missing", []string{refusing.URL}, []string{"--key-file", canary}, failure.ExitUsage, []string{"error: read the key file of growcrm@acme: no such file or directory; nothing was kept\nhint: it must hold the API key and nothing else\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env := ownFolders(t)
			lookup := func(name string) (string, bool) { value, ok := env[name]; return value, ok }
			path, err := grow.Account().Keep(t.Context(), lookup, account.Entry{"url": "https://before.example.com", "key": "before"})
			if err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			lines := slices.Clone(tt.lines)
			if len(lines) > 0 && lines[0] == "" { // else what is kept is proposed
				if _, err := grow.Account().Forget(t.Context(), lookup); err != nil {
					t.Fatal(err)
				}
				if before, err = os.ReadFile(path); err != nil {
					t.Fatal(err)
				}
			}
			args := append([]string{"growcrm@acme"}, tt.args...)
			got := typeLogin(t, env, lines, args...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			wantLines(t, "stderr", got.stderr, tt.want...)
			wantNoKey(t, args, got)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("accounts.json was %s and is %s, %v", before, after, err)
			}
		})
	}
}

// TestLoginAsksAgain: what cannot be right is asked for once more, so that what is typed next is an answer.
func TestLoginAsksAgain(t *testing.T) {
	t.Parallel()
	_, settings := runningSandbox(t)
	url := settings["CRMFERRY_GROWCRM_URL"]
	got := typeLogin(t, ownFolders(t), []string{strings.TrimPrefix(url, "http://"), url, settings["CRMFERRY_GROWCRM_KEY"]}, "growcrm")
	if got.code != failure.ExitOK {
		t.Errorf("exit code %d", got.code)
	}
	wantLines(t, "stderr", got.stderr, "has no scheme; did you mean \"http://", "address and key of growcrm are kept in ")
}

// TestLoginOffTerminal: without a terminal the key comes from a file or from stdin, or there is a clear error.
func TestLoginOffTerminal(t *testing.T) {
	t.Parallel()
	s, settings := runningSandbox(t)
	_ = s
	piped := func(env map[string]string, text string, args ...string) result {
		return runAppWith(t, env, func(a *app) { a.ui.In = strings.NewReader(text) }, append([]string{"login"}, args...)...)
	}
	env := ownFolders(t)
	got := piped(env, "", "growcrm@acme")
	wantLines(t, "stderr", got.stderr, "error: there is no terminal to ask for the key on\nhint: --key-file PATH names the file")
	got = piped(env, "k", "growcrm@acme", "--key-file", "-")
	wantLines(t, "stderr", got.stderr, "error: the base URL of growcrm@acme is not known, and there is no terminal to ask for it on; nothing was kept\n",
		"CRMFERRY_GROWCRM_ACME_URL=... crmferry login growcrm@acme --key-file -\n")
	env["CRMFERRY_GROWCRM_ACME_URL"] = settings["CRMFERRY_GROWCRM_URL"]
	got = piped(env, settings["CRMFERRY_GROWCRM_KEY"]+"\n", "growcrm@acme", "--key-file", "-")
	if got.code != failure.ExitOK {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "warning: in shells where CRMFERRY_GROWCRM_ACME_URL is set, what is kept of growcrm@acme does not count")
	delete(env, "CRMFERRY_GROWCRM_ACME_URL")
	got = runApp(t, env, "vendors", "growcrm@acme")
	wantLines(t, "stdout", got.stdout, "CRMFERRY_GROWCRM_ACME_URL: kept (", "CRMFERRY_GROWCRM_ACME_KEY: kept (")
	for name, key := range map[string]string{"CRMFERRY_CLOVERHOUND_TWO_URL": "CRMFERRY_CLOVERHOUND_URL", "CRMFERRY_CLOVERHOUND_TWO_ORGANIZATION": "CRMFERRY_CLOVERHOUND_ORGANIZATION"} {
		env[name] = settings[key]
	}
	keys := putFile(t, "keys", settings["CRMFERRY_CLOVERHOUND_KEY_ID"]+"\n"+settings["CRMFERRY_CLOVERHOUND_KEY_SECRET"]+"\n")
	if got := piped(env, "", "cloverhound@two", "--key-file", keys); got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	delete(env, "CRMFERRY_CLOVERHOUND_TWO_URL")
	delete(env, "CRMFERRY_CLOVERHOUND_TWO_ORGANIZATION")
	data, err := os.ReadFile(filepath.Join(env[account.ConfigVariable], "accounts.json"))
	if err != nil || bytes.Contains(data, []byte(settings["CRMFERRY_CLOVERHOUND_KEY_SECRET"])) {
		t.Errorf("the path of the keys was to be kept, not the keys: %s, %v", data, err)
	}
	if got := runApp(t, env, "vendors", "cloverhound@two", "--check", "--allow-undocumented"); got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestLoginMixesNoSources: with one variable of the account set, nothing of what is kept goes with it.
func TestLoginMixesNoSources(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { t.Errorf("the key went to %s", req.URL) }))
	t.Cleanup(elsewhere.Close)
	_, settings := runningSandbox(t)
	for _, tt := range []struct {
		id   string
		kept account.Entry
		keys []string
		want string
	}{
		{"growcrm@acme", account.Entry{"url": elsewhere.URL, "key": "before"}, []string{"CRMFERRY_GROWCRM_KEY"}, "address and key of growcrm@acme are kept in "},
		{"cloverhound@acme", account.Entry{"url": elsewhere.URL, "organization": "1", "key_id": "before", "key_secret": "before"},
			[]string{"CRMFERRY_CLOVERHOUND_KEY_ID", "CRMFERRY_CLOVERHOUND_KEY_SECRET"},
			"error: the organization of cloverhound@acme is not known, and there is no terminal to ask for it on; nothing was kept\n"},
	} {
		t.Run(tt.id, func(t *testing.T) {
			t.Parallel()
			r, err := account.All().Find(tt.id)
			if err != nil {
				t.Fatal(err)
			}
			env := ownFolders(t)
			if _, err := r.Account().Keep(t.Context(), func(name string) (string, bool) { value, ok := env[name]; return value, ok }, tt.kept); err != nil {
				t.Fatal(err)
			}
			address := r.Account().Variable(account.SuffixURL)
			env[address+account.FileSuffix] = putFile(t, "address", settings[r.Vendor().Variable(account.SuffixURL)]+"\n")
			var keys []string
			for _, name := range tt.keys {
				keys = append(keys, settings[name])
			}
			got := runAppWith(t, env, func(a *app) { a.ui.In = strings.NewReader(strings.Join(keys, "\n")) }, "login", tt.id, "--key-file", "-")
			wantLines(t, "stderr", got.stderr, tt.want)
			env[address] = "https://crm.example.com"
			got = runAppWith(t, env, func(a *app) { a.ui.In = strings.NewReader(strings.Join(keys, "\n")) }, "login", tt.id, "--key-file", "-")
			wantLines(t, "stderr", got.stderr, "error: both "+address+" and "+address+"_FILE are set; nothing was kept\n")
		})
	}
}

// TestLoginEndsWhileItReads: a pipe that nobody writes to does not keep login from being interrupted, and is not waited for
// where the path of a file is to be kept.
func TestLoginEndsWhileItReads(t *testing.T) {
	t.Parallel()
	env := ownFolders(t)
	env["CRMFERRY_GROWCRM_ACME_URL"] = "https://crm.example.com"
	silent, writer := io.Pipe()
	defer writer.Close()
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	got := runAppUntil(ctx, t, env, func(a *app) { a.ui.In = silent }, "login", "growcrm@acme", "--key-file", "-")
	if got.code != failure.ExitStopped {
		t.Errorf("exit code %d", got.code)
	}
	wantLines(t, "stderr", got.stderr, "error: interrupted; nothing was kept\n")
	got = runApp(t, env, "login", "growcrm@acme", "--key-file", "/dev/fd/63")
	if got.code != failure.ExitUsage {
		t.Errorf("exit code %d", got.code)
	}
	wantLines(t, "stderr", got.stderr, "error: read the key file of growcrm@acme: it is no file that goes on holding the key; nothing was kept\nhint: --key-file - reads the key from stdin and keeps it\n")
}

// TestKeptUnreadable: where what is kept cannot be read, the accounts of the environment are listed and tried all the same.
func TestKeptUnreadable(t *testing.T) {
	t.Parallel()
	_, env := runningSandbox(t)
	env[account.ConfigVariable] = t.TempDir()
	if err := os.WriteFile(filepath.Join(env[account.ConfigVariable], "accounts.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"accounts"}, "growcrm "},
		{[]string{"accounts", "--json"}, `"account": "growcrm"`},
		{[]string{"accounts", "--check"}, "the key of Grow CRM works at "},
		{[]string{"accounts", "--check", "--json"}, `"works": true`},
		{[]string{"vendors", "--check"}, "the key of Grow CRM works at "},
	} {
		got := runApp(t, env, tt.args...)
		if got.code != failure.ExitUsage {
			t.Errorf("%v: exit code %d", tt.args, got.code)
		}
		wantLines(t, "stdout", got.stdout, tt.want)
		wantLines(t, "stderr", got.stderr+got.stdout, "is damaged in line 1")
	}
}

// TestKeptKeyIsShownNowhere: a key that was given to login is in no output and in no file but accounts.json, or the file
// that it was in, whatever the vendor answers.
func TestKeptKeyIsShownNowhere(t *testing.T) {
	for name, h := range map[string]int{"unauthorized": 401, "forbidden": 403, "invalid": 422} {
		s := httptest.NewServer(takesKeys(readsNothing(echo(h, nil))))
		t.Cleanup(s.Close)
		for _, v := range account.All().Vendors() {
			for n, way := range []string{"typed", "key file", "stdin"} {
				if spared(n, 3) {
					continue
				}
				t.Run(name+"/"+v.ID+"/"+way, func(t *testing.T) {
					t.Parallel()
					env := ownFolders(t)
					keepCanary(t, env, v, s.URL, way)
					file := putFile(t, "leads.csv", newcomers(2))
					for _, args := range [][]string{
						{"import", v.ID + "@acme", file, "--yes", "--rate", "off", "--verbose", "--json"},
						{"export", v.ID + "@acme", "-o", filepath.Join(filepath.Dir(file), "x.csv"), "--allow-undocumented", "--verbose", "--rate", "off"},
						{"vendors", v.ID + "@acme"}, {"runs"},
						{"accounts"}, {"accounts", "--json"}, {"accounts", "--check", "--json", "--allow-undocumented"}, {"accounts", "--forget", v.ID + "@acme"},
					} {
						wantNoKey(t, args, runApp(t, env, args...))
					}
					wantNoKeyIn(t, filepath.Dir(file))
					wantNoKeyIn(t, env[state.RootVariable])
					wantNoKeyIn(t, env[account.ConfigVariable]) // forgotten
				})
			}
		}
	}
}

// takesKeys answers the vendor's call that tries a key as it is documented, whatever the key.
func takesKeys(next http.Handler) http.Handler {
	user := answering(http.StatusOK, "application/json", `{"data":{"id":"1","name":"Ada","email":"ada@example.com"}}`)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasSuffix(req.URL.Path, "/me") {
			user.ServeHTTP(w, req)
			return
		}
		next.ServeHTTP(w, req)
	})
}

// keepCanary logs into an account whose key holds the canary, and makes sure that nothing of it is shown.
func keepCanary(t *testing.T, env map[string]string, v *account.Vendor, base, way string) {
	t.Helper()
	settings := canarySettings(v, base)
	lines := typedSettings(v, settings)
	var keys []string
	for _, line := range lines {
		if strings.Contains(line, canary) {
			keys = append(keys, line)
		}
	}
	text := strings.Join(keys, "\n") + "\n"
	args := []string{v.ID + "@acme", "--verbose"}
	change := func(a *app) {
		a.ui.In, a.ui.InTTY, a.ui.ErrTTY = strings.NewReader(strings.Join(lines, "\n")+"\n"), true, true
	}
	switch way {
	case "key file":
		args = append(args, "--key-file", putFile(t, "keys", text))
	case "stdin":
		args = append(args, "--key-file", "-")
		change = func(a *app) { a.ui.In = strings.NewReader(text) }
		for _, set := range v.Settings {
			if !set.Secret {
				of := account.Account{Vendor: v, Name: "acme"}
				env[of.Variable(set.Suffix)] = settings[v.Variable(set.Suffix)]
				defer delete(env, of.Variable(set.Suffix))
			}
		}
	}
	got := runAppWith(t, env, change, append([]string{"login"}, args...)...)
	if got.code != failure.ExitOK {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoKey(t, args, got)
}
