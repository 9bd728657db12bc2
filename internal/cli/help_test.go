package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/help"
	"crmferry/internal/terminal"
)

// TestEveryCommandExplainsItself checks help, groups of flags and completion of all commands of our own.
func TestEveryCommandExplainsItself(t *testing.T) {
	a := &app{ui: terminal.Test(strings.NewReader(""), nil, nil), registry: account.All()}
	for _, cmd := range commands(a) {
		t.Run(cmd.Name(), func(t *testing.T) {
			if cmd.Short == "" || cmd.Short[0] < 'a' || cmd.Short[0] > 'z' || strings.HasSuffix(cmd.Short, ".") {
				t.Errorf("short help %q: lower case, no full stop", cmd.Short)
			}
			if cmd.Example == "" && cmd.Name() != "version" {
				t.Error("no example")
			}
			for line := range strings.Lines(cmd.Example) {
				if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "crmferry ") {
					t.Errorf("example line %q is neither a command nor a comment", line)
				}
			}
			cmd.Flags().VisitAll(func(f *pflag.Flag) { checkFlag(t, f) })
			if strings.Contains(cmd.Use, "VENDOR") && cmd.ValidArgsFunction == nil {
				t.Error("vendors are not completed")
			}
		})
	}
}

func checkFlag(t *testing.T, f *pflag.Flag) {
	t.Helper()
	group := f.Annotations[flags.Key]
	if len(group) != 1 || !slices.Contains(flags.Order(), group[0]) {
		t.Errorf("--%s is in no group", f.Name)
	}
	if f.Usage == "" {
		t.Errorf("--%s is not explained", f.Name)
	}
	for _, secret := range []string{"key", "secret", "password", "token"} {
		if f.Name == secret {
			t.Errorf("--%s: secrets never come from a flag", f.Name)
		}
	}
}

// TestExamplesParse checks that the examples of the help use flags and arguments that exist.
func TestExamplesParse(t *testing.T) {
	a := &app{ui: terminal.Test(strings.NewReader(""), nil, nil), registry: account.All()}
	root := newRootCommand(a)
	for _, cmd := range append([]*cobra.Command{root}, root.Commands()...) {
		for line := range strings.Lines(cmd.Example) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "crmferry ") || strings.Contains(line, `"`) {
				continue
			}
			words := strings.Fields(line)[1:]
			found, rest, err := root.Find(words)
			if err != nil || !found.HasParent() {
				t.Errorf("%q: no such command", line)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
	}
}

// TestExitCodesByCommand: the documents and the help say the same.
func TestExitCodesByCommand(t *testing.T) {
	docs, err := os.ReadFile("../../docs/scripts.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(docs), "`", "")
	for _, c := range help.CodesByCommand() {
		if line := "| " + c[0] + " | " + c[1] + " |"; !strings.Contains(text, line) {
			t.Errorf("docs/scripts.md does not say %s", line)
		}
	}
}
