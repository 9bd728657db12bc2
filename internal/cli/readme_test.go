package cli

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/account"
	"crmferry/internal/cli/help"
	"crmferry/internal/cli/listing"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

var updateDocs = flag.Bool("update-docs", false, "write into the documents what their commands print")

// docFiles are the documents that the tests below hold to the truth.
func docFiles(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range append(paths, "../../README.md", "../../CHANGELOG.md") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = string(data)
	}
	return files
}

// TestDocsPrint runs the commands of every block marked "console", in their order, in a folder that holds a copy of the
// samples, and compares the block with what they print:
//
//	$ crmferry ARGS...   as a user would run it; without --sandbox, it meets a sandbox under the vendor's address
//	$ go run ./cmd/crmferry ARGS...   the same
//	$ cat FILE           the file is made if it is not there, else it must hold these lines
//	$ echo $?            the exit code of the command before
//
// Any other command prints nothing. With -update-docs the documents are written anew.
func TestDocsPrint(t *testing.T) {
	if testing.Short() {
		t.Skip("its commands are in the tests of what they do")
	}
	for path, text := range docFiles(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			original, err := filepath.Abs(path)
			if err != nil {
				t.Fatal(err)
			}
			p := newPage(t)
			got := p.run(text)
			if *updateDocs && got != text {
				if err := os.WriteFile(original, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(steady(text), steady(got)); diff != "" && !*updateDocs {
				t.Errorf("%s is not what is printed (-document +printed):\n%s", filepath.Base(path), diff)
			}
		})
	}
}

// page is a document on its way through its commands.
type page struct {
	t     *testing.T
	env   map[string]string
	names *strings.Replacer // what differs from test to test, as documents show it
	exit  failure.ExitCode
}

// newPage changes into a folder with the samples and serves a sandbox.
func newPage(t *testing.T) *page {
	samples, err := filepath.Abs(samplesFolder)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "samples"), os.DirFS(samples)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	s, err := account.StartSandbox("127.0.0.1:0", sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	p := &page{t: t, env: map[string]string{state.RootVariable: t.TempDir()}}
	for _, set := range s.Environment(s.URL) {
		p.env[set.Name] = set.Value
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	pairs := []string{here, "/home/ada"}
	for _, v := range account.All().Vendors() {
		shown := v.DefaultURL
		if shown == "" {
			shown = "https://crm.example.com/api"
		}
		pairs = append(pairs, p.env[v.Variable(account.SuffixURL)], shown)
	}
	p.names = strings.NewReplacer(pairs...)
	return p
}

// run returns the document with what its commands print.
func (p *page) run(text string) string {
	var out []string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		if strings.TrimSpace(lines[i]) != "```console" {
			continue
		}
		for i++; i < len(lines) && lines[i] != "```"; {
			command, ok := strings.CutPrefix(lines[i], "$ ")
			if !ok {
				p.t.Fatalf("a console block begins with %q, want a command", lines[i])
			}
			end := i + 1
			for end < len(lines) && lines[end] != "```" && !strings.HasPrefix(lines[end], "$ ") {
				end++
			}
			out = append(out, lines[i])
			out = append(out, p.answer(command, lines[i+1:end])...)
			i = end
		}
		out = append(out, "```")
	}
	return strings.Join(out, "\n")
}

// answer is what a command prints; shown is what the document says.
func (p *page) answer(command string, shown []string) []string {
	words := shellWords(p.t, command)
	switch {
	case words[0] == "crmferry":
		return p.crmferry(words[1:])
	case strings.HasPrefix(command, "go run ./cmd/crmferry "):
		return p.crmferry(words[3:])
	case command == "echo $?":
		return []string{fmt.Sprint(int(p.exit))}
	case words[0] == "cat":
		return p.cat(words[1], shown)
	case words[0] == "cp":
		data, err := os.ReadFile(words[1])
		if err == nil {
			err = os.WriteFile(words[2], data, 0o600)
		}
		if err != nil {
			p.t.Fatal(err)
		}
	}
	return nil
}

