package terminal

import (
	"encoding/json"
	"maps"
	"time"
)

// progressLine is how far something is, for programs.
type progressLine struct {
	Time     time.Time        `json:"time"`
	Noun     string           `json:"of"` // what is counted: row, contact
	Done     int64            `json:"done"`
	Total    int64            `json:"total,omitempty"`
	Rate     float64          `json:"per_second"`
	Left     float64          `json:"left_seconds,omitempty"`
	Outcomes map[string]int64 `json:"outcomes,omitempty"`
	Waiting  string           `json:"waiting,omitempty"`
}

// printJSON writes one line for programs to stderr.
func (p *Progress) printJSON() {
	line, err := json.Marshal(p.asLine())
	if err != nil {
		return // a progress is not worth more
	}
	p.ui.mu.Lock()
	defer p.ui.mu.Unlock()
	_, _ = p.ui.Err.Write(append(escaped(line), '\n'))
}

func (p *Progress) asLine() progressLine {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.ui.Now()
	line := progressLine{Time: now.UTC().Truncate(time.Millisecond), Noun: p.noun, Done: p.done, Total: p.total, Left: p.stillLeft(now).Round(time.Second).Seconds(),
		Outcomes: maps.Clone(p.became), Waiting: p.why(now)}
	if took := now.Sub(p.start).Seconds(); took > 0 {
		line.Rate = float64(int64(float64(p.done-p.began)/took*100)) / 100
	}
	return line
}
