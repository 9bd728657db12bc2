package cli

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// longTextOf is a text that no note takes, in words that tell their place.
func longTextOf(note int) string {
	var b strings.Builder
	for i := range 14_000 {
		fmt.Fprintf(&b, "%dw%d", note, i)
		b.WriteString([]string{" ", " ", " ", "\n", " ", "\n\n"}[i%6])
	}
	return strings.TrimSpace(b.String())
}

// longNotes is a file of n notes with numbers of another program: every second one is too long. The people and the clients are
// in the sandbox.
func longNotes(n int, number, on, rest string) string {
	var b strings.Builder
	b.WriteString(number + ",Title,Text," + on + "\n")
	for i := range n {
		text := fmt.Sprintf("Said at %d.", i)
		if i%2 == 1 {
			text = longTextOf(i)
		}
		fmt.Fprintf(&b, "%d,Note %d,\"%s\",%s\n", 7000+i, i, text, rest)
	}
	return b.String()
}

// noteFiles are files of notes by the resource that takes them, made with what the sandbox has.
func noteFiles(t *testing.T, env map[string]string, n int) map[string]string {
	t.Helper()
	people := filepath.Join(t.TempDir(), "people.csv")
	exportFile(t, env, "rogerroger", people)
	with, seen := readRecords(t, people)[0], filepath.Join(t.TempDir(), "seen.csv")
	exportFile(t, env, "rogerroger/notes", seen)
	category := readRecords(t, seen)[0]["category"]
	return map[string]string{
		"growcrm/notes":    putFile(t, "notes.csv", longNotes(n, "Note number", "Client", "Acme Inc")),
		"rogerroger/notes": putFile(t, "notes.csv", longNotes(n, "Record ID", "Person email,category", firstOf("emailAddresses")(with)+","+category)),
	}
}

// wantWholeTexts fails unless an export has the notes once, and the long ones in numbered parts that are the whole text.
func wantWholeTexts(t *testing.T, records []entry, n int) {
	t.Helper()
	var parts [100]map[string]string
	numbered := regexp.MustCompile(`^Note (\d+)(?: \((\d)/(\d)\) \[[0-9a-f]{6}\])?$`)
	for _, r := range records {
		m := numbered.FindStringSubmatch(r["title"] + r["note_title"])
		if m == nil {
			continue
		}
		var i int
		_, _ = fmt.Sscan(m[1], &i)
		if parts[i] == nil {
			parts[i] = map[string]string{}
		}
		if _, twice := parts[i][m[2]]; twice {
			t.Errorf("%s is there twice", m[0])
		}
		parts[i][m[2]] = r["description"] + r["note_description"]
	}
	for i := range n {
		want, got := fmt.Sprintf("Said at %d.", i), parts[i][""]
		if i%2 == 1 {
			want = longTextOf(i)
			for p := range len(parts[i]) {
				got += parts[i][fmt.Sprint(p+1)] + " "
			}
		}
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") || i%2 == 1 && len(parts[i]) < 2 {
			t.Errorf("note %d has %d parts and %d of %d characters", i, len(parts[i]), len(got), len(want))
		}
	}
}

