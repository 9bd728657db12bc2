package crm

import (
	"bytes"
	"fmt"
)

// What a vendor answers is bounded before it is decoded: 31 MB of {} would become gigabytes of contacts. So are its words,
// which end up in reports and journals, and lists of names, which are held in memory.
const (
	// pagesInAnswer is how many documented pages of records a list of an answer may hold: some servers give more than
	// they are asked for.
	pagesInAnswer = 4
	// mostUndocumented is how many records it may hold where the vendor documents no page size.
	mostUndocumented = 100_000
	// mostElements is how many elements all lists of an answer may have together.
	mostElements = 50_000
	// uncounted is how many commas an answer may have that is not looked at: a common page has fewer, and so few elements
	// do no harm.
	uncounted = 4000
	// deepest is how deep an answer may be nested that is looked at: no decoder goes that deep.
	deepest = 10_000

	// longestRefusal is how long a refusal may be whose words are read, in bytes.
	longestRefusal = 1 << 20
	maxWords       = 2000 // characters of a message
	maxName        = 200  // characters of a field's name, of the id of a request
	maxProblems    = 100  // fields of a refusal
	maxID          = 1000 // bytes of a record's id
)

const (
	// MaxHeld is how many records of a list are held in memory, and how many pages of one are read: a list that does not
	// end is given up there.
	MaxHeld = 250_000
	maxText = 64 << 20 // bytes of their texts
)

// Endless is the error of a list that does not end, or is too long to be held.
func Endless(op string) error {
	return &Error{Op: op, Class: WrongServer, Code: CodeServer, Message: "the list does not end, or is too long to be held in memory"}
}

// Held counts the names (tags, stages, clients) of a list that are held in memory.
type Held struct{ n, bytes int }

// Add counts one with its texts. The error is Endless.
func (h *Held) Add(op string, texts ...string) error {
	h.n++
	for _, t := range texts {
		h.bytes += len(t)
	}
	if h.n > MaxHeld || h.bytes > maxText {
		return Endless(op)
	}
	return nil
}

// IsID reports whether a vendor's text can be the id of a record: there is one, and it is not too long to be kept.
func IsID(s string) bool { return s != "" && len(s) <= maxID }

// Clip is a vendor's text for people, cut to so many characters.
func Clip(s string, characters int) string {
	if len(s) <= characters {
		return s
	}
	n := 0
	for i := range s {
		if n == characters {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// most is how many records a list of an answer may hold.
func (a *API) most() int {
	if a.PageSize == 0 {
		return mostUndocumented
	}
	return pagesInAnswer * a.PageSize
}

// checkSize refuses an answer that holds far more than the vendor documents. Lists of texts count only among all elements:
// a contact may have many tags.
func (a *API) checkSize(body []byte) error {
	most := a.most()
	if bytes.Count(body, []byte{','}) < uncounted {
		return nil
	}
	c := counter{most: most, all: max(mostElements, 3*most)}
	if c.count(body) {
		return nil
	}
	return fmt.Errorf("it holds more than %d records in one list, or %d altogether: no answer is documented to be that large", c.most, c.all)
}

// counter counts the elements of all lists of a JSON text.
type counter struct {
	most, all int
	elements  int // of all lists
	open      []openValue
}

// openValue is a list or an object that has begun.
type openValue struct {
	list    bool
	records int // elements of the list that are no texts
	text    bool
}

// count reports whether no list has too many records, and all together not too many elements. What is no JSON it leaves to
// the decoder.
func (c *counter) count(body []byte) bool {
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '"':
			c.text()
			i += textLength(body[i+1:])
		case '[', '{':
			c.open = append(c.open, openValue{list: body[i] == '['})
		case ']', '}':
			c.end()
			c.open = c.open[:max(len(c.open)-1, 0)]
		case ',':
			c.end()
		default:
			continue
		}
		if len(c.open) > deepest {
			return true
		}
		if n := len(c.open); c.elements > c.all || n > 0 && c.open[n-1].records > c.most {
			return false
		}
	}
	return true
}

// text notes that the element that is read is a text.
func (c *counter) text() {
	if n := len(c.open); n > 0 {
		c.open[n-1].text = true
	}
}

// end counts the element that has ended.
func (c *counter) end() {
	n := len(c.open)
	if n == 0 || !c.open[n-1].list {
		return
	}
	c.elements++
	if !c.open[n-1].text {
		c.open[n-1].records++
	}
	c.open[n-1].text = false
}

// textLength is where the JSON text ends that goes on with rest, its closing quote included.
func textLength(rest []byte) int {
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(rest)
}

// words are the vendor's of a refusal, bounded.
func (a *API) words(status int, body []byte) (message string, problems []FieldProblem) {
	message, problems = a.DecodeError(status, body)
	problems = problems[:min(len(problems), maxProblems)]
	for i, p := range problems {
		problems[i].Field, problems[i].Message = Clip(p.Field, maxName), Clip(p.Message, maxWords)
	}
	return Clip(message, maxWords), problems
}
