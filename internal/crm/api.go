package crm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"time"

	"crmferry/internal/leaveby"
	"crmferry/internal/retryafter"
)

// unreadable is how often is read what makes no sense: half an object, or a web page from a server that spoke JSON
// before. The transport takes a body that is whole for an answer.
const unreadable = 4

// Do sends the call and decodes a 2xx answer of JSON into out, by itself if it is a Decoder. Only an answer of the form that
// out knows counts.
func (a *API) Do(ctx context.Context, call Call, out Shape) (meta Meta, err error) {
	for try := 1; ; try++ {
		if meta, err = a.do(ctx, call, out); err == nil {
			return meta, nil
		}
		if !a.garbled(call, err) || try >= unreadable || ctx.Err() != nil {
			return meta, err
		}
	}
}

// garbled reports whether a read was answered with what makes no sense. What the transport has read again is none of it.
func (a *API) garbled(call Call, err error) bool {
	var e *Error
	if !isRead(call.Method) || !errors.As(err, &e) || e.Status == 0 || isTrouble(e.Status) {
		return false
	}
	return e.Class == Transient || e.Class == WrongServer && a.spoke.Load()
}

func (a *API) do(ctx context.Context, call Call, out Shape) (Meta, error) {
	req, err := a.request(ctx, call)
	if err != nil {
		return Meta{}, err
	}
	resp, err := a.send(req)
	if err != nil {
		return Meta{}, call.transportError(ctx, err)
	}
	defer resp.Body.Close()
	body, err := readAll(resp)
	meta := Meta{Status: resp.StatusCode, RequestID: Clip(resp.Header.Get("X-Request-Id"), maxName)}
	form := formOf(resp, body, err)
	if !isDone(meta.Status) {
		if meta.RequestID == "" && a.RequestID != nil && len(body) <= longestRefusal {
			meta.RequestID = Clip(a.RequestID(body), maxName)
		}
		if form = a.refusing(form, body); form == formJSON && isRefusal(meta.Status) {
			a.spoke.Store(true)
		}
		return meta, a.refusal(call, resp, meta, body, form)
	}
	switch {
	case err != nil:
		return meta, call.lost(ctx, meta, fmt.Errorf("read the answer: %w", err))
	case form == formPage, form == formText:
		return meta, a.foreign(call, Error{Meta: meta, Message: form.String()}, form)
	}
	// Who still waits for a connection gets one sooner if the answers that have arrived are read before any is decoded.
	runtime.Gosched()
	if err := a.checkSize(body); err != nil {
		return meta, call.lost(ctx, meta, err)
	}
	if err := a.decode(body, out); err != nil {
		return meta, a.undecoded(ctx, call, Error{Meta: meta, Err: inWords(err)}, form.proven(body))
	}
	if odd := out.Mismatch(); odd != "" {
		return meta, a.foreign(call, Error{Meta: meta, Message: odd}, formJSON)
	}
	a.spoke.Store(true)
	if known, ok := out.(Identified); ok && meta.RequestID == "" {
		meta.RequestID = Clip(known.RequestID(), maxName)
	}
	return meta, nil
}

// send sends a request. A client follows redirects, which no write does, and copies the request's header for that.
func (a *API) send(req *http.Request) (*http.Response, error) {
	if isRead(req.Method) || a.HTTP.Transport == nil {
		return a.HTTP.Do(req)
	}
	return a.HTTP.Transport.RoundTrip(req)
}

func (a *API) decode(body []byte, out Shape) error {
	if d, ok := out.(Decoder); ok {
		return d.Decode(body, &a.json)
	}
	return a.json.Unmarshal(body, out)
}

// inWords is the error of an answer that could not be decoded, without the names of types, which tell people nothing.
func inWords(err error) error {
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) {
		return fmt.Errorf("decode the answer: %s is of the type %s, which is not documented", cmp.Or(odd.Field, "it"), odd.Value)
	}
	return fmt.Errorf("decode the answer: %w", err)
}

// readAll reads the answer into a buffer of the size that it announces; the transport bounds it.
func readAll(resp *http.Response) ([]byte, error) {
	b := make([]byte, 0, min(max(resp.ContentLength, 0), 1<<20)+1) // of which nothing is left for the end to be found in
	for {
		n, err := resp.Body.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case err == io.EOF:
			return b, nil
		case err != nil:
			return b, err
		case len(b) == cap(b):
			b = slices.Grow(b, bytes.MinRead)
		}
	}
}