func (p *page) cat(name string, shown []string) []string {
	data, err := os.ReadFile(name)
	if err != nil {
		err = os.WriteFile(name, []byte(strings.Join(shown, "\n")+"\n"), 0o600)
		data = []byte(strings.Join(shown, "\n"))
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return printedLines(strings.TrimPrefix(string(data), "\uFEFF")) // of which a terminal shows nothing
}

// crmferry runs a command; both streams come as a terminal shows them.
func (p *page) crmferry(args []string) []string {
	var both bytes.Buffer
	a := &app{
		ui:       terminal.Test(strings.NewReader(""), &both, &both),
		env:      func(name string) (string, bool) { v, ok := p.env[name]; return v, ok },
		registry: account.All(),
		now:      time.Now,
	}
	p.exit = a.run(p.t.Context(), args)
	return printedLines(p.names.Replace(both.String()))
}

func printedLines(s string) []string {
	if s = strings.TrimRight(s, "\n"); s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// steady makes what differs from run to run the same: times, names of runs, lengths of estimates, ids.
func steady(s string) string {
	for _, r := range []struct{ what, as string }{
		{`(\bin|about) \d+ (s|min|h)( \d+ (s|min))?`, "$1 N s"},
		{`\d{8}T\d{6}Z-(?:import|plan|apply)-(\w+)-[0-9a-f]{6}`, "RUN-$1"},
		{`\d{4}-\d\d-\d\d(T| )\d\d:\d\d(:\d\dZ)?`, "TIME"},
		{`(the first of them is) \d+`, "$1 N"}, // of contacts that were created at the same time
		{`"(seconds|requests)": [0-9.e-]+`, `"$1": N`},
	} {
		s = regexp.MustCompile(r.what).ReplaceAllString(s, r.as)
	}
	return s
}

// shellWords splits a command as a shell does: quotes group, a # begins a comment.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, open = r, true
		case r == ' ':
			if open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
		case r == '#' && !open:
			return words
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if quote != 0 {
		t.Fatalf("%s: a quote is not closed", line)
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

// docCommands are the command lines of a document: lines of its blocks, and what stands between backticks.
func docCommands(text string) []string {
	var commands []string
	line := regexp.MustCompile(`(?m)^(?:\$ )?(?:go run \./cmd/)?(crmferry [a-z].*)$`)
	span := regexp.MustCompile("`(crmferry [^`\n]+)`")
	for i, part := range regexp.MustCompile("(?m)^```[a-z]*$").Split(text, -1) {
		re := span
		if i%2 == 1 { // within a block
			re = line
		}
		for _, m := range re.FindAllStringSubmatch(part, -1) {
			commands = append(commands, m[1])
		}
	}
	return commands
}

// TestDocsCommands: every command line of the documents is one that the program takes.
func TestDocsCommands(t *testing.T) {
	total := 0
	for path, text := range docFiles(t) {
		for _, line := range docCommands(text) {
			total++
			if err := parses(t, line); err != nil {
				t.Errorf("%s: %s: %v", filepath.Base(path), line, err)
			}
		}
	}
	if total < 20 {
		t.Errorf("only %d command lines were found: the test looks in the wrong place", total)
	}
}

// parses says what is wrong with a command line. Words in capitals stand for what the user puts there.
func parses(t *testing.T, line string) error {
	t.Helper()
	a := &app{ui: terminal.Test(strings.NewReader(""), io.Discard, io.Discard), registry: account.All(), now: time.Now}
	cmd, rest, err := newRootCommand(a).Find(shellWords(t, line)[1:])
	if err != nil {
		return err
	}
	if !cmd.HasParent() && len(rest) == 1 && strings.Contains(rest[0], ".") {
		return nil // a file alone is checked
	}
	if !cmd.HasParent() {
		return fmt.Errorf("there is no such command")
	}
	if err := cmd.ParseFlags(rest); errors.Is(err, pflag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	args := cmd.Flags().Args()
	if cmd.Name() == "import" || cmd.Name() == "check" {
		if len(args) != 0 && len(args) != 2 {
			return fmt.Errorf("%d arguments: %q", len(args), args)
		}
	} else if err := cmd.ValidateArgs(args); err != nil && len(args) > 0 {
		return err
	}
	if len(args) > 0 && slices.Contains([]string{"import", "check", "fields", "vendors"}, cmd.Name()) && args[0] != strings.ToUpper(args[0]) {
		_, err = a.registry.Find(args[0])
	}
	return err
}

// TestDocsNames: flags, variables of the environment and error codes that documents mention exist.
func TestDocsNames(t *testing.T) {
	a := &app{ui: terminal.Test(strings.NewReader(""), io.Discard, io.Discard), registry: account.All(), now: time.Now}
	flags := map[string]bool{"help": true}
	root := newRootCommand(a)
	for _, c := range append(root.Commands(), root) {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
	}
	variables := map[string]bool{state.RootVariable: true, account.ConfigVariable: true, account.AuthoritiesVariable: true, keepVariable: true}
	for _, v := range account.All().Vendors() {
		for _, of := range []account.Account{{Vendor: v}, {Vendor: v, Name: "acme"}} { // as the documents call it
			for _, s := range v.Settings {
				variables[of.Variable(s.Suffix)], variables[of.Variable(s.Suffix)+account.FileSuffix] = true, true
			}
		}
	}
	for path, text := range docFiles(t) {
		for _, m := range regexp.MustCompile(`(?:^|[\s\x60("])--([a-z][a-z-]+)`).FindAllStringSubmatch(text, -1) {
			if !flags[m[1]] {
				t.Errorf("%s mentions the flag --%s, which does not exist", filepath.Base(path), m[1])
			}
		}
		for _, name := range regexp.MustCompile(`\bCRMFERRY_[A-Z_]+`).FindAllString(text, -1) {
			if !variables[name] {
				t.Errorf("%s mentions the variable %s, which does not exist", filepath.Base(path), name)
			}
		}
		for _, m := range regexp.MustCompile("`(bad_[a-z]+|too_[a-z]+)`").FindAllStringSubmatch(text, -1) {
			if !slices.Contains(allCodes(), m[1]) {
				t.Errorf("%s mentions the code %s, which does not exist", filepath.Base(path), m[1])
			}
		}
	}
}

// firstCells are the texts in backticks that begin the rows of the table below a heading.
func firstCells(t *testing.T, text, heading string) []string {
	t.Helper()
	_, section, found := strings.Cut(text, "\n"+heading+"\n")
	if !found {
		t.Fatalf("there is no heading %q", heading)
	}
	section = regexp.MustCompile(`(?m)^#+ `).Split(section, 2)[0]
	var cells []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(section, -1) {
		cells = append(cells, m[1])
	}
	return cells
}

// TestDocsTables: the tables of error codes, outcomes, columns of the report, exit codes and vendors are complete.
func TestDocsTables(t *testing.T) {
	files := docFiles(t)
	page := func(name string) string { return files[filepath.Join("../../docs", name)] }
	trouble, vendorPage := page("trouble.md"), page("vendors.md")

	codes := firstCells(t, trouble, "## Error codes of the report")
	slices.Sort(codes)
	want := map[string]bool{}
	for _, c := range allCodes() {
		want[c] = true
	}
	compareDocs(t, "error codes", slices.Sorted(maps.Keys(want)), codes)

	var outcomes []string
	for _, o := range outcome.Outcomes() {
		outcomes = append(outcomes, string(o))
	}
	compareDocs(t, "outcomes", outcomes, firstCells(t, page("report.md"), "## Outcomes"))

	var columns []string
	for i := range reflect.TypeFor[report.Line]().NumField() {
		columns = append(columns, reflect.TypeFor[report.Line]().Field(i).Tag.Get("csv"))
	}
	compareDocs(t, "columns of the report", columns, firstCells(t, page("report.md"), "## Columns of the report"))

	var exits []string
	for _, m := range regexp.MustCompile(`(?m)^ *(\d+) `).FindAllStringSubmatch(help.ExitCodesText(), -1) {
		exits = append(exits, m[1])
	}
	compareDocs(t, "exit codes", exits, firstCells(t, page("scripts.md"), "## Exit codes"))

	a := &app{registry: account.All(), env: func(string) (string, bool) { return "", false }}
	var vendors []string
	for _, r := range a.registry.Resources() {
		d := listing.NewVendorJSON(r, a.settingState)
		vendors = append(vendors, d.ID)
		if d.Limit == "" {
			d.Limit = "none documented"
		}
		if row := fmt.Sprintf("| `%s` | %s | %s | %s |", d.ID, d.Name, strings.Join(d.Capabilities, ", "), d.Limit); !strings.Contains(vendorPage, row) {
			t.Errorf("vendors.md lacks the row\n%s", row)
		}
	}
	compareDocs(t, "vendors", vendors, firstCells(t, vendorPage, "## Vendors"))
}

func compareDocs(t *testing.T, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-program +document):\n%s", what, diff)
	}
}
