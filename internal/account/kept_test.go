package account

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/failure"
)

// environment is a Lookup and a list of variables.
func environment(env map[string]string) (Lookup, []string) {
	var lines []string
	for name, value := range env {
		lines = append(lines, name+"="+value)
	}
	return func(name string) (string, bool) { value, ok := env[name]; return value, ok }, lines
}

// TestKeep: what is kept of an account is read back, by nobody else, and can be forgotten.
func TestKeep(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	env, _ := environment(map[string]string{ConfigVariable: folder})
	v := testVendor()
	entry := Entry{"url": "https://north.example.com", "key": canary, "organization": "3"}
	for _, a := range []Account{{v, ""}, {v, "north"}} {
		path, err := a.Keep(t.Context(), env, entry)
		if err != nil || path != filepath.Join(folder, "accounts.json") {
			t.Fatalf("Keep = %q, %v", path, err)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		s, err := readSettings(a, env, "")
		if err != nil || s.base.Host != "north.example.com" || !slices.Equal(s.keys, []string{canary}) || s.organization != "3" || s.source != InFile {
			t.Errorf("%s: %v, %v", a.ID(), s.base, err)
		}
	}
	if _, err := (Account{v, "north"}).Forget(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	if _, err := (Account{v, "north"}).Forget(t.Context(), env); err == nil || err.Error() != "nothing is kept of acme@north" {
		t.Errorf("Forget = %v", err)
	}
	if kept, err := ReadKept(env); err != nil || len(kept.Accounts) != 1 || kept.Accounts["acme"] == nil {
		t.Errorf("ReadKept: %v", err)
	}
}

// TestOneVariableSetTakesAll: an address from one place and a key from another would send the key elsewhere.
func TestOneVariableSetTakesAll(t *testing.T) {
	variables := map[string]string{ConfigVariable: t.TempDir()}
	env, _ := environment(variables)
	a := Account{testVendor(), "north"}
	if _, err := a.Keep(t.Context(), env, Entry{"url": "https://north.example.com", "key": canary, "organization": "3"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CRMFERRY_ACME_NORTH_URL", "CRMFERRY_ACME_NORTH_ORGANIZATION", "CRMFERRY_ACME_NORTH_KEY_FILE"} {
		variables[name] = "https://evil.example.com"
		if strings.HasSuffix(name, "ORGANIZATION") {
			variables[name] = "4"
		}
		_, err := readSettings(a, env, "")
		if err == nil {
			t.Fatalf("%s and what is kept were taken together", name)
		}
		if !strings.HasSuffix(name, "FILE") {
			wantLines(t, "error", err.Error(), "CRMFERRY_ACME_NORTH_KEY", "not set")
			wantLines(t, "hint", failure.Explain(err).Hints[0], "what is kept of acme@north does not count while "+name+" is set")
		}
		delete(variables, name)
	}
	variables["CRMFERRY_ACME_URL"] = "https://default.example.com"
	if s, err := readSettings(a, env, ""); err != nil || s.base.Host != "north.example.com" {
		t.Errorf("a variable of the default account served a named one: %v, %v", s.base, err)
	}
}

// TestKeptUnusable: a file that is damaged, or that others can read, is refused in one line that shows nothing of it.
func TestKeptUnusable(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		mode          os.FileMode
		want          string
	}{
		{"not JSON", "{\n\"accounts\": {\"acme\": {\"key\": \"" + canary + "\"}", 0o600, "is damaged in line 2"},
		{"empty", "", 0o600, "is damaged in line 1"},
		{"a list", `[]`, 0o600, "is damaged in line 1"},
		{"no accounts", `{}`, 0o600, "is damaged in line 1"},
		{"a number for a text", `{"accounts": {"acme": {"key": 1, "url": "` + canary + `"}}}`, 0o600, "is damaged in line 1"},
		{"others read it", `{"accounts": {}}`, 0o640, "other users may read or change it (mode 0640)"},
		{"others write it", `{"accounts": {}}`, 0o602, "other users may read or change it (mode 0602)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && tt.mode != 0o600 {
				t.Skip("modes tell nothing on Windows")
			}
			folder := t.TempDir()
			path := filepath.Join(folder, "accounts.json")
			if err := errors.Join(os.WriteFile(path, []byte(tt.content), 0o600), os.Chmod(path, tt.mode)); err != nil {
				t.Fatal(err)
			}
			env, _ := environment(map[string]string{ConfigVariable: folder})
			a := Account{testVendor(), ""}
			_, read := readSettings(a, env, "")
			_, keep := a.Keep(t.Context(), env, Entry{"key": "x"})
			_, forget := a.Forget(t.Context(), env)
			for _, err := range []error{read, keep, forget} {
				var f *failure.Error
				if !errors.As(err, &f) || f.Code != failure.ExitUsage || len(f.Hints) != 1 {
					t.Fatalf("%v, want wrong use with a hint", err)
				}
				wantLines(t, "error", f.Error(), path, tt.want)
				if strings.Contains(f.Error()+f.Hints[0], canary) || strings.Contains(f.Error(), "\n") {
					t.Errorf("the error is %q", f.Error())
				}
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != tt.content {
				t.Errorf("the file was changed: %q, %v", data, err)
			}
		})
	}
}

// TestKeptIsAFolder: to change its mode would mend nothing.
func TestKeptIsAFolder(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "accounts.json"), 0o755); err != nil {
		t.Fatal(err)
	}
	env, _ := environment(map[string]string{ConfigVariable: folder})
	a := Account{testVendor(), ""}
	_, read := readSettings(a, env, "")
	_, forget := a.Forget(t.Context(), env)
	for _, err := range []error{read, forget} {
		if err == nil {
			t.Fatal("no error")
		}
		wantLines(t, "error", err.Error(), "it is a folder, a pipe or a device, and not a file")
		wantLines(t, "hint", failure.Explain(err).Hints[0], "name another folder with "+ConfigVariable)
	}
}

