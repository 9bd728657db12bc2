package cli

import (
	"os"
	"regexp"
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
		for _, v := range account.All().Vendors() {
			t.Run(v.ID+" "+name, func(t *testing.T) { leadOn(t, []string{"check", v.ID, name}) })
		}
	}
}

// leadOn runs a command and what it says comes next, until an import.
func leadOn(t *testing.T, args []string) {
	t.Helper()
	for range 5 {
		got := runApp(t, nil, args...)
		if got.code == failure.ExitUsage {
			args = append(args, toldFlags(t, got)...)
			continue
		}
		command := lastCommand(t, got)
		if strings.Contains(got.stdout, "field,from,to,rows\n") {
			fillValues(t, got.stdout)
		}
		if args = shellWords(t, command)[1:]; args[0] == "import" {
			args[len(args)-1] = "--sandbox"
			if got := runApp(t, nil, args...); got.code != failure.ExitOK && got.code != failure.ExitRows {
				t.Fatalf("%q: exit code %d: %s", args, got.code, got.stderr)
			}
			return
		}
	}
	t.Fatalf("it never came to an import: %q", args)
}

// lastCommand is the command that comes next: an import where rows are ready, unless something can be said of all rows.
func lastCommand(t *testing.T, got result) string {
	t.Helper()
	command := regexp.MustCompile(`(?m)^(next|or) .*?(crmferry .*)$`)
	for _, m := range command.FindAllStringSubmatch(got.stderr, -1) {
		if !strings.Contains(m[2], "--report") {
			return m[2]
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

// fillValues writes the lines that check printed into a file, each with what it stands for.
func fillValues(t *testing.T, stdout string) {
	t.Helper()
	_, lines, _ := strings.Cut(stdout, "field,from,to,rows\n")
	lines, _, _ = strings.Cut(lines, "\n\n")
	text := "field,from,to,rows\n" + strings.ReplaceAll(lines, ",,", ",no,")
	if err := os.WriteFile("values.csv", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
