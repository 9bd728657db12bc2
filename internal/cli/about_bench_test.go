package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crmferry/internal/state"
)

// The benchmark of runs --about runs the built binary over 100 runs of 10,000 rows that are all about the same people, beside a
// program that only looks for the text in every line (testdata/bareabout). Every second run has updated its contacts, so that its
// journal holds what they were.
//
//	go test ./internal/cli -run '^$' -bench About -benchtime 5x
const (
	aboutRuns = 100
	aboutRows = 10_000
)

// BenchmarkAbout asks for somebody by the address that is in every run, by a phone, by the id, by an address that the contact had
// before it was updated, and for nobody.
func BenchmarkAbout(b *testing.B) {
	root := manyRuns(b)
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, "./testdata/bareabout")
	for _, ask := range []struct {
		name, text string
		rows       int
	}{
		{"email", "jane.4711@example.com", aboutRuns},
		{"phone", "(512) 555-4711", aboutRuns},
		{"name", "van der Berg, Jane4711", aboutRuns},
		{"id", "id4711x", aboutRuns},
		{"former", "was.4711@example.com", aboutRuns / 2},
		{"nobody", "nobody@example.com", 0},
	} {
		b.Run(ask.name, func(b *testing.B) {
			var oursTook, bareTook, busy time.Duration
			for b.Loop() {
				start := time.Now()
				if out, err := exec.Command(bare, root, ask.text).CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				bareTook += time.Since(start)
				start = time.Now()
				cmd := exec.Command(ours, "runs", "--about", ask.text)
				cmd.Env = append(os.Environ(), "CRMFERRY_STATE_DIR="+root)
				out, err := cmd.Output()
				oursTook += time.Since(start)
				busy += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				if got := strings.Count(string(out), "\n  row 4713: "); err != nil || got != ask.rows {
					b.Fatalf("%d rows, want %d: %v\n%.2000s", got, ask.rows, err, out)
				}
			}
			b.ReportMetric(oursTook.Seconds()/float64(b.N), "s")
			b.ReportMetric(busy.Seconds()/float64(b.N), "cpu-s")
			b.ReportMetric(oursTook.Seconds()/bareTook.Seconds(), "times-bare")
		})
	}
}

// manyRuns is a state folder with many runs that one import has been copied to.
func manyRuns(b *testing.B) string {
	b.Helper()
	root := b.TempDir()
	l := newLoopback(b, 0)
	cmd := exec.Command(buildProgram(b, "../../cmd/crmferry"), "import", "rogerroger", writePeople(b, aboutRows), "--yes", "--rate", "off", "--workers", fmt.Sprint(benchWorkers))
	cmd.Env = append(os.Environ(), "CRMFERRY_ROGERROGER_URL="+l.URL, "CRMFERRY_ROGERROGER_KEY=benchmark", "CRMFERRY_STATE_DIR="+root)
	runWatched(b, cmd)
	runs, err := state.Runs(root)
	if err != nil || len(runs) != 1 {
		b.Fatal(runs, err)
	}
	for i := range aboutRuns {
		dir := filepath.Join(root, fmt.Sprintf("20260102T030405Z-import-rogerroger-%06x", i))
		if err := os.CopyFS(dir, os.DirFS(runs[0].Dir)); err != nil {
			b.Fatal(err)
		}
		rewriteJournal(b, filepath.Join(dir, "journal.jsonl"), i%2 == 1)
	}
	if err := runs[0].Remove(); err != nil {
		b.Fatal(err)
	}
	return root
}

// rewriteJournal gives the contacts of a journal ids by their rows, and makes updates of its creations where so wanted.
func rewriteJournal(b *testing.B, path string, updates bool) {
	b.Helper()
	var text bytes.Buffer
	out := state.NewRecords(&text)
	damage, err := state.ReadJournal(path, func(_ int64, record []byte) error {
		var seq int
		var kind string
		head := strings.NewReplacer(`{"t":"`, "", `","n":`, " ", ",", " ").Replace(string(record[:min(len(record), 40)]))
		if _, err := fmt.Sscan(head, &kind, &seq); err != nil || kind != "intent" && kind != "outcome" {
			return out.Append(record)
		}
		line := string(record)
		if kind == "outcome" {
			_, rest, _ := strings.Cut(line, `,"id":"`)
			id, _, _ := strings.Cut(rest, `"`)
			line = strings.Replace(line, `"id":"`+id+`"`, fmt.Sprintf(`"id":"id%dx"`, seq), 1)
		}
		if updates {
			line = strings.NewReplacer(`"action":"create"`, `"action":"update"`, `"outcome":"created"`, `"outcome":"updated"`).Replace(line)
			if kind == "intent" {
				line = strings.TrimSuffix(line, "}") + fmt.Sprintf(`,"before":{"EmailAddresses":["was.%d@example.com"]},"after":{"EmailAddresses":["jane.%d@example.com"]}}`, seq, seq)
			}
		}
		return out.Append([]byte(line))
	})
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = os.WriteFile(path, text.Bytes(), 0o600)
	}
	if err != nil || damage != (state.Damage{}) {
		b.Fatal(damage, err)
	}
}