// TestKeyFiles: a file holds each credential of its vendor in a line.
func TestKeyFiles(t *testing.T) {
	one, two := testVendor(), testVendor()
	two.Settings = append(two.Settings, Setting{Suffix: "SECRET", What: "API secret", Secret: true})
	for _, tt := range []struct {
		vendor  *Vendor
		content string
		keys    []string
		want    string
		hint    string
	}{
		{one, canary + "\n", []string{canary}, "", ""},
		{one, "\r\n" + canary + "\r\n\r\n", []string{canary}, "", ""},
		{two, canary + "\n" + canary + "2\n", []string{canary, canary + "2"}, "", ""},
		{one, canary + "\nx", nil, "the key file of acme@north holds 2 lines, not 1", "it must hold the API key and nothing else"},
		{two, canary, nil, "the key file of acme@north holds 1 line, not 2", "it must hold the API key and the API secret, each in a line of its own"},
		{one, "", nil, "the key file of acme@north holds 0 lines, not 1", "it must hold "},
		{one, canary + "–", nil, "holds a character that no key has", "copy the key again"},
	} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
			t.Fatal(err)
		}
		a := Account{tt.vendor, "north"}
		byPath, byText := Entry{"url": "https://north.example.com", "organization": "1"}, Entry{"url": "https://north.example.com", "organization": "1"}
		byPath.SetKeyFile(path)
		s, err := settingsOf(a, byPath)
		textErr := byText.SetKeys(a, []byte(tt.content))
		if tt.want != "" {
			for _, err := range []error{err, textErr} {
				if err == nil || strings.Contains(err.Error(), canary) {
					t.Fatalf("%q: %v", tt.content, err)
				}
				wantLines(t, "error", err.Error(), tt.want)
				wantLines(t, "hint", failure.Explain(err).Hints[0], tt.hint)
			}
			continue
		}
		if err != nil || !slices.Equal(s.keys, tt.keys) {
			t.Errorf("%q: %v, %v", tt.content, s.keys, err)
		}
		if s, err := settingsOf(a, byText); textErr != nil || err != nil || !slices.Equal(s.keys, tt.keys) {
			t.Errorf("%q: %v, %v, %v", tt.content, s.keys, err, textErr)
		}
	}
	gone := Entry{"url": "https://north.example.com", "organization": "1"}
	gone.SetKeyFile("/" + canary) // people put the key where its file should be named
	if _, err := settingsOf(Account{one, ""}, gone); err == nil || err.Error() != "read the key file of acme: no such file or directory" {
		t.Errorf("settingsOf = %v", err)
	}
	for _, path := range []string{t.TempDir(), "/dev/fd/63", "/dev/stdin", "/dev/null"} { // <(pass show acme) is a file while it is read
		gone.SetKeyFile(path)
		_, err := settingsOf(Account{one, ""}, gone)
		if err == nil || err.Error() != "read the key file of acme: it is no file that goes on holding the key" {
			t.Errorf("%s: %v", path, err)
		} else if a := failure.Advise(err); len(a.Advice) != 1 || a.Advice[0] != (ReadKeyOnce{}) {
			t.Errorf("%s: advice %v", path, a.Advice)
		}
	}
	env, _ := environment(map[string]string{ConfigVariable: t.TempDir()})
	a := Account{one, "north"}
	path := filepath.Join(t.TempDir(), "gone")
	gone.SetKeyFile(path)
	if _, err := a.Keep(t.Context(), env, gone); err != nil {
		t.Fatal(err)
	}
	_, err := readSettings(a, env, "")
	if err == nil || err.Error() != fmt.Sprintf("read the key file of acme@north, %q: no such file or directory", path) {
		t.Errorf("readSettings = %v", err)
	} else if advice := failure.Advise(err).Advice; len(advice) != 2 || advice[1] != (LogInAgain{a}) {
		t.Errorf("advice %v", advice)
	}
}

