package sandbox

import (
	"cmp"
	"net"
	"net/http"

	"crmferry/internal/sandbox/api"
)

// What an answer of another form can be.
const (
	formPage = "html"
	formText = "text"
	formHalf = "half"
	formJSON = "json"
)

// forms lists the forms of answers that are none of the vendor's.
func forms() []string { return []string{formPage, formText, formHalf, formJSON} }

// otherJSON are whole answers in JSON that are none of the vendor's.
func otherJSON() []string { return []string{`{"status": "down for maintenance"}`, `{}`, `[]`, `null`} }

// otherStatuses are what such answers come with, by turns. Those that mean a refusal whatever the body are not among them.
func otherStatuses() []int {
	return []int{200, 302, 404, 422, 499, 303, 307, 400, 403, 405, 409, 410, 415, 421}
}

// otherForm is an answer of something that stands between the vendor and its clients.
func (s *injection) otherForm() api.Reply {
	statuses, turn := otherStatuses(), s.number-1
	status := cmp.Or(s.Status, statuses[turn%len(statuses)])
	switch cmp.Or(s.Form, forms()[(turn+turn/len(statuses))%len(forms())]) { // each status meets each form
	case formJSON:
		if body := s.json(); len(body) > len("{}") { // one that says nothing refuses, as an empty one does
			return api.Reply{Status: status, Body: []byte(body)}
		}
		return api.Reply{Status: cmp.Or(s.Status, http.StatusOK), Body: []byte(s.json())}
	case formText:
		return api.Reply{Status: status, Header: map[string]string{"Content-Type": "text/plain"}, Body: []byte("upstream is away\n")}
	case formHalf:
		return api.Reply{Status: status, Body: []byte(`{"data": {"id": `)}
	}
	return webPage(status, "This page is being moved.")
}

// json is one answer of otherJSON, by turns.
func (s *injection) json() string {
	turn, all := s.number-1, otherJSON()
	if s.Form == "" {
		turn /= len(forms())
	}
	return all[turn%len(all)]
}

// writePlainly writes plain text on the connection of a request, below TLS if there is any, and closes it: as the answer
// of HTTP that a gateway gives without TLS by turns, else as words.
func (s *injection) writePlainly(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	raw := conn
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		raw = secure.NetConn()
		defer raw.Close() // first: what TLS says of its end is no plain text
	}
	text := "upstream connect error or disconnect before headers\n"
	if s.even() {
		text = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThe plain HTTP request was sent to HTTPS port\n"
	}
	_, _ = raw.Write([]byte(text))
}

// webPage is what a proxy says in the vendor's place.
func webPage(status int, text string) api.Reply {
	return api.Reply{Status: status, Header: map[string]string{"Content-Type": "text/html"},
		Body: []byte("<!doctype html><title>" + text + "</title><p>" + text)}
}
