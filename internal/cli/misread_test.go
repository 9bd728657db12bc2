package cli

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestMisread reads the files of testdata/corpus/misread, each of which was misread once, or looks like one that was. What is
// right stands in want.txt beside the file:
//
//	# a remark
//	> rogerroger contacts.csv --create-missing tags
//	row 2 tags = VIP; Buyer
//	row 3 tags =
//	row 4 rejected shifted_row
//	row 5 message "the mark in front was left out"
//	rows 4
//	says "what the output has"
//	silent "what the output does not have"
//
//	> growcrm contacts.csv
//	refused "--encoding"
//
// A line with > starts a dry run of an import in the sandbox; what follows is compared with its plan: what would be written into a
// field ("" or nothing: the field is not written), the outcome and code of a row, a part of its message, and how many rows there are.
// "refused" is exit code 2 and a part of what is printed. Fields, rows and vendors that are not named are not compared.
func TestMisread(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/misread/*/want.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	fields := map[string]string{} // by resource
	for n, file := range files {
		if spared(n, 20) {
			continue
		}
		folder := filepath.Dir(file)
		for _, c := range misreadCases(t, file) {
			vendor := c.args[0]
			if fields[vendor] == "" {
				fields[vendor] = runApp(t, nil, "fields", vendor, "--json").stdout
			}
			known := fields[vendor]
			t.Run(filepath.Base(folder)+"/"+vendor, func(t *testing.T) {
				t.Parallel()
				c.compare(t, folder, known)
			})
		}
	}
}

// misreadCase is one dry run, and what is right of it.
type misreadCase struct {
	args   []string // the vendor, the file, flags
	wanted []wantedLine
}

type wantedLine struct {
	place string // file and line
	text  string
}

// misreadCases reads a want.txt.
func misreadCases(t *testing.T, file string) (cases []misreadCase) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line, place := strings.TrimSpace(lines.Text()), file+":"+strconv.Itoa(n)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "> "):
			cases = append(cases, misreadCase{args: strings.Fields(line[2:])})
		case len(cases) == 0:
			t.Fatalf("%s: no command stands before this line", place)
		default:
			c := &cases[len(cases)-1]
			c.wanted = append(c.wanted, wantedLine{place, line})
		}
	}
	return cases
}

// misreadPlan is what a dry run planned.
type misreadPlan struct {
	result
	rows    map[int]map[string]string // the report by row and column
	changes map[int]map[string]string // what will be, by row and field
}

func (c *misreadCase) run(t *testing.T, folder string) *misreadPlan {
	t.Helper()
	report := filepath.Join(t.TempDir(), "plan.csv")
	args := append([]string{"import", c.args[0], filepath.Join(folder, c.args[1])}, c.args[2:]...)
	p := &misreadPlan{result: runApp(t, nil, append(args, "--sandbox", "--dry-run", "--yes", "--report", report)...)}
	p.rows, p.changes = map[int]map[string]string{}, map[int]map[string]string{}
	if p.code == 2 {
		return p
	}
	for _, line := range linesByColumn(t, report) {
		p.rows[rowNumber(t, line)] = line
	}
	for _, line := range linesByColumn(t, strings.TrimSuffix(report, ".csv")+".changes.csv") {
		row := rowNumber(t, line)
		if p.changes[row] == nil {
			p.changes[row] = map[string]string{}
		}
		p.changes[row][line["field"]] = line["will be"]
	}
	return p
}

func rowNumber(t *testing.T, line map[string]string) int {
	t.Helper()
	row, err := strconv.Atoi(line["row"])
	if err != nil {
		t.Fatalf("a line of a plan without a row: %v", line)
	}
	return row
}

// linesByColumn are the lines of a CSV file, by their headers.
func linesByColumn(t *testing.T, file string) (lines []map[string]string) {
	t.Helper()
	rows := readCSV(t, file)
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, header := range rows[0] {
			line[header] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

var (
	wantedField   = regexp.MustCompile(`^row (\d+) (\S+) =(?: (.*))?$`)
	wantedMessage = regexp.MustCompile(`^row (\d+) message (".*")$`)
	wantedOutcome = regexp.MustCompile(`^row (\d+) (\w+)(?: (\w+))?$`)
	wantedRows    = regexp.MustCompile(`^rows (\d+)$`)
	wantedOutput  = regexp.MustCompile(`^(says|silent|refused) (".*")$`)
)

// compare runs a case, and compares each wanted line. fields are those of the resource, as they are listed.
func (c *misreadCase) compare(t *testing.T, folder, fields string) {
	t.Helper()
	plan, refusal := c.run(t, folder), false
	for _, w := range c.wanted {
		if m := wantedField.FindStringSubmatch(w.text); m != nil && !strings.Contains(fields, strconv.Quote(m[2])) {
			t.Errorf("%s: %s has no field %q", w.place, c.args[0], m[2])
		}
		refusal = refusal || strings.HasPrefix(w.text, "refused")
		if wrong := plan.wrong(t, w); wrong != "" {
			t.Errorf("%s: %s: %s", w.place, w.text, wrong)
		}
	}
	if refused := plan.code == 2; refused != refusal || t.Failed() {
		t.Errorf("exit %d\n%s%s", plan.code, plan.stdout, plan.stderr)
	}
}

// wrong says how the plan differs from a wanted line; "" if it does not.
func (p *misreadPlan) wrong(t *testing.T, w wantedLine) string {
	t.Helper()
	if m := wantedField.FindStringSubmatch(w.text); m != nil {
		return differs(p.changes[number(m[1])][m[2]], unquoted(t, m[3]))
	}
	if m := wantedMessage.FindStringSubmatch(w.text); m != nil {
		return lacks(p.rows[number(m[1])]["message"], unquoted(t, m[2]))
	}
	if m := wantedRows.FindStringSubmatch(w.text); m != nil {
		return differs(strconv.Itoa(len(p.rows)), m[1])
	}
	if m := wantedOutput.FindStringSubmatch(w.text); m != nil {
		wrong := lacks(p.stdout+p.stderr, unquoted(t, m[2]))
		switch {
		case m[1] == "refused" && p.code != 2:
			return "it is not refused"
		case m[1] == "silent" && wrong == "":
			return "it says that"
		case m[1] == "silent":
			return ""
		}
		return wrong
	}
	if m := wantedOutcome.FindStringSubmatch(w.text); m != nil {
		line := p.rows[number(m[1])]
		outcome := line["outcome"]
		if outcome == "" {
			outcome = line["action"]
		}
		return differs(strings.TrimSpace(outcome+" "+line["error"]), strings.TrimSpace(m[2]+" "+m[3]))
	}
	t.Fatalf("%s: nothing that can be wanted: %s", w.place, w.text)
	return ""
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// unquoted is a wanted text: between quotes as in Go, or as it stands.
func unquoted(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, `"`) {
		return text
	}
	plain, err := strconv.Unquote(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return plain
}

func differs(got, want string) string {
	if got == want {
		return ""
	}
	return "it is " + strconv.Quote(got)
}

func lacks(got, want string) string {
	if strings.Contains(got, want) {
		return ""
	}
	return "it is not in " + strconv.Quote(got)
}
