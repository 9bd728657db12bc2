package shell

import "testing"

func TestOf(t *testing.T) {
	const machine = `C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules`
	for name, test := range map[string]struct {
		system string
		env    map[string]string
		want   Shell
	}{
		"linux":                   {"linux", map[string]string{"SHELL": "/bin/bash"}, POSIX},
		"cron, no shell":          {"linux", nil, POSIX},
		"macOS from PowerShell":   {"darwin", map[string]string{"PSModulePath": "/usr/local/share"}, POSIX},
		"cmd.exe":                 {"windows", map[string]string{"PROMPT": "$P$G", "ComSpec": `C:\Windows\system32\cmd.exe`, "PSModulePath": machine}, Cmd},
		"cmd.exe from PowerShell": {"windows", map[string]string{"PROMPT": "$P$G", "PSModulePath": `C:\Users\anna\Documents\WindowsPowerShell\Modules;` + machine}, Cmd},
		"Windows PowerShell":      {"windows", map[string]string{"ComSpec": `C:\Windows\system32\cmd.exe`, "PSModulePath": `C:\Users\anna\Documents\WindowsPowerShell\Modules;` + machine}, PowerShell},
		"PowerShell 7":            {"windows", map[string]string{"ComSpec": `C:\Windows\system32\cmd.exe`, "PSModulePath": `C:\Users\anna\OneDrive\Dokumente\PowerShell\Modules;C:\program files\powershell\7\Modules`}, PowerShell},
		"Git Bash":                {"windows", map[string]string{"SHELL": "/usr/bin/bash", "ComSpec": `C:\Windows\system32\cmd.exe`, "PSModulePath": machine}, POSIX},
		"a double click":          {"windows", map[string]string{"ComSpec": `C:\Windows\system32\cmd.exe`, "PSModulePath": machine}, Cmd},
	} {
		lookup := func(name string) (string, bool) { value, ok := test.env[name]; return value, ok }
		if got := shellOf(test.system, lookup); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

func TestQuote(t *testing.T) {
	for word, want := range map[string][3]string{
		"leads.xlsx":        {"leads.xlsx", "leads.xlsx", "leads.xlsx"},
		"my leads.xlsx":     {"'my leads.xlsx'", "'my leads.xlsx'", `"my leads.xlsx"`},
		"":                  {"''", "''", `""`},
		"it's":              {`'it'\''s'`, "'it''s'", `"it's"`},
		`C:\data\leads.csv`: {`'C:\data\leads.csv'`, `C:\data\leads.csv`, `C:\data\leads.csv`},
		`C:\my data\`:       {`'C:\my data\'`, `'C:\my data\'`, `"C:\my data\\"`},
		`19" screen`:        {`'19" screen'`, `'19" screen'`, `"19\" screen"`},
		`a\"b`:              {`'a\"b'`, `'a\"b'`, `"a\\\"b"`},
		"tags,clients":      {"tags,clients", "'tags,clients'", `"tags,clients"`},
		"R&D":               {"'R&D'", "'R&D'", `"R&D"`},
		"a\x1b[31m'b":       {`$'a\x1b[31m\'b'`, `"a$([char]0x1b)[31m'b"`, "\"a\ufffd[31m'b\""},
		"http://[::1]:8080": {"'http://[::1]:8080'", "'http://[::1]:8080'", "http://[::1]:8080"},
		"Straße/größe=1":    {"Straße/größe=1", "Straße/größe=1", "Straße/größe=1"},
		"l’email":           {"l’email", "'l’’email'", "l’email"},
	} {
		for s, want := range want {
			if got := Shell(s).Quote(word); got != want {
				t.Errorf("shell %d: Quote(%q) = %s, want %s", s, word, got, want)
			}
		}
	}
}

func TestSet(t *testing.T) {
	for s, want := range []string{"export KEY='a b&c'", "$env:KEY = 'a b&c'", `set "KEY=a b&c"`} {
		if got := Shell(s).Set("KEY", "a b&c"); got != want {
			t.Errorf("shell %d: %s, want %s", s, got, want)
		}
	}
}
