package csv

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crmferry/internal/sheet/rows"
)

// evidence is what the bytes that are not ASCII show of the encoding of a text that is not UTF-8.
type evidence struct {
	multi, bad int          // characters of UTF-8, and bytes that belong to none
	onlyCR     bool         // lines end as Excel for Mac ends them
	words      []occurrence // where the latter stand, each text once, maxWords at most
	known      map[string]bool
}

// maxWords is how many bytes that are not UTF-8 are judged, and maxPlaced of how many the line is known. Enough is seen
// when there was one and as many characters in all.
const (
	maxWords      = 1000
	maxPlaced     = 20
	enoughNotUTF8 = 10 * maxWords
)

// collectEvidence reads as much of a text as it takes to judge it.
func collectEvidence(src io.Reader) (evidence, error) {
	var e evidence
	var lines lineCounter
	err := forEachBlock(src, func(block []byte) bool {
		e.addBlock(block, &lines)
		lines.add(block)
		return e.bad == 0 || e.multi+e.bad < enoughNotUTF8
	})
	e.onlyCR = lines.cr > 0 && lines.lf == 0
	return e, err
}

// addBlock adds the bytes of a block that are not ASCII.
func (e *evidence) addBlock(block []byte, lines *lineCounter) {
	for i := notASCII(block); i < len(block); i += notASCII(block[i:]) {
		c, n := utf8.DecodeRune(block[i:])
		if c != utf8.RuneError || n > 1 {
			e.multi++
			i += n
			continue
		}
		e.bad++
		if len(e.words) < maxWords {
			e.addContext(block, i, lines)
		}
		i++
	}
}

// addContext adds the text around a byte, unless it is known: a city that comes a hundred times shows no more than once.
func (e *evidence) addContext(block []byte, i int, lines *lineCounter) {
	w := occurrence{text: cellAround(block, i)}
	if e.known[string(w.text)] {
		return
	}
	if e.known == nil {
		e.known = map[string]bool{}
	}
	e.known[string(w.text)] = true
	if len(e.words) < maxPlaced {
		w.line = lines.at(block, i)
	}
	e.words = append(e.words, w)
}

// candidate is an encoding that a text could be in, and how much its words look like words in it.
type candidate struct {
	charset
	letters, usual  string // those that its words have, and those of them that many have
	score           int
	centralEuropean bool // more than letters shows that the text is from the middle of Europe
}

// guessCharset is the encoding in which the words look most like words, and why. Windows-1252 needs no more than a draw:
// most files that are not UTF-8 are in it. Where others draw and read differently it is ErrWhichEncoding, and
// so if the words look like words in none.
func guessCharset(e evidence, head []byte) (charset, reason, error) {
	list := candidates(e, head)
	best := list[0]
	for _, c := range list[1:] {
		if c.score > best.score {
			best = c
		}
	}
	first, usual := e.words[0], best.name == list[0].name
	rival, w := runnerUp(best, list, e)
	if best.score < -len(e.words) || best.score <= 0 && !usual && rival.name == "" {
		return best.charset, reason{}, &rows.Error{Line: first.line, Err: rows.Errorf(rows.ErrWhichEncoding,
			"line %d is not UTF-8, and what else it is in cannot be told: %s", first.line, bytesAsText(first.text))}
	}
	if middle := &list[3]; rival.name == "" && (middle.centralEuropean || best.name == middle.name) {
		rival, w = middle.neighbour(best, list[0], e)
	}
	switch {
	case rival.name == "":
		shown := e.firstPlaced(func(w occurrence) bool { return best.scoreText(w.text) > 0 })
		return best.charset, reason{why: fmt.Sprintf("not UTF-8; line %d: %s reads %q", shown.line, bytesAsText(shown.text), best.text(shown.text))}, nil
	case rival.score == best.score && !usual:
		return best.charset, reason{}, &rows.Error{Line: w.line, Err: rows.Errorf(rows.ErrWhichEncoding, "line %d: %s reads %q in %s and %q in %s, and nothing shows which is right",
			w.line, bytesAsText(w.text), best.text(w.text), best.name, rival.text(w.text), rival.name)}
	}
	return best.charset, reason{
		why:         fmt.Sprintf("not UTF-8; line %d: %s reads %q; if %q is right", w.line, bytesAsText(w.text), best.text(w.text), rival.text(w.text)),
		alternative: strings.ToLower(rival.name),
	}, nil
}

// candidates are the encodings that are weighed, Windows-1252 first. What else tells of one counts half as much as letters
// that are in their place.
func candidates(e evidence, head []byte) []candidate {
	all := charsets()
	list := []candidate{
		{charset: all[windows1252Set], letters: westLetters, usual: westLetters}, // believed without further evidence: a rare letter is as good
		{charset: all[macRomanSet], letters: westLetters, usual: usualLetters},
		{charset: all[cp850Set], letters: westLetters, usual: usualLetters},
		{charset: all[windows1250Set], letters: middleLetters, usual: usualLetters},
	}
	if e.onlyCR {
		list[1].score = len(e.words)
	}
	if middle := &list[3]; isCentralEuropean(middle.text(head)) || e.hasStrange(list[0], *middle) {
		middle.centralEuropean, middle.usual, middle.score = true, middleLetters, len(e.words)
	}
	for i := range list {
		for _, w := range e.words {
			list[i].score += list[i].scoreText(w.text)
		}
	}
	return list
}

