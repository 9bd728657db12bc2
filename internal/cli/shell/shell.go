// Package shell writes words and settings as the shell takes them that people paste them into.
package shell

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"crmferry/internal/terminal"
)

// Shell is a kind of shell.
type Shell int

// Kinds of shells.
const (
	POSIX Shell = iota // sh, bash, zsh, ksh
	PowerShell
	Cmd // cmd.exe
)

// Here is the shell that the process was begun from, as far as that can be told.
func Here() Shell { return shellOf(runtime.GOOS, os.LookupEnv) }

// shellOf is the shell by its operating system and its environment. On Windows only cmd.exe sets PROMPT, and only POSIX shells set
// SHELL; the folder of a user's own modules is in PSModulePath only below PowerShell.
func shellOf(system string, lookup func(name string) (string, bool)) Shell {
	if system != "windows" {
		return POSIX
	}
	has := func(name string) bool { value, _ := lookup(name); return value != "" }
	modules, _ := lookup("PSModulePath")
	modules = strings.ToLower(modules)
	switch {
	case has("SHELL"), has("MSYSTEM"):
		return POSIX
	case has("PROMPT"):
		return Cmd
	case strings.Contains(modules, `documents\`), strings.Contains(modules, `\powershell\7`):
		return PowerShell
	case has("ComSpec"):
		return Cmd
	}
	return PowerShell
}

// Quote quotes a word of a command where the shell would need it.
func (s Shell) Quote(word string) string {
	switch s {
	case PowerShell:
		return quotePowerShell(word)
	case Cmd:
		return quoteCmd(word)
	}
	return quotePOSIX(word)
}

// Set is the line that sets a variable for the commands that follow.
func (s Shell) Set(name, value string) string {
	switch s {
	case PowerShell:
		return fmt.Sprintf("$env:%s = '%s'", name, strings.ReplaceAll(value, "'", "''"))
	case Cmd:
		return fmt.Sprintf(`set "%s=%s"`, name, value)
	}
	return fmt.Sprintf("export %s=%s", name, quotePOSIX(value))
}

// quotePOSIX writes what a terminal must not get in the escapes of bash, zsh and ksh.
func quotePOSIX(word string) string {
	if terminal.Line(word) != word {
		escapes := strconv.Quote(word)
		return "$'" + strings.ReplaceAll(escapes[1:len(escapes)-1], "'", `\'`) + "'"
	}
	if word != "" && !strings.ContainsAny(word, " \t\n\"'\\$&|;<>()*?[]#~!`{}") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// quotePowerShell writes what a terminal must not get as expressions within double quotes.
func quotePowerShell(word string) string {
	if terminal.Line(word) != word {
		var b strings.Builder
		for _, r := range word {
			switch {
			case terminal.Line(string(r)) != string(r):
				fmt.Fprintf(&b, "$([char]0x%x)", r)
			case strings.ContainsRune("\"$`", r):
				b.WriteString("`" + string(r))
			default:
				b.WriteRune(r)
			}
		}
		return `"` + b.String() + `"`
	}
	if word != "" && !strings.ContainsAny(word, " \t\n\"'$&|;<>()*?[]#~!`{}@,%^‘’‚‛“”„") { // it takes curly quotes for quotes
		return word
	}
	curly := strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")
	return "'" + curly.Replace(word) + "'"
}

// quoteCmd writes words as programs for Windows part them. What a terminal must not get cannot be written there.
func quoteCmd(word string) string {
	word = terminal.Line(word)
	if word != "" && !strings.ContainsAny(word, " \t\"'&|;<>()*?!`{},%^") {
		return word
	}
	var b strings.Builder
	slashes := 0
	for _, r := range word {
		switch r {
		case '\\':
			slashes++
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, 2*slashes+1))
		default:
			b.WriteString(strings.Repeat(`\`, slashes))
		}
		slashes = 0
		b.WriteRune(r)
	}
	return `"` + b.String() + strings.Repeat(`\`, 2*slashes) + `"`
}
