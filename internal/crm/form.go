package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// answerForm is what the body of an answer looks like. Vendors answer in JSON or with nothing; what comes in another form
// is the word of something in between, a gateway or a proxy, behind which a write may have been done.
type answerForm int

const (
	formEmpty answerForm = iota
	formJSON             // an object or a list
	formHalf             // begins as JSON, and is none
	formCut              // could not be read to its end
	formPage             // a web page
	formText             // anything else
	formOther            // a refusal in JSON that lacks what the vendor's have
)

// Shape is what an answer to a call is decoded into. It knows the form that the vendor documents for that answer: whole JSON
// may be the word of something in between, too ({"status": "down for maintenance"}), and decodes into anything.
type Shape interface {
	// Mismatch says for people in what the decoded answer is not of the documented form, by that which tells the vendor's
	// answers from anybody's: "the answer names no id". It is "" if it is of that form.
	Mismatch() string
}

// MismatchedID is the Mismatch of an answer that is about one record: it has the record's id, which is the one asked for
// unless that is "".
func MismatchedID(got, asked string) string {
	switch {
	case !IsID(got):
		return "the answer names no id"
	case asked != "" && !strings.EqualFold(got, asked):
		return "the answer is about another record, " + strconv.Quote(Clip(got, maxName))
	}
	return ""
}

// formOf looks at the beginning of a body, which could be read up to err.
func formOf(resp *http.Response, body []byte, err error) answerForm {
	text := bytes.TrimSpace(body)
	switch {
	case err != nil:
		return formCut
	case len(text) == 0:
		return formEmpty
	case text[0] == '{' || text[0] == '[':
		return formJSON
	case strings.Contains(resp.Header.Get("Content-Type"), "html") || text[0] == '<':
		return formPage
	}
	return formText
}

// proven looks at all of a body that begins as JSON: decoding, which most answers are for, shows the same.
func (f answerForm) proven(body []byte) answerForm {
	if f == formJSON && !json.Valid(body) {
		return formHalf
	}
	return f
}

// refusing looks at all of the body of a refusal that begins as JSON, and whether it is of the vendor's form.
func (a *API) refusing(f answerForm, body []byte) answerForm {
	f = f.proven(body)
	if f != formJSON || a.Refusals == nil || len(body) > longestRefusal {
		return f
	}
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) == 0 {
		return f
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil || len(members) > 0 && !areTexts(members) && !slices.ContainsFunc(a.Refusals, func(name string) bool { return members[name] != nil }) {
		return formOther
	}
	return f
}

// areTexts reports whether each member is a list of texts: {"email": ["has already been taken"]}, fields and what is wrong with them, as
// Rails answers where nothing else is written. No vendor documents it, and two document no body at all.
func areTexts(members map[string]json.RawMessage) bool {
	for _, m := range members {
		var texts []string
		if json.Unmarshal(m, &texts) != nil || len(texts) == 0 {
			return false
		}
	}
	return true
}

// String says for people what is wrong with the form, "" if nothing is.
func (f answerForm) String() string {
	return [...]string{"", "", "the answer ends in the middle", "the answer was cut", "the answer is a web page, not JSON", "the answer is text, not JSON", "the answer is JSON, and not in the vendor's form"}[f]
}

// foreign reports whether somebody else than the vendor has answered, or cut what the vendor said.
func (f answerForm) foreign() bool { return f > formJSON }

// isDone reports whether a status means that a request was carried out.
func isDone(status int) bool { return status >= 200 && status <= 299 }

// isRefusal reports whether a status means that nothing was done, if the vendor itself has said so.
func isRefusal(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed,
		http.StatusConflict, http.StatusGone, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return true
	}
	return refusesAnyhow(status)
}

// refusesAnyhow reports whether a status means that nothing was done, whoever has said so and however.
func refusesAnyhow(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusRequestEntityTooLarge || status == http.StatusTooManyRequests
}

// foreign is e as the error of an answer in a form that is none of the vendor's, be it JSON. A read tells nothing then, and
// least of all that nobody is there. A write may have been done behind it; but
// as long as the vendor has never spoken, the address is most likely wrong, and nothing more should be sent to it.
func (a *API) foreign(call Call, e Error, form answerForm) error {
	if spoke := a.spoke.Load(); form == formCut || isRead(call.Method) && form == formHalf || !isRead(call.Method) && spoke {
		return call.doubtful(e)
	}
	e.Op, e.Class, e.Code = call.Op, WrongServer, CodeServer
	return &e
}

// undecoded is e as the error of an answer that could not be decoded.
func (a *API) undecoded(ctx context.Context, call Call, e Error, form answerForm) error {
	if form != formJSON && isRead(call.Method) {
		return call.lost(ctx, e.Meta, e.Err)
	}
	return a.foreign(call, e, form)
}