// runnerUp is the encoding that reads the words otherwise than the best one does and as well, or hardly worse in a few
// letters, with the first word that it reads so; the zero candidate if there is none. Windows-1250 is none: most of its
// letters are those of Windows-1252.
func runnerUp(best candidate, list []candidate, e evidence) (candidate, occurrence) {
	usual := best.name == list[0].name
	least := best.score - min(len(e.words), 4)
	if usual {
		least = best.score
	}
	for _, c := range list[:len(list)-1] {
		if c.name == best.name || c.score < least || c.score <= 0 && (usual || c.score < best.score) {
			continue
		}
		differs := func(w occurrence) bool { return c.text(w.text) != best.text(w.text) }
		w := e.firstPlaced(func(w occurrence) bool { return differs(w) && c.scoreText(w.text) > 0 })
		if !differs(w) {
			w = e.firstPlaced(differs)
		}
		if differs(w) {
			return c, w
		}
	}
	return candidate{}, occurrence{}
}

// neighbour is the encoding that shares most letters with Windows-1250, and the first word that it reads otherwise than
// the best one does: the Turkish one for its letters, unless the text is known to be from the middle of Europe.
func (c *candidate) neighbour(best, west candidate, e evidence) (candidate, occurrence) {
	others := []candidate{west}
	if best.name == west.name {
		others[0] = *c
	} else if turkish, _ := charsetNamed("windows-1254"); !c.centralEuropean {
		others = []candidate{{charset: turkish}, west}
	}
	for _, o := range others {
		differs := func(w occurrence) bool {
			return o.text(w.text) != best.text(w.text) && (o.name == west.name || o.text(w.text) != west.text(w.text))
		}
		if w := e.firstPlaced(differs); differs(w) {
			return o, w
		}
	}
	return candidate{}, occurrence{}
}

// hasStrange reports whether at least half of the words that two encodings read differently cannot be words in the first one.
func (e *evidence) hasStrange(west, middle candidate) bool {
	all, odd := 0, 0
	for _, w := range e.words {
		if text := west.text(w.text); text != middle.text(w.text) {
			if all++; isStrange(text) {
				odd++
			}
		}
	}
	return odd > 0 && 2*odd >= all
}

// isStrange reports whether a text has letters where no language of the west has them: Jiøí, Hoøejší, Zdenìk, Dvùr, Petroviæ.
func isStrange(text string) bool {
	text = strings.ToLower(text)
	if strings.ContainsRune(text, 'ø') && strings.ContainsAny(text, "šž") {
		return true
	}
	runes := []rune(" " + text + " ")
	for i, r := range runes {
		odd := false
		switch r {
		case 'ø':
			odd = strings.ContainsRune("áéíýìù", runes[i-1]) || strings.ContainsRune("áéíýìù", runes[i+1])
		case 'ì', 'ù':
			odd = unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		case 'æ':
			odd = runes[i-1] == 'i' && !unicode.IsLetter(runes[i+1])
		}
		if odd {
			return true
		}
	}
	return false
}

// firstPlaced is the first word of those with a line for which that is true, or the first one.
func (e *evidence) firstPlaced(is func(occurrence) bool) occurrence {
	words := e.words[:min(len(e.words), maxPlaced)]
	return words[max(0, slices.IndexFunc(words, is))]
}

// isCentralEuropean reports whether the beginning of a text has headers, or addresses, of the languages that Windows-1250 is for.
// Their letters alone do not show it: Dvořák is as good a word as Dvoøák.
func isCentralEuropean(head string) bool {
	const headers = " jméno příjmení ulice město psč imię nazwisko miasto ulica keresztnév vezetéknév név cégnév település" +
		" meno priezvisko mesto prezime priimek nume prenume oraș "
	for _, word := range strings.FieldsFunc(strings.ToLower(head), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if len(word) > 2 && strings.Contains(headers, " "+word+" ") {
			return true
		}
	}
	for _, country := range []string{".cz", ".pl", ".hu", ".sk", ".si", ".hr", ".ro"} {
		if _, after, ok := strings.Cut(head, country); ok && (after == "" || strings.ContainsAny(after[:1], Delimiters+"\"\r\n /")) {
			return true
		}
	}
	return false
}

// Letters that names and words have in the west of Europe, those of them that many have, and letters of its middle.
const (
	westLetters   = "áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýÿšž"
	usualLetters  = "áäåçéèëíïñóöøßúü"
	middleLetters = "áäâąăćčçďéèęëěíîïĺľłńňóôöőŕřśšşßťţúüůűýźžż"
)

