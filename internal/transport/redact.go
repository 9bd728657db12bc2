package transport

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// mask stands where a secret was.
const mask = "[redacted]"

// shortest is the length of the shortest secret that is looked for: a shorter one would mask parts of common words.
const shortest = 4

// redactor takes secrets out of texts.
type redactor struct{ *strings.Replacer }

// newRedactor knows each secret as it is, as URLs and JSON escape it, and a pair of them as Basic authentication
// sends it.
func newRedactor(secrets []string) redactor {
	var pairs []string
	add := func(forms ...string) {
		for _, s := range forms {
			if len(s) >= shortest {
				pairs = append(pairs, s, mask)
			}
		}
	}
	add(base64.StdEncoding.EncodeToString([]byte(strings.Join(secrets, ":"))))
	for _, s := range secrets {
		if s = strings.TrimSpace(s); len(s) >= shortest {
			add(s, url.QueryEscape(s), url.PathEscape(s))
			add(jsonForms(s)...)
		}
	}
	return redactor{strings.NewReplacer(pairs...)}
}

// jsonForms are the ways in which encoders write s within a JSON text: with or without <, > and &, and the slash,
// escaped.
func jsonForms(s string) []string {
	escaped, err := json.Marshal(s)
	if err != nil {
		return nil
	}
	html := string(escaped[1 : len(escaped)-1])
	plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(html)
	slash := strings.NewReplacer("/", `\/`)
	return []string{html, plain, slash.Replace(html), slash.Replace(plain)}
}

// redactedError has the text of its cause without secrets.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }

// Unwrap returns the cause, whose own text may hold secrets.
func (e *redactedError) Unwrap() error { return e.cause }

// redacted takes secrets out of errors and of refusals: some servers repeat the key that they refuse.
type redacted struct {
	next http.RoundTripper
	hide redactor
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
	if resp.StatusCode > 299 {
		r.refusal(resp)
	}
	return resp, nil
}

// refusal takes secrets out of an answer's header and body.
func (r redacted) refusal(resp *http.Response) {
	for _, values := range resp.Header {
		for i := range values {
			values[i] = r.hide.Replace(values[i])
		}
	}
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
