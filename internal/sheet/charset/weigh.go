package charset

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// scale weighs encodings by the evidence of a text.
type scale struct {
	languages []language
	latin     []bool // of a language: its letters are
	evidence  *evidence
	plain     []vector
	seen      map[string]vector
}

// vector is how likely a piece of text is in each language, and last in none, as logarithms.
type vector []float64

// shares are how much of a text is in each language, and last in none.
type shares []float64

func newScale(languages []language, e *evidence) *scale {
	s := &scale{languages: languages, evidence: e, seen: map[string]vector{}}
	for _, l := range s.languages {
		s.latin = append(s.latin, l.counts[inRow(0, 0, 'a')] > 0)
	}
	for w := range e.plain {
		s.plain = append(s.plain, s.read(' ', w, ' '))
	}
	return s
}

// read judges a piece of text.
func (s *scale) read(before rune, text string, after rune) vector {
	key := string(before) + text + string(after)
	if v, ok := s.seen[key]; ok {
		return v
	}
	found, p := shape(before, text, after)
	v := make(vector, len(s.languages)+1)
	for i := range v {
		v[i] = p
	}
	for _, w := range found {
		noise := logNoise(w)
		latin := isLatin([]rune(w)[0])
		for i := range s.languages {
			if s.latin[i] == latin {
				v[i] += s.languages[i].logWord(w)
			} else {
				v[i] += noise - 10
			}
		}
		v[len(v)-1] += noise
	}
	s.seen[key] = v
	return v
}

// weight is what speaks for an encoding.
type weight struct {
	candidate
	score     float64
	pieces    []float64 // of each piece
	languages shares    // of the text, if it is in this encoding
}

// weigh weighs an encoding by some pieces.
func (s *scale) weigh(c candidate, pieces []piece) weight {
	vectors := make([]vector, len(pieces))
	for i, p := range pieces {
		vectors[i] = s.read(p.before, c.text(p.text), p.after)
	}
	all, foreign := s.fit(vectors)
	w := weight{candidate: c, pieces: make([]float64, len(pieces)), languages: all}
	for i, v := range vectors {
		w.pieces[i] = mixed(v, all) + s.inAddress(c.text(pieces[i].text), pieces[i].address)
		w.score += w.pieces[i]
	}
	at := 0.0
	for i, l := range s.languages {
		at += foreign[i] * math.Exp(home(l.name, c.Name))
	}
	w.score += math.Log(at + 1e-6)
	if s.evidence.onlyCR && c.Name == "Mac-Roman" {
		w.score += 8
	}
	return w
}

// What the shares of languages go by beside the pieces: how usual they are, words in ASCII, addresses.
const (
	priorWords  = 3
	plainShare  = 0.5
	mostDomains = 5
	noiseShare  = 0.002
)

// fit finds how much of the text is in each language: of all its words, and of the pieces alone.
func (s *scale) fit(pieces []vector) (all, foreign shares) {
	prior := make(shares, len(s.languages)+1)
	sum := 0.0
	for i, l := range s.languages {
		prior[i] = usual(l.name)
		sum += prior[i]
	}
	for i := range prior {
		prior[i] *= priorWords / sum
	}
	for domain, n := range s.evidence.domains {
		for i, l := range s.languages {
			if l.name == languageOf(domain) {
				prior[i] += float64(min(n, mostDomains))
			}
		}
	}
	all = prior.normal()
	for range 4 {
		next, only := make(shares, len(prior)), make(shares, len(prior))
		for i := range prior {
			next[i], only[i] = prior[i], prior[i]/priorWords
		}
		for _, v := range s.plain {
			next.add(v, all, plainShare)
		}
		for _, v := range pieces {
			next.add(v, all, 1)
			only.add(v, all, 1)
		}
		all, foreign = next.normal(), only.normal()
	}
	return all, foreign
}

// normal makes the shares sum up to 1, with that of noise.
func (p shares) normal() shares {
	sum := 0.0
	for _, x := range p[:len(p)-1] {
		sum += x
	}
	n := make(shares, len(p))
	for i := range n {
		n[i] = p[i] / sum * (1 - noiseShare)
	}
	n[len(n)-1] = noiseShare
	return n
}

// add adds a piece to the languages that it is likely to be in.
func (p shares) add(v vector, by shares, amount float64) {
	total := mixed(v, by)
	for i := range p[:len(p)-1] {
		p[i] += amount * by[i] * math.Exp(v[i]-total)
	}
}

// mixed is the logarithm of how likely a piece is in a text of several languages.
func mixed(v vector, p shares) float64 {
	most := math.Inf(-1)
	for _, x := range v {
		most = max(most, x)
	}
	sum := 0.0
	for i, x := range v {
		sum += p[i] * math.Exp(x-most)
	}
	return most + math.Log(sum)
}

// likeAddress is what it says for a reading that its letters without their marks are in the address beside it.
const likeAddress = 5

// inAddress is that for a piece in which there is such a word.
func (s *scale) inAddress(text, address string) float64 {
	if len(address) < 5 {
		return 0
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isLetter(r) }) {
		if ASCII([]byte(w)) == len(w) {
			continue
		}
		short, long := withoutMarks(w, false), withoutMarks(w, true)
		if len(short) > 3 && strings.Contains(address, short) || len(long) > 3 && strings.Contains(address, long) {
			return likeAddress
		}
	}
	return 0
}

// withoutMarks writes a word as addresses do: muller, or mueller.
func withoutMarks(w string, long bool) string {
	if long {
		w = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "å", "aa", "ø", "oe", "đ", "dj").Replace(w)
	}
	w = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "þ", "th", "ð", "d", "ł", "l", "đ", "d", "ı", "i", "ø", "o").Replace(w)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(w))
}