func (a *API) request(ctx context.Context, call Call) (*http.Request, error) {
	u, err := a.resolve(call.Path)
	if err != nil {
		return nil, err
	}
	if len(call.Query) > 0 {
		q := u.Query()
		for k, v := range call.Query {
			q[k] = v
		}
		u.RawQuery = q.Encode()
	}
	// What http.NewRequest makes, of parts that are there. No GetBody, so that net/http does not repeat a write by itself, past the
	// limiter.
	req := (&http.Request{Method: call.Method, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
	req.URL, req.Host, req.Body = u, u.Host, http.NoBody
	if call.Body != nil {
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(call.Body)), int64(len(call.Body))
	}
	values := [...]string{a.Accept, call.ContentType, call.Token}
	req.Header = make(http.Header, len(values))
	for i, name := range [...]string{"Accept", "Content-Type", "Idempotency-Key"} {
		if i == 0 || values[i] != "" {
			req.Header[name] = values[i : i+1 : i+1]
		}
	}
	return req, nil
}

// resolve appends path to the base URL; an absolute URL must be on the same host.
func (a *API) resolve(path string) (*url.URL, error) {
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		u, err := url.Parse(path)
		if err != nil {
			return nil, errors.New("follow link: it is not a URL")
		}
		if u.Host != a.Base.Host || u.Scheme != a.Base.Scheme {
			return nil, &Error{Op: "follow link", Class: WrongServer, Code: CodeServer, Message: fmt.Sprintf("it leads to another host, %q", u.Scheme+"://"+u.Host)}
		}
		return u, nil
	}
	path, query, _ := strings.Cut(path, "?")
	u := *a.Base
	u.RawQuery = query
	base := strings.TrimSuffix(a.Base.EscapedPath(), "/")
	plain, err := url.PathUnescape(base + path)
	if err != nil {
		return nil, fmt.Errorf("parse path %q: %w", Clip(path, maxName), err)
	}
	u.Path, u.RawPath = plain, base+path
	return &u, nil
}

// refusal is the error of an answer that is not 2xx.
func (a *API) refusal(call Call, resp *http.Response, meta Meta, body []byte, form answerForm) error {
	e := &Error{Op: call.Op, Class: Permanent, Code: CodeInvalid, Meta: meta}
	e.Status = retryafter.Status(resp)
	if e.RetryAfter = retryafter.Of(resp); e.RetryAfter > retryafter.MaxWait {
		e.Until = time.Now().Add(e.RetryAfter)
	}
	if form == formJSON && len(body) <= longestRefusal && a.DecodeError != nil {
		e.Message, e.Problems = a.words(meta.Status, body)
	}
	for _, p := range e.Problems {
		if p.Code != "" {
			e.Code = p.Code
		}
	}
	if e.Message == "" {
		e.Message = http.StatusText(e.Status)
		if odd := form.String(); odd != "" {
			e.Message = strings.TrimSpace(e.Message + " (" + odd + ")")
		}
		if form == formJSON && len(body) > longestRefusal {
			e.Message += " (its words are too long to be read)"
		}
	}
	switch s := meta.Status; {
	case s == http.StatusUnauthorized:
		e.Class, e.Code = Unauthorized, "unauthorized"
	case s == http.StatusTooManyRequests:
		e.Class, e.Code = RateLimited, CodeRateLimited
	case isTrouble(s):
		e.Class, e.Code = call.doubt(), CodeServer
	case !refusesAnyhow(s) && (form.foreign() || s < 400 || s == http.StatusProxyAuthRequired):
		return a.foreign(call, *e, form)
	case !isRefusal(s) && call.doubt() == Ambiguous: // a word of the vendor's, but none that says that nothing was done
		return call.doubtful(*e)
	case s == http.StatusForbidden:
		e.Class, e.Code = Forbidden, CodeForbidden
	case s == http.StatusNotFound:
		e.Code = CodeNotFound
	}
	return e
}

// isTrouble reports whether a status means that the vendor failed, or what stands before it.
func isTrouble(status int) bool {
	return status >= 500 || status == http.StatusRequestTimeout || status == http.StatusTooEarly
}

// transportError is the error of a request that got no answer.
func (c Call) transportError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && (isRead(c.Method) || errors.Is(err, cause) || errors.Is(err, ctx.Err())) {
		return cause // it never left, or asked for nothing but an answer
	}
	var e *Error
	if errors.As(err, &e) { // made by the transport stack itself
		return err
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err // the URL of the call adds nothing that a user knows
	}
	if neverSent(err) || errors.Is(err, leaveby.ErrLate) {
		return &Error{Op: c.Op, Class: NothingSent, Code: CodeUnreachable, Err: err}
	}
	return c.lost(ctx, Meta{}, err)
}

// neverSent reports whether err happened before a byte of the request left, as far as the error itself tells. The transport,
// which counts the bytes, makes errors of dialling of all others: of a handshake of TLS, say.
func neverSent(err error) bool {
	var op *net.OpError
	if errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect") {
		return true
	}
	var dns *net.DNSError
	return errors.As(err, &dns)
}