// TestSplitLong: a note that is too long is split where that is wanted. Its row has one outcome and all ids, a plan does the same,
// a second import writes nothing, and an undo takes all parts back.
func TestSplitLong(t *testing.T) {
	for _, resource := range []string{"growcrm/notes", "rogerroger/notes"} {
		t.Run(resource, func(t *testing.T) {
			s, env := faulty(t, sandbox.Options{}, nil)
			const n = 6
			file := noteFiles(t, env, n)[resource]
			short := runApp(t, env, "import", resource, file, "--yes", "--rate", "off", "--report", filepath.Join(t.TempDir(), "short.csv"))
			wantLines(t, "the import of what is short", short.stderr, fmt.Sprintf("created %d ", n/2), fmt.Sprintf("rejected %d ", n/2),
				fmt.Sprintf("next    have %d texts that are too long split into numbered ones: crmferry import %s ", n/2, resource), " --split-long\n")
			before := len(s.Ledger())
			plan := filepath.Join(t.TempDir(), "plan.csv")
			planned := runApp(t, env, "import", resource, file, "--split-long", "--dry-run", "--restart", "--rate", "off", "--report", plan)
			wantLines(t, "the plan", planned.stderr, fmt.Sprintf("parts %d: row 3", n/2), fmt.Sprintf("would create %d ", n/2))
			if said := readRecords(t, plan)[1]["message"]; !strings.Contains(said, "parts") || len(s.Ledger()) != before {
				t.Errorf("the plan says %q", said)
			}
			got := runApp(t, env, "apply", plan, "--yes", "--rate", "off", "--report", filepath.Join(t.TempDir(), "applied.csv"))
			wantLines(t, "the run", got.stderr, fmt.Sprintf("created %d ", n/2))
			after := filepath.Join(t.TempDir(), "after.csv")
			exportFile(t, env, resource, after)
			records := readRecords(t, after)
			wantWholeTexts(t, records, n)
			again := importFile(t, env, resource, file, "--split-long", "--restart")
			again.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: n})
			if line := readRecords(t, again.ImportJSON.Report)[1]; strings.Count(line["id"], "; ") < 1 || !strings.Contains(line["message"], "parts") {
				t.Errorf("the row of a long note: id %q, %q", line["id"], line["message"])
			}
			if resource == "growcrm/notes" { // RogerRoger documents no delete of notes
				parts := len(records) - 3 - n/2
				undone := runApp(t, env, "undo", "apply-growcrm", "--confirm", fmt.Sprint(parts), "--rate", "off")
				wantLines(t, "the undo", undone.stderr, fmt.Sprintf("deleted %d ", parts))
				exportFile(t, env, resource, after)
				if left := len(readRecords(t, after)); left != 3+n/2 {
					t.Errorf("%d notes are left", left)
				}
			}
		})
	}
}

// TestUndoSplitLong: where somebody has changed a part of a long note, an undo keeps all of its parts, and says which one is the
// reason; a dry run says so, too, and prints the number that is to be confirmed.
func TestUndoSplitLong(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	file := noteFiles(t, env, 4)["growcrm/notes"]
	importFile(t, env, "growcrm/notes", file, "--split-long")
	all := filepath.Join(t.TempDir(), "all.csv")
	exportFile(t, env, "growcrm/notes", all)
	var id string
	parts := 0
	for _, r := range readRecords(t, all) {
		if !strings.HasPrefix(r["note_title"], "Note ") {
			continue
		}
		if parts++; strings.HasPrefix(r["note_title"], "Note 1 (2/") {
			id = r["id"]
		}
	}
	edit := putFile(t, "edit.csv", "id,note_title\n"+id+",Somebody's\n")
	if got := runApp(t, env, "import", "growcrm/notes", edit, "--yes", "--rate", "off"); got.code != failure.ExitOK {
		t.Fatal(got.stderr)
	}
	run := runApp(t, env, "runs").stdout
	run = regexp.MustCompile(`(?m)^(\w{6}) .*notes.csv`).FindStringSubmatch(run)[1]
	report := filepath.Join(t.TempDir(), "undo.csv")
	dry := runApp(t, env, "undo", run, "--dry-run", "--rate", "off", "--report", report)
	kept := 0
	for _, r := range readRecords(t, report) {
		if strings.Contains(r["key"], "1 (") {
			kept++
			if r["outcome"] != "skipped" || r["error"] != "edited_since" || !strings.HasPrefix(r["message"], fmt.Sprintf("part 2 of the row (%s) stays", id)) && r["id"] != id {
				t.Errorf("the dry run: %v", r)
			}
		}
	}
	confirm := fmt.Sprintf("--confirm %d", parts)
	wantLines(t, "the dry run", dry.stderr, fmt.Sprintf("would delete %d ", parts-kept), fmt.Sprintf("skipped %d ", kept), fmt.Sprintf("at most %d notes are deleted", parts), confirm+"\n")
	undone := runApp(t, env, "undo", run, "--confirm", fmt.Sprint(parts), "--rate", "off")
	wantLines(t, "the undo", undone.stderr, fmt.Sprintf("deleted %d ", parts-kept), fmt.Sprintf("skipped %d ", kept))
}

