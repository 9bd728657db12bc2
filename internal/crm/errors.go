package crm

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Class says what may be done about a failed request.
type Class int

const (
	// Permanent: the vendor refused this request and will refuse it again.
	Permanent Class = iota + 1
	// Unauthorized: the key is missing or wrong (401). No request will succeed.
	Unauthorized
	// Forbidden: the key may not do this (403).
	Forbidden
	// RateLimited: nothing was done; again after RetryAfter (429).
	RateLimited
	// NothingSent: not a byte of the request left (connection refused, DNS, a failed handshake of TLS).
	NothingSent
	// Transient: nothing lasting was done or the call may be repeated (5xx or a lost answer to a read or to a
	// repeatable write).
	Transient
	// Ambiguous: the write may or may not have been done (5xx, an answer that is lost, cut or in another form).
	Ambiguous
	// WrongServer: what answered is not the vendor's API (a web page, plain text, a redirect): most likely a wrong base URL.
	// Writes are answered so only by what has never spoken as the vendor does; even then one may have been done.
	WrongServer
)

// String is the class in words.
func (c Class) String() string {
	names := [...]string{"", "permanent", "unauthorized", "forbidden", "rate limited", "nothing sent", "transient", "ambiguous", "wrong server"}
	if c < 0 || int(c) >= len(names) {
		return "unknown"
	}
	return names[c]
}

// Codes of errors that reports show and scripts may rely on. Fields that break a rule of the table have the codes of
// package mapping.
const (
	CodeTaken       = "taken"           // a unique value is held by another record
	CodeNotFound    = "not_found"       // the vendor knows no such record
	CodeInvalid     = "invalid"         // the vendor refused a value
	CodeForbidden   = "forbidden"       // the key may not do this
	CodeUnverified  = "unverified"      // sent, answer lost
	CodeRateLimited = "rate_limited"    // refused by the rate limit too often
	CodeUnreachable = "unreachable"     // nothing could be sent
	CodeServer      = "server_error"    // the vendor failed
	CodeCommon      = "ambiguous_match" // too many records go by a word of a name
)

// FieldProblem is what a vendor says of one field.
type FieldProblem struct {
	Field   string // the vendor's name
	Code    string // one of the codes above
	Message string // the vendor's words
}

// Error is a request that failed, with the vendor's words.
type Error struct {
	Op         string // verb and object: "create contact"
	Class      Class
	Code       string // one of the codes above
	Message    string // the vendor's words, "" if it had none
	Problems   []FieldProblem
	RetryAfter time.Duration // 429 and 503: how long the vendor asks to wait, 0 if it does not say
	Until      time.Time     // 429 and 503: when the vendor takes requests again, if that is later than anybody waits; else zero
	Meta
	Err error // the cause below HTTP, if any
}

// Error reads "create contact: 422 The given data was invalid. (email: The email has already been taken.)".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op + ":")
	if e.Status != 0 {
		fmt.Fprintf(&b, " %d", e.Status)
	}
	if e.Message != "" {
		b.WriteString(" " + e.Message)
	}
	for i, p := range e.Problems {
		b.WriteString([]string{" (", "; "}[min(i, 1)] + p.Field + ": " + p.Message)
	}
	if len(e.Problems) > 0 {
		b.WriteString(")")
	}
	if e.Err != nil {
		b.WriteString(" " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause below HTTP.
func (e *Error) Unwrap() error { return e.Err }

// IsNotFound reports whether the vendor knows no such record.
func IsNotFound(err error) bool { return ClassOf(err) == Permanent && CodeOf(err) == CodeNotFound }

// ClassOf returns the class of err, 0 if it is not an *Error.
func ClassOf(err error) Class {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return 0
}

// CodeOf returns the code of err, "" if it is not an *Error.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Exhausted reports whether err is there because the vendor takes no request for longer than anybody waits (15 minutes), as
// when the quota of a day is used up, and until when. No request of the account leaves any more: waiting is in vain. A
// write that was answered so by 503 is Ambiguous all the same.
func Exhausted(err error) (until time.Time, ok bool) {
	var e *Error
	if !errors.As(err, &e) || e.Until.IsZero() {
		return time.Time{}, false
	}
	return e.Until, true
}
