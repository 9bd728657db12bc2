package charset

import (
	"fmt"
	"io"
	"strings"

	"crmferry/internal/sheet/rows"
)

// Find finds a text's encoding, and says why: the one that was told, else by the byte order mark, by NULs, as UTF-8 if all
// of the text is, and else by what its characters would become.
func Find(f io.ReadSeeker, head []byte, told string) (Layout, Reason, error) {
	wide, why, isWide := wideCharset(head)
	if told != "" {
		c, ok := Named(told)
		if !ok {
			return Layout{}, Reason{}, rows.Errorf(rows.ErrOption, "the encoding %q is not known; known: %s", told, strings.Join(Names(), ", "))
		}
		if hasPrefix(head, BOM) && c.codec != nil {
			return Layout{}, Reason{}, rows.Errorf(rows.ErrOption, "the file begins with the byte order mark of UTF-8: it cannot be in %s", c.Name)
		}
		if isWide && why == byMark && !strings.HasPrefix(c.Name, "UTF-16") {
			return Layout{}, Reason{}, rows.Errorf(rows.ErrOption, "the file begins with the byte order mark of %s: it cannot be in %s", wide.Name, c.Name)
		}
		if isWide && strings.HasPrefix(c.Name, "UTF-16") {
			c = wide // which of the two was meant, the file shows
		}
		return Layout{Charset: c}, Reason{Why: asTold(f, c)}, nil
	}
	if isWide {
		return Layout{Charset: wide}, Reason{Why: why}, nil
	}
	return sniff(f, hasPrefix(head, BOM), loadLanguages)
}

// onlyASCII is why a text is in any encoding.
const onlyASCII = "only ASCII characters"

// asTold is why a text is read in the encoding that was told. Where its content shows another one, or two, it says so.
func asTold(f io.ReadSeeker, c Charset) string {
	const told = "as told"
	if c.codec == nil || strings.HasPrefix(c.Name, "UTF-16") {
		return told
	}
	l, why, err := sniff(f, false, loadLanguages)
	switch {
	case err != nil:
	case l.mixed != nil:
		return told + ", all of it, though it seems to be in two encodings, which are read apart where none is told: " + why.Why
	case l.Charset.codec == nil && why.Why != onlyASCII:
		return told + ", though it is UTF-8: " + why.Why
	}
	return told
}

// sniff decides between UTF-8 and the encodings that it is mistaken for. All of the file is looked at: a single é in its
// last row decides. load is asked for the languages if they are needed.
func sniff(f io.ReadSeeker, marked bool, load func() []language) (Layout, Reason, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Layout{}, Reason{}, err
	}
	found, err := scanUTF8(f)
	switch other := found.other; {
	case err != nil:
		return Layout{}, Reason{}, err
	case found.valid && marked:
		return Layout{Charset: UTF8()}, Reason{Why: byMark}, nil
	case found.valid && other.cell != nil:
		return Layout{Charset: UTF8()}, Reason{Why: fmt.Sprintf("all of it is valid; line %d: %q", other.line, other.cell)}, nil
	case found.valid && found.japanese.cell != nil:
		c, _ := Named("iso-2022-jp")
		return Layout{Charset: c}, Reason{Why: fmt.Sprintf("escape sequences; line %d: %q reads %q", found.japanese.line, found.japanese.cell, c.text(found.japanese.cell))}, nil
	case found.valid:
		return Layout{Charset: UTF8()}, Reason{Why: onlyASCII}, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Layout{}, Reason{}, err
	}
	e, err := collect(f)
	if err != nil {
		return Layout{}, Reason{}, err
	}
	s := newScale(load(), e)
	v := s.judge(e.pieces)
	if marked || s.partlyUTF8(v) {
		l, why := s.inPart()
		return l, why, nil
	}
	if g, ok := s.glue(v); ok {
		return Layout{g.most.Charset, g}, Reason{Why: g.why(v.pieces)}, nil
	}
	c, why, err := v.decide()
	return Layout{Charset: c}, why, err
}

// partlyUTF8 reports whether the pieces that are UTF-8 are not so by chance: most text that is not UTF-8 has none, and in
// the encoding that the others are in they would read like nothing.
func (s *scale) partlyUTF8(v verdict) bool {
	pieces := spread(s.evidence.utf8, firstLook)
	if len(pieces) == 0 {
		return false
	}
	as := func(c candidate) (score float64) {
		for _, p := range s.weigh(c, pieces).pieces {
			score += p
		}
		return score
	}
	return as(candidate{Charset: UTF8()}) > as(v.list[0].candidate)
}

// inPart is UTF-8, and for the rest the encoding that the other pieces are in. What is UTF-8 shows the language.
func (s *scale) inPart() (Layout, Reason) {
	for _, p := range spread(s.evidence.utf8, firstLook) {
		if len(p.text) > 2 { // not the mark
			s.plain = append(s.plain, s.read(p.before, string(p.text), p.after))
		}
	}
	v := s.judge(s.evidence.pieces)
	r := &rest{in: v.list[0].Charset, certain: v.certain()}
	if other, ok := v.rival(); ok {
		r.or = &other.Charset
	}
	p := v.shown(nil)
	why := fmt.Sprintf("not all of it is UTF-8; line %d: %s", p.line, bytesAsText(p.cell))
	if r.certain {
		why += fmt.Sprintf(" reads %q", r.in.text(p.cell))
	}
	return Layout{UTF8(), r}, Reason{Why: why}
}
