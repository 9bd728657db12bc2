package xlsx

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"crmferry/internal/sheet/rows"
)

// maxShared is how many bytes of memory the shared texts of a workbook may take, and maxUnused how many are read that no
// cell refers to.
const (
	maxShared = 512 << 20
	maxUnused = 1 << 30
)

// sharedTexts is the table of texts that cells refer to by number. It is read as far as the cells need it.
type sharedTexts struct {
	name  string                        // of its part
	open  func() (io.ReadCloser, error) // nil if there is none
	part  io.ReadCloser
	xml   xmlScanner
	texts []string
	size  int
	value []byte
}

func (s *sharedTexts) close() {
	if s.part != nil {
		s.part.Close()
	}
}

// at is the text with that number, from 0.
func (s *sharedTexts) at(i int) (string, error) {
	for i >= len(s.texts) {
		if err := s.readMore(); err != nil {
			return "", err
		}
	}
	return s.texts[i], nil
}

// readMore reads the next text.
func (s *sharedTexts) readMore() (err error) {
	if s.part == nil && s.open == nil {
		return rows.Errorf(rows.ErrDamaged, "the workbook has no shared texts, and the cell refers to one")
	}
	if s.part == nil {
		if s.part, err = s.open(); err != nil {
			return err
		}
		s.xml = newXMLScanner(s.part)
		if err = s.xml.start(); err != nil {
			return s.failed(err)
		}
	}
	for {
		t, err := s.xml.next()
		switch {
		case err != nil:
			return s.failed(err)
		case t.ends("sst"), t.is("sst") && t.empty:
			return rows.Errorf(rows.ErrDamaged, "the workbook has only %d shared texts, and the cell refers to a further one", len(s.texts))
		case !t.is("si"):
			continue
		}
		s.value = s.value[:0]
		if !t.empty {
			if s.value, err = s.xml.richText(s.value, "si"); err != nil {
				return s.failed(err)
			}
		}
		return s.store()
	}
}

// finish reads what no cell has asked for: the checksum of the part stands at its end.
func (s *sharedTexts) finish() error {
	if s.part == nil {
		return nil
	}
	n, err := io.Copy(io.Discard, io.LimitReader(s.part, maxUnused+1))
	switch {
	case err != nil:
		return s.failed(err)
	case n > maxUnused:
		return rows.Errorf(rows.ErrTooBig, "the workbook has more than %d MB of shared texts that no cell refers to", maxUnused>>20)
	}
	return nil
}

// store appends the text that was read.
func (s *sharedTexts) store() error {
	if !utf8.Valid(s.value) {
		return rows.Errorf(rows.ErrDamaged, "a shared text is not UTF-8: %q", s.value[:min(len(s.value), 40)])
	}
	text := string(appendUnescaped(nil, s.value))
	if s.size += len(text) + 16; s.size > maxShared {
		return rows.Errorf(rows.ErrTooBig, "the workbook has more than %d MB of shared texts", maxShared>>20)
	}
	s.texts = append(s.texts, text)
	return nil
}

func (s *sharedTexts) failed(err error) error {
	if err == io.ErrUnexpectedEOF {
		return rows.Errorf(rows.ErrCutOff, "the workbook's shared texts are cut off")
	}
	if _, ok := err.(*rows.Cause); ok {
		return err
	}
	return rows.Errorf(rows.ErrDamaged, "the workbook's shared texts are damaged: %v", err)
}

// richText appends the runs of a text up to the end tag of that name, without the phonetic ones.
func (s *xmlScanner) richText(dst []byte, name string) ([]byte, error) {
	phonetic := false
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return dst, err
		case t.ends(name):
			return dst, nil
		case t.ends("sheetData"), t.ends("sst"):
			return dst, rows.Errorf(rows.ErrDamaged, "the text does not end")
		case string(t.name) == "rPh":
			phonetic = t.open && !t.empty
		case t.is("t") && !t.empty && !phonetic:
			if dst, err = s.text(dst); err != nil {
				return dst, err
			}
		}
	}
}

// appendUnescaped appends a text with its escapes resolved (_x000D_ is CR, _x005F_ an underscore that would else start
// one; ECMA-376 part 1, 22.9.2.19), and CRLF as LF.
func appendUnescaped(dst, text []byte) []byte {
	for len(text) > 0 {
		i := bytes.IndexAny(text, "_\r")
		if i < 0 {
			break
		}
		dst, text = append(dst, text[:i]...), text[i:]
		r, n := rune(text[0]), 1
		if text[0] == '_' {
			if e, length := escape(text); length > 0 {
				r, n = e, length
			}
		}
		text = text[n:]
		if r == '\r' && len(text) > 0 && (text[0] == '\n' || hasPrefix(text, "_x000A_") || hasPrefix(text, "_x000a_")) {
			continue
		}
		dst = utf8.AppendRune(dst, r)
	}
	return append(dst, text...)
}

// escape is the character that the text starts with the escape of, and the escape's length, 0 if it is none.
func escape(text []byte) (rune, int) {
	const length = len("_x0000_")
	unit := func(text []byte) rune {
		if len(text) < length || text[0] != '_' || text[1] != 'x' || text[length-1] != '_' {
			return -1
		}
		n, err := strconv.ParseUint(string(text[2:length-1]), 16, 16)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	r := unit(text)
	switch {
	case r < 0:
		return 0, 0
	case !utf16.IsSurrogate(r):
		return r, length
	}
	if r = utf16.DecodeRune(r, unit(text[length:])); r == utf8.RuneError {
		return 0, 0
	}
	return r, 2 * length
}
