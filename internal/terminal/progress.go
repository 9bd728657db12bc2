package terminal

import (
	"fmt"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// interval lies between two plain lines of progress off a terminal.
const interval = time.Minute

// Progress shows how far a run is: as a bar on a terminal, as a plain line each minute elsewhere, not at all under
// --quiet (or, for the bar, --json). Its methods are safe for concurrent use; after Done they do nothing.
type Progress struct {
	ui    *UI
	noun  string // "row"
	total int64  // 0: not known
	start time.Time
	bar   *progressbar.ProgressBar // nil off a terminal

	mu     sync.Mutex
	done   int64
	status string        // what it waits for, "" if it does not
	left   time.Duration // as the caller reckons it, 0 if not
	ended  chan struct{} // closed by Done

	lines sync.WaitGroup // of printLines
}

// Progress begins a progress of total things, called noun in the singular; total is 0 if their number is not known.
// The caller calls Done, also when it fails.
func (u *UI) Progress(noun string, total int64) *Progress {
	p := &Progress{ui: u, noun: noun, total: total, start: u.Now(), ended: make(chan struct{})}
	switch {
	case u.Quiet:
	case u.ErrTTY && !u.JSON:
		p.showBar()
	default:
		p.lines.Go(p.printLines)
	}
	return p
}

func (p *Progress) showBar() {
	size := p.total
	if size == 0 {
		size = -1 // a spinner
	}
	p.bar = progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(p.ui.Err),
		progressbar.OptionSetWidth(max(10, min(40, p.ui.Width-60))),
		progressbar.OptionSetPredictTime(false), // the caller knows the rate, the bar only the past
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetSpinnerChangeInterval(0), // else it writes from a goroutine of its own, past our lock
	)
	p.ui.mu.Lock()
	p.ui.bar = p
	_ = p.bar.RenderBlank()
	p.ui.mu.Unlock()
}

// printLines writes a plain line at each tick until Done.
func (p *Progress) printLines() {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		select {
		case <-p.ended:
			return
		case <-t.C:
			p.ui.Notef("%s  %s", p.ui.Now().Format("2006-01-02 15:04:05"), p.Line())
		}
	}
}

// Line is the progress as a plain line shows it: "120 of 10,000 rows, 8 h 14 min left, waiting 12 s for the rate limit".
func (p *Progress) Line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Count(p.done, p.noun)
	if p.total > 0 {
		s = fmt.Sprintf("%s of %s", Number(p.done), Count(p.total, p.noun))
	}
	return s + p.tail()
}

// tail is what follows the counts. p.mu is held.
func (p *Progress) tail() string {
	s := ""
	if p.left > 0 {
		s += ", " + Duration(p.left) + " left"
	}
	if p.status != "" {
		s += ", " + p.status
	}
	return s
}

// Add counts n more things as done.
func (p *Progress) Add(n int64) {
	p.change(func() { p.done += n })
}

// Set says how many things are done altogether.
func (p *Progress) Set(done int64) {
	p.change(func() { p.done = done })
}

// Total says how many things there will be, where that is learned, or changes, on the way.
func (p *Progress) Total(n int64) {
	p.change(func() {
		if p.bar != nil && n > 0 && n != p.total {
			p.bar.ChangeMax64(n)
		}
		p.total = n
	})
}

// Left says how long it will still take; 0: not known.
func (p *Progress) Left(d time.Duration) {
	p.change(func() { p.left = d })
}

// Status says what the run is waiting for ("waiting 12 s for the rate limit"); "" when it goes on.
func (p *Progress) Status(text string) {
	p.change(func() { p.status = clean(text) })
}

func (p *Progress) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.ended:
		return
	default:
	}
	f()
	if p.bar == nil {
		return
	}
	p.ui.mu.Lock()
	defer p.ui.mu.Unlock()
	p.bar.Describe(clip(p.noun+"s"+p.tail(), p.ui.Width-max(10, min(40, p.ui.Width-60))-25))
	done := p.done
	if p.total > 0 {
		done = min(done, p.total) // the bar refuses more
	}
	_ = p.bar.Set64(done)
}

// clip keeps a line of the terminal on one line.
func clip(s string, columns int) string {
	columns = max(columns, 8)
	if Width(s) <= columns {
		return s
	}
	n, used := 0, 1 // for the ellipsis
	for i, r := range s {
		if used += Width(string(r)); used > columns {
			n = i
			break
		}
	}
	return s[:n] + "…"
}

// Done takes the bar away; no line is written after it. It may be called more than once.
func (p *Progress) Done() {
	if p.end() {
		p.lines.Wait()
	}
}

// end says whether it was this call that ended the progress.
func (p *Progress) end() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.ended:
		return false
	default:
	}
	close(p.ended)
	if p.bar == nil {
		return true
	}
	p.ui.mu.Lock()
	defer p.ui.mu.Unlock()
	p.ui.bar = nil
	_ = p.bar.Clear()
	_ = p.bar.Exit()
	return true
}
