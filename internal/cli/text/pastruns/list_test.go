package pastruns

import (
	"strings"
	"testing"
	"time"

	"crmferry/internal/history"
	"crmferry/internal/state"
)

// TestListingFitsTheTerminal: one line a run at 48 columns and more, whatever the file is called.
func TestListingFitsTheTerminal(t *testing.T) {
	now := time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
	run := func(resource, file string) *history.Past {
		return &history.Past{Run: state.Run{ID: "20260314T060000Z-import-growcrm-4f1a9c", Dir: t.TempDir()}, State: history.Finished, Kind: history.Import, Resource: resource,
			File: file, Since: now.Add(-30 * time.Hour), Record: &history.Record{Kind: history.Import, Rows: 123456}}
	}
	l := Listing{Runs: []*history.Past{run("growcrm", "/home/ada/a-very-long-name-of-a-file-that-somebody-has-made.xlsx"), run("clientcommander", "leads.csv")}, Names: []string{"4f1a9c", "4f1a9d"}}
	for _, width := range []int{48, 60, 80, 100, 200} {
		header, rows := l.Table(now, width)
		widths := make([]int, len(header))
		for _, row := range append(rows, header) {
			for i, cell := range row {
				widths[i] = max(widths[i], len([]rune(cell)))
			}
		}
		sum := -2
		for _, w := range widths {
			sum += w + 2
		}
		if sum > width {
			t.Errorf("the list is %d columns wide on a terminal of %d:\n%s", sum, width, rows)
		}
	}
	if _, rows := l.Table(now, 0); !strings.Contains(rows[0][4], "somebody-has-made") {
		t.Errorf("off a terminal the name is cut: %q", rows[0][4])
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 KiB", 1: "1 KiB", 1 << 20: "1 MiB", 600 << 20: "600 MiB", 3 << 29: "1.5 GiB"} {
		if got := Size(bytes); got != want {
			t.Errorf("Size(%d) = %q, want %q", bytes, got, want)
		}
	}
}
