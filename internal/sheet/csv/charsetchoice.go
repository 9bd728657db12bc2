package csv

import (
	"fmt"
	"io"
	"strings"

	"crmferry/internal/sheet/rows"
)

// chooseCharset finds a text file's encoding, and says why: the one that was told, else by the byte order mark, by NULs,
// as UTF-8 if all of the file is, and else by what its characters would become.
func chooseCharset(f io.ReadSeeker, head []byte, told string) (charset, reason, error) {
	wide, why, isWide := wideCharset(head)
	if told != "" {
		c, ok := charsetNamed(told)
		if !ok {
			return c, reason{}, rows.Errorf(rows.ErrOption, "the encoding %q is not known; known: %s", told, strings.Join(Encodings(), ", "))
		}
		if isWide && why == "byte order mark" && !strings.HasPrefix(c.name, "UTF-16") {
			return c, reason{}, rows.Errorf(rows.ErrOption, "the file begins with the byte order mark of %s: it cannot be in %s", wide.name, c.name)
		}
		if isWide && strings.HasPrefix(c.name, "UTF-16") {
			c = wide // which of the two was meant, the file shows
		}
		return c, reason{why: "as told"}, nil
	}
	if isWide {
		return wide, reason{why: why}, nil
	}
	if hasPrefix(head, BOM) {
		return charsets()[utf8Set], reason{why: "byte order mark"}, nil
	}
	return sniffCharset(f, head)
}

// sniffCharset decides between UTF-8 and the encodings of one byte for each character. All of the file is looked at: a
// single é in its last row decides.
func sniffCharset(f io.ReadSeeker, head []byte) (charset, reason, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return charset{}, reason{}, err
	}
	valid, first, err := scanUTF8(f)
	if err != nil {
		return charset{}, reason{}, err
	}
	utf := charsets()[utf8Set]
	if valid && first.text == nil {
		return utf, reason{why: "only ASCII characters"}, nil
	}
	if valid {
		return utf, reason{why: fmt.Sprintf("all of it is valid; line %d: %q", first.line, first.text)}, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return charset{}, reason{}, err
	}
	e, err := collectEvidence(f)
	if err != nil {
		return charset{}, reason{}, err
	}
	// In other encodings two characters that look like one of UTF-8 are rare. Where these are the majority, the odd
	// bytes are damage: the row that has the first one is refused when it comes.
	if e.multi > e.bad {
		return utf, reason{why: fmt.Sprintf("most of it is valid; line %d is not: %q", e.words[0].line, e.words[0].text)}, nil
	}
	return guessCharset(e, head)
}
