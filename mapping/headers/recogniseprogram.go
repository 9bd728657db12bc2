package headers

import (
	"slices"
	"strings"
)

// RecogniseProgram finds the program that wrote a header: the one with most of its marks there. Two that fit equally are none.
func RecogniseProgram(folded []string, headers []string) *Program {
	var best *Program
	most, tied := 0, false
	for _, p := range Programs() {
		n := p.fits(folded, headers)
		switch {
		case n > most:
			best, most, tied = p, n, false
		case n == most && n > 0:
			tied = true
		}
	}
	if tied {
		return nil
	}
	return best
}

// fits counts the marks of the longest line that is there as a whole.
func (p *Program) fits(folded, headers []string) int {
	most := 0
	for _, line := range p.Marks {
		marks := strings.Split(line, "|")
		if !slices.ContainsFunc(marks, func(m string) bool { return !slices.Contains(folded, FoldHeader(m)) }) {
			most = max(most, len(marks))
		}
	}
	if p.scope == "" {
		return most
	}
	scoped := 0
	for _, h := range headers {
		if _, ok := cutScope(h, p.scope); ok {
			scoped++
		}
	}
	if scoped < 2 {
		return most
	}
	return max(most, scoped)
}
