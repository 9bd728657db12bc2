package transport

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mask stands where a secret was.
const mask = "[redacted]"

// shortest is the length of the shortest secret that is looked for: a shorter one would mask parts of common words.
const shortest = 4

// redactor takes secrets out of texts. It finds them in every way in which URLs, HTML and texts in quotes escape
// characters, so that none shows once such a text is decoded.
type redactor struct {
	secrets []string
	begins  [256]bool // bytes that a secret may begin with
}

// newRedactor knows each secret, and all together as Basic authentication sends a pair of them.
func newRedactor(secrets []string) *redactor {
	r := new(redactor)
	for _, s := range append([]string{base64.StdEncoding.EncodeToString([]byte(strings.Join(secrets, ":")))}, secrets...) {
		if s = strings.TrimSpace(s); len(s) >= shortest {
			r.secrets = append(r.secrets, s)
			r.begins[s[0]] = true
		}
	}
	for _, c := range []byte(`\%&+`) { // so does an escaped one
		r.begins[c] = true
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) }) // one may begin with another
	return r
}

// Replace returns the text without secrets.
func (r *redactor) Replace(text string) string {
	var clean strings.Builder
	done := 0
	for i := 0; i < len(text); {
		n := r.at(text[i:])
		if n == 0 {
			i++
			continue
		}
		clean.WriteString(text[done:i] + mask)
		i += n
		done = i
	}
	if done == 0 {
		return text
	}
	return clean.String() + text[done:]
}

// at is how many bytes of the text spell a secret that begins there, 0 if none does.
func (r *redactor) at(text string) int {
	if !r.begins[text[0]] {
		return 0
	}
	for _, s := range r.secrets {
		if n := spelled(text, s); n > 0 {
			return n
		}
	}
	return 0
}

// spelled is how many bytes at the beginning of the text spell a secret, any character escaped or not; -1 if they do not.
func spelled(text, secret string) int {
	if secret == "" {
		return 0
	}
	c, size := utf8.DecodeRuneInString(secret)
	for _, n := range [...]int{plain(text, c), escaped(text, c)} {
		if n == 0 {
			continue
		}
		if rest := spelled(text[n:], secret[size:]); rest >= 0 {
			return n + rest
		}
	}
	return -1
}

// plain is how many bytes of the text are the character as it is, 0 if it is another one.
func plain(text string, c rune) int {
	if r, n := utf8.DecodeRuneInString(text); n > 0 && r == c {
		return n
	}
	return 0
}

// escaped is how many bytes of the text are the character, escaped once or several times over; 0 if it is another one.
func escaped(text string, c rune) int {
	switch {
	case text == "":
	case text[0] == '\\':
		n := repeats(text, `\`)
		return beyond(n, quoted(text[n:], c))
	case text[0] == '%':
		n := len("%") + repeats(text[1:], "25")
		return beyond(n, hex(text[n:], 2, c))
	case text[0] == '&':
		n := len("&") + repeats(text[1:], "amp;")
		if c == '&' && n > 1 {
			return n
		}
		return beyond(n, entity(text[n:], c))
	case text[0] == '+' && c == ' ':
		return 1
	}
	return 0
}

// deepest is how many times over escapes are undone.
const deepest = 8

// repeats is how many bytes of the text are repetitions of what it begins with.
func repeats(text, what string) int {
	n := 0
	for n < deepest*len(what) && strings.HasPrefix(text[n:], what) {
		n += len(what)
	}
	return n
}

// beyond adds the n bytes before it to a match, if it is one.
func beyond(n, match int) int {
	if match == 0 {
		return 0
	}
	return n + match
}

// quoted reads what stands behind the backslash in a text in quotes.
func quoted(text string, c rune) int {
	switch {
	case strings.HasPrefix(text, "u{"):
		end := strings.IndexByte(text[:min(len(text), longestEscape)], '}')
		return beyond(len("u{}"), hex(text[len("u{"):], end-len("u{"), c))
	case strings.HasPrefix(text, "u"):
		return beyond(len("u"), hex(text[1:], 4, c))
	case strings.HasPrefix(text, "x"):
		return beyond(len("x"), hex(text[1:], 2, c))
	}
	return plain(text, c)
}

// entity reads what stands behind the & of a character in HTML.
func entity(text string, c rune) int {
	end := strings.IndexByte(text[:min(len(text), longestEscape)], ';')
	if end > 0 && html.UnescapeString("&"+text[:end+1]) == string(c) {
		return end + 1
	}
	return 0
}

// longestEscape is longer than any escape of one character.
const longestEscape = 16

// hex is the number of digits if they are the character.
func hex(text string, digits int, c rune) int {
	if digits < 1 || len(text) < digits {
		return 0
	}
	if n, err := strconv.ParseUint(text[:digits], 16, 32); err != nil || rune(n) != c {
		return 0
	}
	return digits
}

// redactedError has the text of its cause without secrets.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }

// Unwrap returns the cause, whose own text may hold secrets.
func (e *redactedError) Unwrap() error { return e.cause }

// redacted takes secrets out of errors, headers and refusals: some servers repeat the key that they refuse.
type redacted struct {
	next http.RoundTripper
	hide *redactor
}

func (r redacted) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		text := err.Error()
		if clean := r.hide.Replace(text); clean != text {
			err = &redactedError{clean, err}
		}
		return nil, err
	}
	for _, values := range resp.Header {
		for i := range values {
			values[i] = r.hide.Replace(values[i])
		}
	}
	if resp.StatusCode > 299 {
		r.refusal(resp)
	}
	return resp, nil
}

// refusal takes secrets out of an answer's body.
func (r redacted) refusal(resp *http.Response) {
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(&endsWith{bytes.NewReader([]byte(r.hide.Replace(string(body)))), err})
	resp.ContentLength = -1
}

// endsWith yields what its reader has, then err unless it is nil.
type endsWith struct {
	*bytes.Reader
	err error
}

func (e *endsWith) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if err == io.EOF && e.err != nil {
		err = e.err
	}
	return n, err
}