// scoreText is how much a text looks like words in an encoding: about 2 for each letter that is not ASCII and stands where
// it may, more for words that many files have, less for signs inside words, and for characters that are not typed.
func (c *candidate) scoreText(b []byte) int {
	text := c.text(b)
	runes := []rune("  " + text + " ")
	score := 0
	for i := 2; i < len(runes)-1; i++ {
		switch r := runes[i]; {
		case r < utf8.RuneSelf:
		case unicode.IsLetter(r):
			score += c.scoreLetter(runes, i)
		default:
			score += scoreSign(runes, i)
		}
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 2 && strings.Contains(frequentWords, " "+word+" ") {
			score += 4
		}
	}
	return score
}

// frequentWords are names, places and words of headers that have a letter whose byte is another letter elsewhere.
const frequentWords = " josé rené andré andrés zoë noël chloë daniël michaël joël raphaël léon hélène irène françois françoise jérôme" +
	" cécile frédéric stéphane gérard benoît maïté anaïs loïc thérèse geneviève élise élodie éric étienne sébastien" +
	" maría garcía martínez rodríguez gonzález hernández fernández sánchez pérez gómez lópez díaz jiménez ramírez álvarez núñez muñoz" +
	" ibáñez peña jesús ramón belén sofía adrián martín iván tomás víctor raúl inés mónica verónica ángel óscar" +
	" müller möller schröder köhler böhm jäger schäfer krämer krüger köster götz günther jürgen jörg björn sören käthe groß weiß" +
	" bjørn jørgen søren jørgensen sørensen østergaard åse åsa göran håkan malmö göteborg örebro århus ålesund tromsø" +
	" köln münchen düsseldorf zürich nürnberg saarbrücken málaga córdoba cádiz león alcalá besançon orléans nîmes liège curaçao citroën" +
	" joão são conceição gonçalves araújo graça straße größe prénom société téléphone catégorie catégories région geschäftlich" +
	" compañía teléfono código dirección población número móvil electrónico país categoría categorías categorieën coördinator één ideeën" +
	" geëxporteerd café crème château "

// scoreLetter judges a letter by those around it.
func (c *candidate) scoreLetter(text []rune, i int) int {
	r, before, after := text[i], text[i-1], text[i+1]
	starts, ends := !unicode.IsLetter(before), !unicode.IsLetter(after)
	capitals := unicode.IsUpper(before) && (unicode.IsUpper(after) || ends && unicode.IsUpper(text[i-2]))
	switch {
	case before >= utf8.RuneSelf && after >= utf8.RuneSelf:
		return -2 // three in a row: the text is in another alphabet
	case starts && ends:
		return 0
	case unicode.IsUpper(r) && (unicode.IsLower(before) || !starts && unicode.IsLower(after)):
		return -2 // renÉ, mÜller
	case unicode.IsLower(r) && (capitals || unicode.IsUpper(after)):
		return -2 // JOSé, JanáSmit
	case r == 'ß' && !strings.ContainsRune("aeiouyäöüAEIOUYÄÖÜ", before):
		return -1
	}
	switch r = unicode.ToLower(r); {
	case !strings.ContainsRune(c.letters, r):
		return -1
	case r == 'ã' && after == 'o', r == 'õ' && after == 'e': // São, Camões
		return 2
	case !strings.ContainsRune(c.usual, r), ends && unicode.IsUpper(text[i]) && !capitals: // of two letters: LÓ
		return 1
	}
	return 2
}

// scoreSign judges a sign by where it stands: at the start of a word (or in a gap), at its end, or inside it.
func scoreSign(text []rune, i int) int {
	r, before, after := text[i], text[i-1], text[i+1]
	starts, ends := !unicode.IsLetter(before), !unicode.IsLetter(after)
	switch {
	case unicode.IsControl(r), r == utf8.RuneError:
		return -5
	case before >= utf8.RuneSelf && after >= utf8.RuneSelf:
		return -2
	case starts && ends, r == '\u00a0':
		return 0
	case !starts && !ends && r == '’':
		return scoreApostrophe(text, i)
	case !starts && !ends:
		return -2
	case starts && strings.ContainsRune("‘“„«", r), ends && strings.ContainsRune("’»™®", r), ends && r == '”' && slices.Contains(text[:i], '“'):
		return 2
	case ends && r == '…' && unicode.IsLetter(text[i-2]):
		return 2
	case ends && r == '…':
		return 1
	case strings.ContainsRune("–®™¿¡", r):
		return 0
	}
	return -1
}

// scoreApostrophe judges one inside a word: D’Angelo and it’s are what it is for.
func scoreApostrophe(text []rune, i int) int {
	short := !unicode.IsLetter(text[i-2]) // one letter before
	last := i+2 >= len(text) || !unicode.IsLetter(text[i+2])
	if short && unicode.IsUpper(text[i+1]) || last && strings.ContainsRune("stdm", text[i+1]) {
		return 3
	}
	return 2
}
