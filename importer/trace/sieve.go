package trace

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/people"
)

// sieve holds back the records of a journal that cannot be about a contact, without decoding them: a journal may have a
// million. What it lets through need not be about the contact.
type sieve struct {
	id     []byte   // as a record has it; nil if no id can be meant
	loose  [][]byte // letters and digits of what is asked for, each of several words; of one the record must have all
	digits []byte   // of a phone
}

func newSieve(q people.Question) sieve {
	var s sieve
	if q.ID() != "" {
		v, err := json.Marshal(q.ID())
		if err != nil {
			panic(err) // no text is refused
		}
		s.id = append([]byte(`"id":`), v...)
	}
	email, phone, name := q.Texts()
	for _, word := range append(cells.NameWords(email), cells.NameWords(name)...) {
		s.loose = append(s.loose, []byte(word))
	}
	if digits := strings.TrimLeft(crm.Digits(phone), "0"); digits != "" {
		s.digits = []byte(digits[max(0, len(digits)-people.CommonDigits):])
	}
	return s
}

var beforeName = []byte(`"before":`)

// lets reports whether a record may be about the contact. Where the rows are kept, keys need no look.
func (s *sieve) lets(raw []byte, kept bool) bool {
	if s.id != nil && bytes.Contains(raw, s.id) {
		return true
	}
	if kept {
		at := bytes.Index(raw, beforeName)
		if at < 0 {
			return false
		}
		raw = raw[at:]
	}
	return s.mayHold(raw)
}

// mayHold reports whether what is asked for may stand in JSON.
func (s *sieve) mayHold(raw []byte) bool {
	var loose, digits [1 << 10]byte
	words, numbers := loose[:0], digits[:0]
	for i, b := range raw {
		switch {
		case b >= utf8.RuneSelf, b == '\\' && i+1 < len(raw) && raw[i+1] == 'u':
			return true // accents and escapes: whoever decodes it can tell
		case b >= '0' && b <= '9':
			words, numbers = append(words, b), append(numbers, b)
		case b >= 'A' && b <= 'Z':
			words = append(words, b+'a'-'A')
		case b >= 'a' && b <= 'z':
			words = append(words, b)
		}
	}
	if s.digits != nil && bytes.Contains(numbers, s.digits) {
		return true
	}
	for _, word := range s.loose {
		if !bytes.Contains(words, word) {
			return false
		}
	}
	return len(s.loose) > 0
}
