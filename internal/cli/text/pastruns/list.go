package pastruns

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/internal/cli/text"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// manyBytes is from where on the list says how to make room.
const manyBytes = 500 << 20

// Listing are the runs that are listed, the newest first.
type Listing struct {
	Runs  []*history.Past
	Names []string // as commands take them
	Left  int      // older ones that are not shown
	Bytes int64    // of the folder of all runs
	Prune string   // an age by which there are runs to remove, "" if there are none
	Root  string
}

// Fits reports whether a run is of a vendor, or of an account, and in a state; "" is any.
func Fits(p *history.Past, vendor, state string) bool {
	of, _, _ := strings.Cut(RunResource(p), "/")
	bare, _, _ := strings.Cut(of, "@")
	return (vendor == "" || vendor == of || vendor == bare) && (state == "" || state == p.State)
}

// States are those that a run can be in.
func States() []string {
	return []string{history.Running, history.Finished, history.Stopped, history.Resumable, history.Abandoned, history.NotBegun, history.Unreadable}
}

// leastRoom is what a list leaves for the name of a file and the counts of a run.
const leastRoom = 18

// Table is the list, with nothing wider than a terminal of so many columns; 0: any width. Where there is no room, it lacks what each
// run tells by itself.
func (l Listing) Table(now time.Time, width int) (header []string, rows [][]string) {
	header, rows = Runs(l.Runs, l.Names, now)
	if width == 0 {
		return header, rows
	}
	room, name := roomIn(header, rows, width)
	for _, spare := range []string{"SIZE", "RESOURCE", "AGE"} {
		if room >= leastRoom {
			break
		}
		at := slices.Index(header, spare)
		header = slices.Delete(header, at, at+1)
		for i := range rows {
			rows[i] = slices.Delete(rows[i], at, at+1)
		}
		room, name = roomIn(header, rows, width)
	}
	file, last := slices.Index(header, "FILE"), len(header)-1
	for _, row := range rows {
		row[file], row[last] = humanize.Clip(row[file], name), humanize.Clip(row[last], max(8, room-name))
	}
	return header, rows
}

// roomIn is what a terminal of so many columns has for the name of a file and the last column, and how wide the name may be:
// a count that is cut may be taken for another one.
func roomIn(header []string, rows [][]string, width int) (room, name int) {
	file, last := slices.Index(header, "FILE"), len(header)-1
	room = width - 2*last
	counts := 0
	for i := range header {
		widest := len(header[i])
		for _, row := range rows {
			widest = max(widest, len([]rune(row[i])))
		}
		switch i {
		case file:
			name = widest
		case last:
			counts = widest
		default:
			room -= widest
		}
	}
	return room, min(name, max(8, min(20, room-counts)))
}

// Notes are what there is to say below the list.
func (l Listing) Notes() (lines []text.Message) {
	resumable := 0
	for _, p := range l.Runs {
		if p.State == history.Resumable {
			resumable++
		}
	}
	if l.Left > 0 {
		lines = append(lines, text.Notef("these are the newest %d; %s: --vendor and --state choose, --json lists all", len(l.Runs), humanize.CountThat(l.Left, "older one", "is not shown", "are not shown")))
	}
	if resumable > 0 {
		lines = append(lines, text.Notef("%s can be resumed: crmferry runs RUN says how", humanize.Count(int64(resumable), "run")))
	}
	if l.Bytes > manyBytes {
		size := fmt.Sprintf("all runs take %s in %s", Size(l.Bytes), l.Root)
		if l.Prune != "" {
			size += ": crmferry runs --prune " + l.Prune + " removes old ones"
		}
		lines = append(lines, text.Notef("%s", size))
	}
	return lines
}

// Size is a number of bytes for people.
func Size(bytes int64) string {
	switch {
	case bytes < 1<<20:
		return humanize.Number((bytes+1023)/1024) + " KiB"
	case bytes < 1<<30:
		return humanize.Number((bytes+1<<19)/(1<<20)) + " MiB"
	}
	return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
}