// TestCrashSplitLong kills the program between any two requests of notes in parts, and lets it finish: each part is there once.
func TestCrashSplitLong(t *testing.T) {
	pick := momentsToKill(t)
	for _, resource := range []string{"growcrm/notes", "rogerroger/notes"} {
		t.Run(resource, func(t *testing.T) {
			const n = 16
			dir := memoryDir(t)
			vendor, _, _ := strings.Cut(resource, "/")
			env, base := otherSandbox(t, []string{vendor + ":drop-after:from=15:every=7:scatter"}, false)
			env[state.RootVariable] = filepath.Join(dir, "state")
			file := noteFiles(t, env, n)[resource]
			args := []string{"import", resource, file, "--split-long", "--yes", "--resume", "--rate", "off", "--workers", "4"}
			k := killing{crashes: 4, pick: pick, least: 100 * time.Millisecond, most: 500 * time.Millisecond, may: []failure.ExitCode{failure.ExitOK}}
			said := k.goOn(t, env, args)
			time.Sleep(300 * time.Millisecond) // look-ups of the sandbox lag by 100 ms
			after := filepath.Join(dir, "after.csv")
			exportFile(t, env, resource, after)
			wantWholeTexts(t, readRecords(t, after), n)
			for _, e := range readLedger(t, base).Entries {
				if e.Action == "delete" {
					t.Errorf("%s was deleted", e.Name)
				}
			}
			ids := listOfIDs(t, file)
			if resource == "rogerroger/notes" && len(ids) < n+n/2 {
				t.Errorf("the list of ids has %d lines", len(ids))
			}
			if t.Failed() {
				t.Log(said)
			}
			importFile(t, env, resource, file, "--split-long").wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: n})
		})
	}
}

// TestSplitLongAlike: of two long notes that begin in the same way each is whole, also where the second came later.
func TestSplitLongAlike(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	row := func(end string) string { return fmt.Sprintf("Acme Inc,Log,\"%s %s\"\n", longTextOf(3), end) }
	const header = "Client,Title,Text\n"
	for i, rows := range []string{row("first") + row("second"), row("third")} {
		importFile(t, env, "growcrm/notes", putFile(t, "notes.csv", header+rows), "--split-long").wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2 - i})
	}
	after := filepath.Join(t.TempDir(), "after.csv")
	exportFile(t, env, "growcrm/notes", after)
	parts := map[string]int{}
	for _, r := range readRecords(t, after) {
		if _, mark, isPart := strings.Cut(r["note_title"], "["); isPart {
			parts[mark]++
		}
	}
	if len(parts) != 3 {
		t.Errorf("the parts of 3 notes are those of %v", parts)
	}
	for mark, n := range parts {
		if n != 2 {
			t.Errorf("%s has %d parts", mark, n)
		}
	}
}

// TestApplySplitLongInPart: the first part of a note is there already, and nothing else names its client: a plan that makes the other
// part is applied.
func TestApplySplitLongInPart(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	dir := t.TempDir()
	file := putFile(t, "note.csv", "Client,Title,Note\nAcme Inc,Call,"+strings.Repeat("word ", 20_000)+"\n")
	got := importFile(t, env, "growcrm/notes", file, "--split-long")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 1})
	_, second, found := strings.Cut(readRecords(t, got.ImportJSON.Report)[0]["id"], "; ")
	if !found {
		t.Fatal("the note is not in parts")
	}
	gone := runApp(t, env, "import", "growcrm/notes", putFile(t, "ids.csv", "id\n"+second+"\n"), "--mode", "delete", "--match", "id", "--confirm", "1", "--rate", "off")
	wantLines(t, "the delete", gone.stderr, "deleted 1 ")
	plan := filepath.Join(dir, "plan.csv")
	runApp(t, env, "import", "growcrm/notes", file, "--split-long", "--dry-run", "--rate", "off", "--report", plan)
	applied := runApp(t, env, "apply", plan, "--yes", "--rate", "off", "--report", filepath.Join(dir, "applied.csv"))
	wantLines(t, "the run", applied.stderr, "created 1 ")
}