// TestKnown: accounts are found in the environment by their variables, of which none is taken for another account's.
func TestKnown(t *testing.T) {
	env, lines := environment(map[string]string{
		ConfigVariable:                                            t.TempDir(),
		"CRMFERRY_CLOVERHOUND_KEY_ID":                             canary,
		"CRMFERRY_CLOVERHOUND_NORTH_KEY_ID":                       canary,
		"CRMFERRY_CLOVERHOUND_KEY_URL":                            "https://key.example.com",
		"CRMFERRY_GROWCRM_URL_KEY_FILE":                           "/nowhere",
		"CRMFERRY_GROWCRM_NORTH_WEST_URL":                         "https://nw.example.com/api",
		"CRMFERRY_GROWCRM_NORTH_WEST_KEY":                         canary,
		"CRMFERRY_GROWCRM_TIMEOUT":                                "3",
		"CRMFERRY_GROWCRM_EMPTY_KEY":                              "",
		"CRMFERRY_ROGERROGER_" + strings.Repeat("A", 33) + "_KEY": canary,
		"CRMFERRY_STATE_DIR":                                      "/x",
	})
	registry := All()
	grow, err := registry.Find("growcrm@north-west")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Account{grow.Account(), {grow.Vendor(), "kept"}} {
		if _, err := a.Keep(t.Context(), env, Entry{"url": "https://kept.example.com/api", "key": canary}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := registry.Known(env, lines)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range list {
		line := k.Account().ID()
		if k.Base != nil {
			line += " " + k.Base.Host
		}
		if k.Source == InFile {
			line += " kept"
		}
		if k.Overruled {
			line += " overruled"
		}
		got = append(got, line)
	}
	want := []string{"growcrm@kept kept.example.com kept", "growcrm@north-west nw.example.com overruled", "growcrm@url", "cloverhound", "cloverhound@key", "cloverhound@north"}
	if !slices.Equal(got, want) {
		t.Errorf("Known = %q,\nwant %q", got, want)
	}
}

func TestKeptPath(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems have other folders")
	}
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{ConfigVariable: "/c", "XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/c/accounts.json"},
		{map[string]string{"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x/crmferry/accounts.json"},
		{map[string]string{"XDG_CONFIG_HOME": "x", "HOME": "/h"}, "/h/.config/crmferry/accounts.json"},
		{map[string]string{"HOME": "/h"}, "/h/.config/crmferry/accounts.json"},
	} {
		env, _ := environment(tt.env)
		if got, err := keptPath(env); err != nil || got != tt.want {
			t.Errorf("%v: %q, %v", tt.env, got, err)
		}
	}
	none, _ := environment(nil)
	if _, err := keptPath(none); err == nil {
		t.Error("a folder was found where there is none")
	}
	if kept, err := ReadKept(none); err != nil || len(kept.Accounts) != 0 {
		t.Errorf("ReadKept = %v, %v", kept, err)
	}
}
