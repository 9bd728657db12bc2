package charset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"crmferry/internal/sheet/rows"
)

// Reason is why a text is read in an encoding, and the name of another one that would be nearly as good a guess, if any.
type Reason struct{ Why, Alternative string }

// By how much an encoding must be likelier than any other that reads the text otherwise, as a logarithm: below the first
// nobody but the user can tell, below the last the other is named. Most texts that are not UTF-8 are in Windows-1252.
const (
	refuseBelow      = 6
	refuseUsualBelow = 3.5
	doubtBelow       = 9
)

// Of how many pieces a first look goes by, and by how much an encoding must be worse there to be left out; how many pieces
// are weighed in all.
const (
	firstLook  = 150
	hopeless   = 60
	maxWeighed = 1000
)

// verdict is what the encodings weigh, the likeliest first, and the pieces that they were weighed by.
type verdict struct {
	list   []weight
	pieces []piece
	usual  string // the encoding that most texts are in which are not UTF-8
}

// judge weighs all encodings by some pieces of a text.
func (s *scale) judge(pieces []piece) verdict {
	all := candidates()
	v := verdict{pieces: spread(pieces, firstLook), usual: all[0].Name}
	for _, c := range all {
		v.list = append(v.list, s.weigh(c, v.pieces))
	}
	v.sort(all)
	if len(v.pieces) == len(pieces) {
		return v
	}
	few := v.list
	v.list, v.pieces = nil, spread(pieces, maxWeighed)
	for _, w := range few {
		if w.score > few[0].score-hopeless {
			v.list = append(v.list, s.weigh(w.candidate, v.pieces))
		}
	}
	v.sort(all)
	return v
}

// sort puts the likeliest encoding first; of those that read alike, the usual one.
func (v *verdict) sort(all []candidate) {
	slices.SortStableFunc(v.list, func(a, b weight) int { return cmp.Compare(b.score, a.score) })
	for _, c := range all {
		i := slices.IndexFunc(v.list, func(w weight) bool { return w.Name == c.Name && v.alike(w, v.list[0]) })
		if i >= 0 {
			v.list[0], v.list[i] = v.list[i], v.list[0]
			v.list[0].score = v.list[i].score
			return
		}
	}
}

// alike reports whether two encodings read all pieces alike.
func (v *verdict) alike(a, b weight) bool {
	return !slices.ContainsFunc(v.pieces, func(p piece) bool { return a.text(p.text) != b.text(p.text) })
}

// spread are so many pieces, from all over the text.
func spread(pieces []piece, most int) []piece {
	if len(pieces) <= most {
		return pieces
	}
	list := make([]piece, most)
	for i := range list {
		list[i] = pieces[i*len(pieces)/most]
	}
	return list
}

// rival is the likeliest encoding that reads a piece otherwise than the first one does; ok is false if all read alike.
func (v *verdict) rival() (w weight, ok bool) {
	for _, w := range v.list[1:] {
		if !v.alike(w, v.list[0]) {
			return w, true
		}
	}
	return weight{}, false
}

// shown is the piece that shows how two encodings differ: the first one of which both make letters, else that of which
// one does, else any. Without other it shows how the first encoding reads.
func (v *verdict) shown(other *weight) piece {
	var best piece
	most := -1
	for _, p := range v.pieces {
		a := v.list[0].text(p.cell)
		letters := markedLetters(a)
		if other != nil {
			b := other.text(p.cell)
			if a == b {
				continue
			}
			letters = letters*2 + markedLetters(b)
		}
		if letters > most {
			best, most = p, letters
		}
	}
	return best
}

// markedLetters is 1 for a text that has letters that are not ASCII and looks like one, else 0.
func markedLetters(text string) int {
	_, p := shape(' ', text, ' ')
	if p > signMay && strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf && isLetter(r) }) {
		return 1
	}
	return 0
}

// certain reports whether the first encoding is likelier than any that reads otherwise, by enough, and does not make signs
// within words of most pieces.
func (v *verdict) certain() bool {
	best := v.list[0]
	odd := 0
	for _, p := range v.pieces {
		if isOdd(p, best.text(p.text)) {
			odd++
		}
	}
	if 2*odd >= len(v.pieces) {
		return false
	}
	other, ok := v.rival()
	least := float64(refuseBelow)
	if best.Name == v.usual {
		least = refuseUsualBelow
	}
	return !best.told && (!ok || best.score-other.score >= least)
}

// isOdd reports whether the text that an encoding makes of a piece is no word: it has signs within, or capitals and small letters where
// none stand.
func isOdd(p piece, text string) bool {
	if _, shaped := shape(p.before, text, p.after); shaped <= signBeside {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !isLetter(r) }), func(word string) bool {
		letters := []rune(word)
		return capitals(letters)+alphabets(letters) <= oddCapital
	})
}

// decide is the encoding that the pieces of a text are in, and why, or a *rows.Readings.
func (v *verdict) decide() (Charset, Reason, error) {
	best := v.list[0]
	other, ok := v.rival()
	if !v.certain() {
		p := v.shown(&other)
		return best.Charset, Reason{}, &rows.Error{Line: p.line, Err: &rows.Readings{Bytes: bytesAsText(p.cell), Line: p.line,
			Texts: []string{best.text(p.cell), other.text(p.cell)}, Encodings: []string{best.Name, other.Name}}}
	}
	doubt := ok && best.score-other.score < doubtBelow
	for _, w := range v.list {
		if !doubt && best.sibling && w.Name == v.usual && !v.alike(w, best) {
			other, doubt = w, true
		}
	}
	if !doubt {
		p := v.shown(nil)
		return best.Charset, Reason{Why: fmt.Sprintf("not UTF-8; line %d: %s reads %q", p.line, bytesAsText(p.cell), best.text(p.cell))}, nil
	}
	p := v.shown(&other)
	return best.Charset, Reason{
		Why:         fmt.Sprintf("not UTF-8; line %d: %s reads %q; if %q is right", p.line, bytesAsText(p.cell), best.text(p.cell), other.text(p.cell)),
		Alternative: strings.ToLower(other.Name),
	}, nil
}
