package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"sync/atomic"

	"crmferry/internal/quickjson"
)

// API sends the calls of one vendor's client and turns whatever goes wrong into an *Error.
type API struct {
	Base *url.URL     // what the documented paths are appended to; may carry a path of its own
	HTTP *http.Client // its transport authenticates, paces, repeats reads and bounds bodies
	// PageSize is the most records that the vendor documents for a page of a list, 0 if it documents none: an answer with
	// far more is not decoded.
	PageSize int
	// Accept is the type of answer that is asked for.
	Accept string
	// DecodeError reads the vendor's words out of an error body that is valid JSON.
	DecodeError func(status int, body []byte) (message string, problems []FieldProblem)
	// Refusals are members by which a refusal of the vendor's is told from that of anybody else who answers in JSON, as a
	// gateway does: it has one of them at least. A body that says nothing, {} or [], tells as much as an empty one. nil: any JSON
	// may be the vendor's.
	Refusals []string
	// RequestID reads the vendor's id of the request out of the body of a refusal, where the header X-Request-Id does
	// not tell it; nil if bodies have none. Other answers tell it by implementing Identified.
	RequestID func(body []byte) string

	json  quickjson.Decoders
	spoke atomic.Bool // the vendor has answered in JSON: whatever else comes from there is not the wrong server
}

// Identified is the shape of an answer whose body tells the vendor's id of the request.
type Identified interface {
	// RequestID is the vendor's id of the request, "" if the body lacks it.
	RequestID() string
}

// Decoder is the shape of an answer that decodes itself.
type Decoder interface {
	// Decode reads the body of an answer, which it does not keep. After an error it may be called again.
	Decode(body []byte, json *quickjson.Decoders) error
}

// Call is one request.
type Call struct {
	Op          string // verb and object, for errors: "create contact"
	Method      string
	Path        string // escaped, starting with a slash, appended to the base URL; or an absolute URL on the same host
	Query       url.Values
	Token       string // goes as Idempotency-Key; "" for none
	ContentType string
	Body        []byte
	// Repeatable: doing it twice does what doing it once does, so that a lost answer is no doubt. Reads are.
	Repeatable bool
}

// JSON returns v as the body of a call. It panics if v cannot be marshalled, which is a programming error.
func JSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// OrNull is s in the body of a call, null if it is empty.
func OrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// lost is the error of an answer that was lost, cut or unreadable.
func (c Call) lost(ctx context.Context, meta Meta, err error) error {
	if ctx.Err() != nil && isRead(c.Method) {
		return context.Cause(ctx)
	}
	return c.doubtful(Error{Meta: meta, Err: err})
}

// doubtful is e as the error of a call that perhaps did its work.
func (c Call) doubtful(e Error) error {
	e.Op, e.Class, e.Code = c.Op, c.doubt(), CodeUnverified
	if e.Class == Transient {
		e.Code = CodeServer
	}
	return &e
}

func (c Call) doubt() Class {
	if c.Repeatable || isRead(c.Method) {
		return Transient
	}
	return Ambiguous
}

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }
