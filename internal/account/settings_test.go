package account

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/failure"
)

// testVendor has every kind of setting and no default.
func testVendor() *Vendor {
	return &Vendor{
		ID: "acme", Name: "Acme", KeyMadeAt: "Settings > Keys", URLHint: "https://YOUR-DOMAIN/api",
		Settings: []Setting{
			{Suffix: SuffixURL, What: "base URL"},
			{Suffix: suffixKey, What: "API key", Secret: true},
			{Suffix: suffixOrganization, What: "a number", Number: true},
		},
	}
}

func TestReadSettings(t *testing.T) {
	file := func(content string) string {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := map[string]string{"CRMFERRY_ACME_URL": "https://crm.example.com/api/", "CRMFERRY_ACME_KEY": canary, "CRMFERRY_ACME_ORGANIZATION": "7"}
	tests := []struct {
		name    string
		change  map[string]string // "" removes
		base    string
		wantErr string
		hint    string
	}{
		{name: "good", base: "https://crm.example.com/api"},
		{name: "surrounding space", change: map[string]string{"KEY": "  " + canary + "\n"}, base: "https://crm.example.com/api"},
		{name: "key from a file", change: map[string]string{"KEY": "", "KEY_FILE": file(canary + "\r\n")}, base: "https://crm.example.com/api"},
		{name: "plain http to this machine", change: map[string]string{"URL": "http://127.0.0.1:8080/x"}, base: "http://127.0.0.1:8080/x"},
		{name: "plain http by name", change: map[string]string{"URL": "http://localhost:8080"}, base: "http://localhost:8080"},
		{name: "plain http by IPv6", change: map[string]string{"URL": "http://[::1]:8080"}, base: "http://[::1]:8080"},
		{name: "key from a file with a byte order mark", change: map[string]string{"KEY": "", "KEY_FILE": file("\xef\xbb\xbf" + canary + "\r\n")}, base: "https://crm.example.com/api"},
		{name: "key from a file in UTF-16", change: map[string]string{"KEY": "", "KEY_FILE": file("\xff\xfe" + utf16(canary+"\r\n", 0))}, base: "https://crm.example.com/api"},
		{name: "key from a file in UTF-16, big end first", change: map[string]string{"KEY": "", "KEY_FILE": file("\xfe\xff" + utf16(canary, 1))}, base: "https://crm.example.com/api"},
		{name: "key from a file in UTF-16 without a mark", change: map[string]string{"KEY": "", "KEY_FILE": file(utf16(canary+"\n", 0))}, base: "https://crm.example.com/api"},
		{name: "the same, big end first", change: map[string]string{"KEY": "", "KEY_FILE": file(utf16(canary+"\n", 1))}, base: "https://crm.example.com/api"},
		{name: "key with a byte order mark", change: map[string]string{"KEY": "\ufeff" + canary}, base: "https://crm.example.com/api"},
		{name: "no key", change: map[string]string{"KEY": ""}, wantErr: "CRMFERRY_ACME_KEY is not set",
			hint: "keys are made in Acme under Settings > Keys (CRMFERRY_ACME_KEY_FILE=PATH reads one from a file); --sandbox needs none"},
		{name: "nothing", change: map[string]string{"KEY": "", "URL": "", "ORGANIZATION": ""},
			wantErr: "CRMFERRY_ACME_URL, CRMFERRY_ACME_KEY and CRMFERRY_ACME_ORGANIZATION are not set", hint: "CRMFERRY_ACME_URL is https://YOUR-DOMAIN/api; "},
		{name: "both", change: map[string]string{"KEY_FILE": file("x")}, wantErr: "both CRMFERRY_ACME_KEY and CRMFERRY_ACME_KEY_FILE are set", hint: "unset one"},
		{name: "file missing", change: map[string]string{"KEY": "", "KEY_FILE": "/" + canary}, wantErr: "read the file that CRMFERRY_ACME_KEY_FILE names: no such file or directory"},
		{name: "file is a folder", change: map[string]string{"KEY": "", "KEY_FILE": t.TempDir()}, wantErr: "read the file that CRMFERRY_ACME_KEY_FILE names: is a directory"},
		{name: "file empty", change: map[string]string{"KEY": "", "KEY_FILE": file("\n")}, wantErr: "the file that CRMFERRY_ACME_KEY_FILE names is empty"},
		{name: "file of two lines", change: map[string]string{"KEY": "", "KEY_FILE": file(canary + "\nb")}, wantErr: "the value of CRMFERRY_ACME_KEY_FILE holds a line break"},
		{name: "file too long", change: map[string]string{"KEY": "", "KEY_FILE": file(strings.Repeat("x", MaxKeyFile+1))}, wantErr: "it is longer than 65536 bytes"},
		{name: "key with a dash of a word processor", change: map[string]string{"KEY": canary + "–1"}, wantErr: "holds a character that no key has"},
		{name: "no scheme", change: map[string]string{"URL": "crm.example.com/api"}, wantErr: `CRMFERRY_ACME_URL="crm.example.com/api" has no scheme`, hint: `did you mean "https://crm.example.com/api"?`},
		{name: "no scheme, this machine", change: map[string]string{"URL": "localhost:8080"}, wantErr: "has no scheme", hint: `"http://localhost:8080"`},
		{name: "plain http", change: map[string]string{"URL": "http://crm.example.com/api"},
			wantErr: "would send the key in clear to another machine", hint: `use "https://crm.example.com/api"`},
		{name: "other scheme", change: map[string]string{"URL": "ftp://crm.example.com"}, wantErr: `has the scheme "ftp"`},
		{name: "no host", change: map[string]string{"URL": "https:///api"}, wantErr: "names no host"},
		{name: "query", change: map[string]string{"URL": "https://crm.example.com/?a=1"}, wantErr: "holds more than host and path"},
		{name: "key in the query", change: map[string]string{"URL": "https://crm.example.com/api?key=" + canary}, wantErr: `holds more than host and path, which are "https://crm.example.com/api"`},
		{name: "key in the fragment", change: map[string]string{"URL": "https://crm.example.com/api#" + canary}, wantErr: "holds more than host and path"},
		{name: "key in the query, no scheme", change: map[string]string{"URL": "crm.example.com/api?key=" + canary}, wantErr: `CRMFERRY_ACME_URL="crm.example.com/api" has no scheme`, hint: `did you mean "https://crm.example.com/api"?`},
		{name: "key in the query, no URL", change: map[string]string{"URL": "https://crm.example.com:port?key=" + canary}, wantErr: "holds more than host and path"},
		{name: "escaped password", change: map[string]string{"URL": "https://user:" + canary + "%40crm.example.com"}, wantErr: "holds a user name or password"},
		{name: "key with dots in the wrong variable", change: map[string]string{"URL": canary + ".eyJhbGciOiJIUzI1NiJ9.c2ln"}, wantErr: "the value of CRMFERRY_ACME_URL is not a URL"},
		{name: "pair of keys in the wrong variable", change: map[string]string{"URL": canary + ":f00d"}, wantErr: "the value of CRMFERRY_ACME_URL is not a URL"},
		{name: "password in the URL", change: map[string]string{"URL": "https://user:" + canary + "@crm.example.com"}, wantErr: "holds a user name or password", hint: "CRMFERRY_ACME_KEY"},
		{name: "not a URL", change: map[string]string{"URL": "https://crm.example.com:port"}, wantErr: "is not a URL"},
		{name: "key in the wrong variable", change: map[string]string{"URL": canary}, wantErr: "the value of CRMFERRY_ACME_URL is not a URL"},
		{name: "organization by name", change: map[string]string{"ORGANIZATION": "Acme Ltd"}, wantErr: "the value of CRMFERRY_ACME_ORGANIZATION is not a number"},
		{name: "key as the organization", change: map[string]string{"ORGANIZATION": canary}, wantErr: "the value of CRMFERRY_ACME_ORGANIZATION is not a number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env := func(name string) (string, bool) {
				if v, ok := tt.change[strings.TrimPrefix(name, "CRMFERRY_ACME_")]; ok {
					return v, v != ""
				}
				v, ok := good[name]
				return v, ok
			}
			got, err := readSettings(Account{Vendor: testVendor()}, env, "--sandbox needs none")
			if tt.wantErr == "" {
				if err != nil || got.base.String() != tt.base || !slices.Equal(got.keys, []string{canary}) || got.organization != "7" {
					t.Fatalf("readSettings = %v, %v", got.base, err)
				}
				return
			}
			var f *failure.Error
			if !errors.As(err, &f) || f.Code != failure.ExitUsage || len(f.Hints) != 1 {
				t.Fatalf("readSettings = %#v, want wrong use with one hint", err)
			}
			wantLines(t, "error", f.Error(), tt.wantErr)
			wantLines(t, "hint", f.Hints[0], tt.hint)
			if strings.Contains(f.Error()+f.Hints[0], canary) {
				t.Errorf("the error shows the key: %v, %q", err, f.Hints)
			}
		})
	}
}

// utf16 is a text of ASCII in UTF-16, with the characters at the odd bytes or the even ones.
func utf16(text string, at int) string {
	b := make([]byte, 2*len(text))
	for i := range len(text) {
		b[2*i+at] = text[i]
	}
	return string(b)
}

// TestKeysThatOthersCanRead: there is a warning if file and folders let others in.
func TestKeysThatOthersCanRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes tell nothing on Windows")
	}
	for _, tt := range []struct {
		folder, file os.FileMode
		warns        bool
	}{{0o755, 0o644, true}, {0o755, 0o640, true}, {0o755, 0o604, true}, {0o711, 0o644, true}, {0o755, 0o600, false}, {0o700, 0o644, false}, {0o755, 0o622, false}} {
		top, err := os.MkdirTemp("", "keys") // not t.TempDir, above which only the user may look
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(top)
		path := filepath.Join(top, "key")
		if err := errors.Join(os.WriteFile(path, []byte(canary), 0o600), os.Chmod(path, tt.file), os.Chmod(top, tt.folder)); err != nil {
			t.Fatal(err)
		}
		env := map[string]string{"CRMFERRY_ACME_URL": "https://crm.example.com", "CRMFERRY_ACME_KEY_FILE": path, "CRMFERRY_ACME_ORGANIZATION": "1"}
		s, err := readSettings(Account{Vendor: testVendor()}, func(name string) (string, bool) { value, ok := env[name]; return value, ok }, "--sandbox needs none")
		if err != nil || len(s.warnings) > 0 != tt.warns {
			t.Errorf("folder %o, file %o: %q, %v", tt.folder, tt.file, s.warnings, err)
		}
		if tt.warns {
			wantLines(t, "warning", s.warnings[0], `can read the file that CRMFERRY_ACME_KEY_FILE names: chmod 600 "$CRMFERRY_ACME_KEY_FILE"`)
		}
	}
}

func TestDefaultURL(t *testing.T) {
	v := testVendor()
	v.DefaultURL = "https://api.example.com"
	env := map[string]string{"CRMFERRY_ACME_KEY": "k", "CRMFERRY_ACME_ORGANIZATION": "1"}
	s, err := readSettings(Account{Vendor: v}, func(name string) (string, bool) { value, ok := env[name]; return value, ok }, "--sandbox needs none")
	if err != nil || s.base.String() != v.DefaultURL {
		t.Errorf("readSettings = %v, %v", s.base, err)
	}
}

// canary marks keys of tests: it must not be seen in any output.
const canary = "canary-bird-in-the-mine"

func wantLines(t *testing.T, what, got string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("%s lacks %q:\n%s", what, text, got)
		}
	}
}
