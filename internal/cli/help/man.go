package help

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
)

// WriteMan writes the man pages of the program and of each of its commands into a folder: crmferry.1, crmferry-import.1.
func WriteMan(root *cobra.Command, folder string, o Order) error {
	for _, cmd := range append([]*cobra.Command{root}, shown(root)...) {
		path := filepath.Join(folder, manName(cmd)+".1")
		if err := os.WriteFile(path, []byte(manPage(cmd, o)), 0o644); err != nil {
			return fmt.Errorf("write man page: %w", err)
		}
	}
	return nil
}

// shown are the commands that help lists below one.
func shown(cmd *cobra.Command) (list []*cobra.Command) {
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			list = append(list, c)
		}
	}
	return list
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage is a page in the macros of man(7).
func manPage(cmd *cobra.Command, o Order) string {
	var b strings.Builder
	b.WriteString(".nh\n.ad l\n")
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"%s\"\n", strings.ToUpper(manName(cmd)), roff(ReadBuild().Version))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(manName(cmd)), roff(cmd.Short))
	use := cmd.UseLine()
	if !cmd.HasParent() {
		use += " COMMAND"
	}
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(use))
	if cmd.Long != "" {
		fmt.Fprintf(&b, ".SH DESCRIPTION\n%s", paragraphs(cmd.Long))
	}
	if cmd.HasParent() {
		manFlags(&b, cmd, o)
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(strings.TrimRight(cmd.Example, "\n")))
	}
	if !cmd.HasParent() {
		b.WriteString(".SH EXIT STATUS\n")
		for _, c := range failure.ExitCodes() {
			fmt.Fprintf(&b, ".TP\n%d\n%s\n", c.Code, roff(c.Meaning))
		}
	}
	manSeeAlso(&b, cmd)
	return b.String()
}

// manFlags lists the flags of a command by group.
func manFlags(b *strings.Builder, cmd *cobra.Command, o Order) {
	groups := flagGroups(cmd, o)
	if len(groups) > 0 {
		b.WriteString(".SH OPTIONS\n")
	}
	for _, title := range o.Groups {
		if groups[title] == nil {
			continue
		}
		fmt.Fprintf(b, ".SS %s\n", roff(title))
		groups[title].VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			name, usage := pflag.UnquoteUsage(f)
			flag := "--" + f.Name
			if f.Shorthand != "" {
				flag = "-" + f.Shorthand + ", " + flag
			}
			if name != "" {
				flag += " " + name
			}
			fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(flag), roff(usage))
		})
	}
}

// manSeeAlso names the pages above and below.
func manSeeAlso(b *strings.Builder, cmd *cobra.Command) {
	var names []string
	if cmd.HasParent() {
		names = append(names, manName(cmd.Parent())+"(1)")
	}
	if !cmd.HasParent() {
		for _, c := range shown(cmd) {
			names = append(names, manName(c)+"(1)")
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(b, ".SH SEE ALSO\n%s\n", roff(strings.Join(names, ", ")))
	}
}

// paragraphs are a text whose paragraphs are parted by empty lines.
func paragraphs(text string) string {
	var b strings.Builder
	for _, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		fmt.Fprintf(&b, ".PP\n%s\n", roff(p))
	}
	return b.String()
}

// roff is a text as it stands: no character of it is a request or an escape.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
