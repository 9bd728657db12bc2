package cli

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/failure"
)

// TestCheckLeadsOn follows what check tells to do, and nothing else, from files as people have them to an import: every
// command that is printed can be pasted, and every flag that a hint names is the one that was needed.
func TestCheckLeadsOn(t *testing.T) {
	files := map[string]string{
		"phones of nowhere & more.csv": "Name,Email,Phone,Company\nAda Lovett,ada@example.com,(512) 555-0101,Acme Inc\nBo Diaz,bo@example.com,512-555-0102,Acme Inc\n",
		"klanten.csv":                  "Klantenlijst;;;;\n;;;;\nVoornaam;Achternaam;Bedrijf;Mobiel;E-mailadres\nNoor;Berg;Acme Inc;06 55501101;noor@example.com\nEva;Graaf;Acme Inc;06-55501103 (privé);eva@example.com\nTotaal: 2 relaties;;;;\n",
		"two addresses.csv":            "First name,Last name,Company,E-mail,Email\nAda,Lovett,Acme Inc,ada@example.com,ada@example.org\n",
		"slip.csv":                     "First name,Last nmae,Company,Mail addres\nAda,Lovett,Acme Inc,ada@example.com\nBo,Diaz,Acme Inc,bo@example.com\n",
		"dates.csv":                    "First name,Last name,Email,Company,Archived on\nAda,Lovett,ada@example.com,Acme Inc,03/04/2026\nBo,Diaz,bo@example.com,Acme Inc,05/06/2026\n",
		"prices.csv":                   "First name,Last name,Email,Company,Price\nAda,Lovett,ada@example.com,Acme Inc,1.000\nBo,Diaz,bo@example.com,Acme Inc,2.500\n",
		"words.csv":                    "First name,Last name,Email,Company,Account owner,Tracked\nAda,Lovett,ada@example.com,Acme Inc,misschien,misschien\n",
		"some rows.csv":                "Voornaam,Achternaam,E-mail,Bedrijf\nAda,Lovett,ada@example.com,Acme Inc\nBo,Diaz,bo(at)example.com,Acme Inc\n",
	}
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for i, v := range account.All().Vendors() {
			if spared(i, 4) {
				continue
			}
			t.Run(v.ID+" "+name, func(t *testing.T) { leadOn(t, []string{"check", v.ID, name}) })
		}
	}
}

// leadOn runs a command and what it says comes next, until an import.
func leadOn(t *testing.T, args []string) {
	t.Helper()
	for range 8 {
		got := runApp(t, nil, args...)
		if got.code == failure.ExitUsage {
			args = append(args, toldFlags(t, got)...)
			continue
		}
		if args = shellWords(t, lastCommand(t, got))[1:]; args[0] == "import" {
			args[len(args)-1] = "--sandbox"
			if got := runApp(t, nil, args...); got.code != failure.ExitOK && got.code != failure.ExitRows {
				t.Fatalf("%q: exit code %d: %s", args, got.code, got.stderr)
			}
			return
		}
	}
	t.Fatalf("it never came to an import: %q", args)
}

// TestImportLeadsOn types each command that an import prints, as it stands, and follows the first of each: in the end nothing is
// rejected that a flag can mend.
func TestImportLeadsOn(t *testing.T) {
	files := map[string]string{
		"several.csv": "First name,Last name,Email,Company,Phone\nAda,Lovett,ada@example.com,Acme Inc,0441234567\n",
		"all.csv":     "First name,Last name,Email,Company,Phone,Tracked\nAda,Lovett,ada@example.com,Acme Inc,(512) 555-0101,actief\nBo,Diaz,bo@example.com,Bolt,512-555-0102,\n",
		"most.csv":    "First name,Last name,Email,Company,Phone\nAda,Lovett,ada@example.com,,(512) 555-0101\nBo,Diaz,bo@example.com,Acme Inc,\nCy,Poe,cy@example.com,,+15125550103\n",
	}
	for name, text := range files {
		for _, vendor := range []string{"growcrm", "rogerroger"} {
			for _, flag := range []string{"--dry-run", "--yes"} {
				if testing.Short() && name != "several.csv" {
					continue
				}
				t.Run(vendor+" "+name+" "+flag, func(t *testing.T) {
					t.Chdir(t.TempDir())
					if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
					followImport(t, []string{"import", vendor, name, "--sandbox", flag})
				})
			}
		}
	}
}

// followImport runs an import, tries what it prints, and goes on with the first, until nothing but people can mend the rows.
func followImport(t *testing.T, args []string) {
	t.Helper()
	for range 8 {
		got := runApp(t, nil, args...)
		if got.code != failure.ExitOK && got.code != failure.ExitRows {
			t.Fatalf("%q: exit code %d: %s", args, got.code, got.stderr)
		}
		commands := printedCommands(got)
		for _, command := range commands {
			words := atSandbox(shellWords(t, command)[1:])
			if tried := runApp(t, nil, words...); tried.code != failure.ExitOK && tried.code != failure.ExitRows {
				t.Errorf("%q printed %q: exit code %d: %s", args, command, tried.code, tried.stderr)
			}
		}
		dry := slices.Contains(args, "--dry-run")
		switch byHand := strings.Contains(got.stderr, "\nnext    mend "); {
		case got.code == failure.ExitOK && args[0] == "import" && !dry, len(commands) == 0, byHand:
			if bad := regexp.MustCompile(`has no country code|is neither yes nor no|no (client|organization) "`).FindString(got.stdout + got.stderr); byHand && bad != "" {
				t.Errorf("%q leaves to people what a flag can mend, %q: %s", args, bad, got.stderr)
			}
			return
		}
		args = atSandbox(shellWords(t, commands[0])[1:])
	}
	t.Errorf("it never came to an end: %q", args)
}

// atSandbox is a command with the accounts of the sandbox.
func atSandbox(args []string) []string {
	if args[0] == "import" && !slices.Contains(args, "--sandbox") {
		return append(args, "--sandbox")
	}
	return args
}

// printedCommands are the commands that may come next, of those about a file of one's own none.
func printedCommands(got result) (commands []string) {
	for _, m := range regexp.MustCompile(`(?m)^(next|or) .*?(crmferry .*)$`).FindAllStringSubmatch(got.stderr, -1) {
		if !strings.Contains(m[2], "YOURFILE") {
			commands = append(commands, m[2])
		}
	}
	return commands
}

// lastCommand is the first command that comes next.
func lastCommand(t *testing.T, got result) string {
	t.Helper()
	for _, command := range printedCommands(got) {
		if !strings.Contains(command, "--report") || strings.Contains(got.stderr, "sheet Values") {
			return command
		}
	}
	t.Fatalf("exit code %d, and no command comes next: %s", got.code, got.stderr)
	return ""
}

// toldFlags are the first flags that a hint names.
func toldFlags(t *testing.T, got result) []string {
	t.Helper()
	_, hint, _ := strings.Cut(got.stderr, "hint: ")
	flags := regexp.MustCompile(`(--(?:map|date-order|decimal) (?:"[^"]*"|\S+) ?)+`).FindString(hint)
	if flags == "" || strings.Contains(flags, "HEADER") {
		t.Fatalf("nothing to go on with: %s", got.stderr)
	}
	return shellWords(t, flags)
}
