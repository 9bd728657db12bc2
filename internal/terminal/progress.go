package terminal

import (
	"fmt"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"crmferry/internal/humanize"
)

const (
	interval = time.Minute     // between two plain lines of progress off a terminal
	longWait = 5 * time.Second // from where on a wait is worth a plain line
	redraw   = 100 * time.Millisecond
)

// words are "waiting 12 s for the rate limit", "" if the wait is over.
func (w *wait) words(now time.Time) string {
	if !now.Before(w.until) {
		return ""
	}
	return waiting(w.until.Sub(now), w.why)
}

func waiting(d time.Duration, why string) string {
	return "waiting " + humanize.Duration(d) + " for " + Line(why)
}

// Waiting says in one line that nothing happens for d and what is waited for, unless it is only for a few seconds. Of shorter
// ones for the same it says one a minute.
func (u *UI) Waiting(d time.Duration, why string) {
	now := u.Now()
	last := u.told.Load()
	if d < longWait || d < interval && last != nil && last.why == why && now.Sub(last.told) < interval {
		return
	}
	u.told.Store(&wait{told: now, why: why})
	u.Notef("%s", waiting(d, why))
}

// Progress begins a progress of total things, called noun in the singular; total is 0 if their number is not known.
// The caller calls Done, also when it fails.
func (u *UI) Progress(noun string, total int64) *Progress {
	p := &Progress{ui: u, noun: noun, total: total, start: u.Now(), ended: make(chan struct{})}
	switch {
	case u.Lines:
		p.ticking.Go(func() { p.tick(time.Second, p.printJSON) })
	case u.Quiet:
	case u.ErrTTY && !u.JSON:
		p.showBar()
		p.ticking.Go(func() { p.tick(time.Second, p.countDown) })
	default:
		p.ticking.Go(func() { p.tick(interval, p.printLine) })
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

// tick calls f at intervals until Done.
func (p *Progress) tick(every time.Duration, f func()) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-p.ended:
			return
		case <-t.C:
			f()
		}
	}
}

func (p *Progress) printLine() {
	p.ui.Notef("%s  %s", p.ui.Now().Format("2006-01-02 15:04:05"), p.Line())
}

// countDown draws the bar again if it tells of a wait or of what was.
func (p *Progress) countDown() {
	p.mu.Lock()
	told := !p.wait.until.IsZero()
	if told && !p.ui.Now().Before(p.wait.until) {
		p.wait.until = time.Time{}
	}
	now := p.ui.Now()
	told = told || p.stale || p.why(now)+p.leftWords(now) != p.shown
	p.mu.Unlock()
	if told {
		p.change(func() {})
	}
}

// Line is the progress as a plain line shows it: "120 of 10,000 rows, 8 h 14 min left, waiting 12 s for the rate limit".
func (p *Progress) Line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := humanize.Count(p.done, p.noun)
	if p.total > 0 {
		s = fmt.Sprintf("%s of %s", humanize.Number(p.done), humanize.Count(p.total, p.noun))
	}
	now := p.ui.Now()
	waits := p.why(now)
	if waits != "" {
		p.wait.told = now
	}
	return s + list(p.badWords(), p.leftWords(now), waits)
}

// leftWords are "8 h 14 min left", "" if that is not known. p.mu is held.
func (p *Progress) leftWords(now time.Time) string {
	left := p.stillLeft(now)
	if left <= 0 {
		return ""
	}
	return humanize.Duration(left) + " left"
}

// stillLeft is what the caller reckoned last, 0 once that time is over: something takes longer than was known. p.mu is held.
func (p *Progress) stillLeft(now time.Time) time.Duration {
	if now.Sub(p.reckoned) > p.left {
		return 0
	}
	return p.left
}

// list is what follows on a line: ", a, b" without those that are "".
func list(parts ...string) string {
	s := ""
	for _, part := range parts {
		if part != "" {
			s += ", " + part
		}
	}
	return s
}

// why says why nothing happens, "" if something does. p.mu is held.
func (p *Progress) why(now time.Time) string {
	if words := p.wait.words(now); words != "" || p.silent == nil {
		return words
	}
	return Line(p.silent())
}

// label is what stands at the end of the bar, in so many columns: while it waits that comes first, and the rest only
// if there is room. p.mu is held.
func (p *Progress) label(columns int) string {
	now := p.ui.Now()
	wait, left := p.why(now), p.leftWords(now)
	if p.shown = wait + left; wait == "" {
		return clip(p.noun+"s"+list(p.badWords(), left), columns)
	}
	if all := wait + list(p.badWords(), left); Width(all) <= columns {
		return all
	}
	return clip(wait, columns)
}

// Add counts n more things as done.
func (p *Progress) Add(n int64) {
	p.change(func() { p.done += n })
}

// Became counts one of the things by what became of it. What is bad is said as it comes.
func (p *Progress) Became(what string, bad bool) {
	p.change(func() {
		if p.became == nil {
			p.became = map[string]int64{}
		}
		if p.became[what]++; bad && p.became[what] == 1 {
			p.bad = append(p.bad, what)
		}
	})
}

// badWords are "2 rejected, 1 failed", "" if nothing is bad. p.mu is held.
func (p *Progress) badWords() string {
	words := make([]string, len(p.bad))
	for i, what := range p.bad {
		words[i] = humanize.Number(p.became[what]) + " " + what
	}
	return strings.Join(words, ", ")
}

// Set says how many things are done altogether.
func (p *Progress) Set(done int64) {
	p.change(func() {
		if p.done = done; p.began == 0 && len(p.became) == 0 {
			p.began = done // by an earlier session
		}
	})
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
	p.change(func() { p.left, p.reckoned = d, p.ui.Now() })
}

// Wait says that nothing happens for d and what is waited for ("the rate limit"): a bar counts the seconds down, a plain
// line tells it once a minute at most, and not if it is only for a few seconds. A wait that was told before and ends
// later stays.
func (p *Progress) Wait(d time.Duration, why string) {
	now := p.ui.Now()
	line := false
	p.change(func() {
		if until := now.Add(d); until.After(p.wait.until) {
			p.wait.until, p.wait.why = until, why
		}
		if p.bar == nil && d >= longWait && now.Sub(p.wait.told) >= interval {
			line = true
		}
	})
	if line && !p.ui.Lines {
		p.printLine()
	}
}

// Silent lets f be asked, whenever the progress is shown, why nothing happens although no wait was told: "" if something
// does. f must not use the progress.
func (p *Progress) Silent(f func() string) {
	p.change(func() { p.silent = f })
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
	now := p.ui.Now()
	if p.stale = now.Sub(p.drawn) < redraw; p.stale {
		return // as drawing costs more than a row does; countDown follows
	}
	p.drawn = now
	p.ui.mu.Lock()
	defer p.ui.mu.Unlock()
	p.bar.Describe(p.label(p.ui.Width - max(10, min(40, p.ui.Width-60)) - 25))
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
		p.ticking.Wait()
		if p.ui.Lines {
			p.printJSON() // how far it came in the end
		}
	}
}

// end reports whether it was this call that ended the progress.
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
