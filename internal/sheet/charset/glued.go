package charset

import (
	"fmt"
	"math"
)

// By how much a piece must read better in another encoding than the rest to show that the text is glued from two: one alone,
// one of two, or one that has a sign in the midst of it. Of texts in one encoding none comes near. Below the last amount a
// piece shows nothing.
const (
	gluedBy     = 16
	gluedTwice  = 12
	gluedSign   = 6.5
	gluedEachBy = 4
)

// By how much a piece of such a text must read better in one of the two: below the first, it is in doubt, and below the
// second what it says is shown by the piece only with what stands around it.
const (
	gluedDoubt   = 3
	gluedCertain = 6
)

// glued is how a text is read that is in two encodings, each with one byte a character: each piece in the one in which it
// reads better.
type glued struct {
	scale       *scale
	most, other weight
	odds        float64 // how likely a piece is in the other one, as a logarithm
}

// glue finds a second encoding that pieces are in which read like nothing in the first. Where both read many, the first one
// is that of more pieces.
func (s *scale) glue(v verdict) (*glued, bool) {
	best := v.list[0]
	if best.told {
		return nil, false
	}
	first := s.weigh(best.candidate, v.pieces)
	var found *glued
	most := 0.0
	for _, c := range candidates() {
		if c.told || c.Name == best.Name {
			continue
		}
		other := s.weigh(c, v.pieces)
		gain, odd, shows := other.over(first, v.pieces)
		if shows && gain > most+1 {
			most, found = gain, &glued{scale: s, most: first, other: other, odds: math.Log((float64(odd) + 1) / float64(len(v.pieces)-odd+1))}
		}
	}
	if found == nil || found.reads(v.pieces) < 0.75 {
		return nil, false
	}
	if found.odds > 0 {
		found.most, found.other, found.odds = found.other, found.most, -found.odds
	}
	return found, true
}

// reads is the share of pieces that look like words in one of the two encodings. Where many do not, the text is in one that is not
// known here.
func (g *glued) reads(pieces []piece) float64 {
	words := 0
	for i, p := range pieces {
		in := g.most
		if g.other.pieces[i] > g.most.pieces[i] {
			in = g.other
		}
		if !isOdd(p, in.text(p.text)) {
			words++
		}
	}
	return float64(words) / float64(len(pieces))
}

// over is by how much pieces read better than in another encoding, how many do, and whether they show that they are in it.
func (w weight) over(other weight, pieces []piece) (gain float64, odd int, shows bool) {
	clear := 0
	for i, p := range w.pieces {
		by := p - other.pieces[i]
		if by <= gluedEachBy || w.signs(pieces[i]) < 0 {
			continue
		}
		gain += by - gluedEachBy
		odd++
		if by >= gluedTwice {
			clear++
		}
		shows = shows || by >= gluedBy || clear > 1 || by >= gluedSign && other.signs(pieces[i]) <= signInWord
	}
	return gain, odd, shows
}

// signs is how likely the signs of a piece are, as an encoding reads it.
func (w weight) signs(p piece) float64 {
	_, likely := shape(p.before, w.text(p.text), p.after)
	return likely
}

// sample is the piece that reads better than in the other encoding by most.
func (w weight) sample(other weight, pieces []piece) piece {
	best := 0
	for i := range pieces {
		if w.pieces[i]-other.pieces[i] > w.pieces[best]-other.pieces[best] {
			best = i
		}
	}
	return pieces[best]
}

// why says by which pieces it is shown.
func (g *glued) why(pieces []piece) string {
	a, b := g.most.sample(g.other, pieces), g.other.sample(g.most, pieces)
	return fmt.Sprintf("two encodings, not UTF-8; line %d: %s reads %q, line %d: %s reads %q",
		a.line, bytesAsText(a.cell), g.most.text(a.cell), b.line, bytesAsText(b.cell), g.other.text(b.cell))
}

func (g *glued) name() string { return g.most.Name + " and " + g.other.Name }

// forReader is a copy that can be used beside others.
func (g *glued) forReader() pieces {
	c, s := *g, *g.scale
	s.seen = map[string]vector{}
	c.scale = &s
	return &c
}

// read reads a piece in the encoding that it is in, and reports whether it is not that of most, or may not be.
func (g *glued) read(text []byte, line int) (o Odd, odd bool) {
	most, other := g.most.text(text), g.other.text(text)
	if most == other {
		return Odd{Text: most}, false
	}
	by := g.likely(other, g.other) - g.likely(most, g.most) + g.odds
	switch {
	case by <= -gluedDoubt:
		return Odd{Text: most}, false
	case by >= gluedCertain:
		return Odd{line, other, true, fmt.Sprintf("%s reads %q in %s", bytesAsText(text), other, g.other.Name)}, true
	case by < 0:
		return Odd{line, most, false, g.both(text, g.most, g.other)}, true
	}
	return Odd{line, other, false, g.both(text, g.other, g.most)}, true
}

func (g *glued) both(text []byte, a, b weight) string {
	return fmt.Sprintf("%s reads %q in %s and %q in %s", bytesAsText(text), a.text(text), a.Name, b.text(text), b.Name)
}

// maxSeen is how many pieces are remembered.
const maxSeen = 20_000

// likely is how likely a piece is, as it reads in an encoding.
func (g *glued) likely(text string, in weight) float64 {
	if len(g.scale.seen) > maxSeen {
		clear(g.scale.seen)
	}
	return mixed(g.scale.read(' ', text, ' '), in.languages)
}
