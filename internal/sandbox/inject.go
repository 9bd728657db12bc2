package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"

	"crmferry/internal/sandbox/api"
)

// faultHeader names the fault that hit a request: for tests and for people, no vendor sends it.
const faultHeader = "Sandbox-Fault"

// How long a fault takes that does not say.
const (
	pauseAsked = time.Second            // 429 and 503
	answerLate = 3 * time.Second        // slow
	commitLate = 2 * time.Second        // hang, drop-late and abandoned, behind the end of the connection
	answerSoon = 300 * time.Millisecond // abandoned, where the client waits
)

// inject handles a request that a fault hits.
func (v *endpoint) inject(w http.ResponseWriter, r *http.Request, path string, s *injection) {
	if raw, err := io.ReadAll(io.LimitReader(r.Body, api.MaxBody+1)); err == nil { // all of it has arrived, whatever becomes of it
		r.Body = io.NopCloser(bytes.NewReader(raw))
	}
	w.Header().Set(faultHeader, s.Kind)
	switch s.Kind {
	case faultHang:
		v.hang(r, path, s)
		panic(http.ErrAbortHandler)
	case faultDropLate:
		go v.late(r, path, s)
		panic(http.ErrAbortHandler)
	case faultAbandoned:
		if !pause(r.Context(), answerSoon) {
			v.late(r, path, s)
			return
		}
	}
	var good api.Reply
	if s.commits() {
		good = v.carryOut(r, path)
	}
	switch s.Kind {
	case faultDropBefore, faultDropAfter:
		panic(http.ErrAbortHandler) // closes the connection without an answer
	case faultSlow:
		if !pause(r.Context(), cmp.Or(s.For, answerLate)) {
			return
		}
	case faultTruncate:
		v.date(w)
		cut(w, good)
	case faultPlain:
		s.writePlainly(w)
		return
	}
	v.send(w, v.wrong(s, r, good))
}

// late carries a request out some time after its connection is gone. If it has to wait by then nobody hears of it.
func (v *endpoint) late(r *http.Request, path string, s *injection) {
	pause(context.Background(), cmp.Or(s.For, commitLate))
	v.Answer(r, path)
}

// commits reports whether a request that is hit is carried out.
func (s *injection) commits() bool {
	switch s.Kind {
	case faultTooMany, faultTooManyBare, faultBefore, faultDropBefore, faultOther, faultKey:
		return false
	case faultGateway, faultUnavailable:
		return s.even() // a proxy may answer for a server that committed
	}
	return true
}

// hang keeps a client waiting until it gives up. By turns the request is never carried out, at once, or late.
func (v *endpoint) hang(r *http.Request, path string, s *injection) {
	turn := s.number % 3
	if turn == 2 {
		v.carryOut(r, path)
	}
	<-r.Context().Done()
	if turn == 0 {
		v.late(r, path, s)
	}
}

// wrong is what comes instead of a good answer.
func (v *endpoint) wrong(s *injection, r *http.Request, good api.Reply) api.Reply {
	switch s.Kind {
	case faultTooMany, faultTooManyBare:
		return v.tooMany(s)
	case faultBefore, faultAfter:
		return api.Reply{Status: http.StatusInternalServerError, Body: map[string]string{"message": "Server Error"}}
	case faultGateway:
		return webPage(http.StatusBadGateway, "502 Bad Gateway")
	case faultUnavailable:
		a := webPage(http.StatusServiceUnavailable, "503 Service Temporarily Unavailable")
		a.Header["Retry-After"] = v.announce(s)
		return a
	case faultHTML:
		return webPage(http.StatusOK, "We will be back soon.")
	case faultOther, faultOtherAfter:
		return s.otherForm()
	case faultBadJSON:
		raw := good.Bytes()
		good.Body = raw[:len(raw)/2]
	case faultKey:
		return v.Fail(api.Failure{Status: http.StatusUnauthorized, Rule: v.Name + ".key"})
	case faultRepeat, faultCursor, faultTotal:
		if good.Status == http.StatusOK {
			return v.misleadingPage(s.Kind, r, good)
		}
	}
	return good
}

// tooMany refuses a request as too many, with or without a time to wait.
func (v *endpoint) tooMany(s *injection) api.Reply {
	a := v.Fail(api.Failure{Status: http.StatusTooManyRequests, Rule: v.Name + ".limit", Wait: pauseAsked})
	if a.Header = maps.Clone(a.Header); s.Kind == faultTooManyBare {
		delete(a.Header, "Retry-After")
		return a
	}
	a.Header["Retry-After"] = v.announce(s)
	return a
}

// announce is the Retry-After of a fault, as seconds and as a date by turns. What comes before it is over is counted.
func (v *endpoint) announce(s *injection) string {
	now, wait := v.Now(), cmp.Or(s.For, pauseAsked)
	seconds := (wait + time.Second - 1) / time.Second
	if s.even() {
		until := now.Add(wait + time.Second - 1).Truncate(time.Second)
		v.pauseUntil(now, until)
		return until.UTC().Format(http.TimeFormat)
	}
	v.pauseUntil(now, now.Add(seconds*time.Second))
	return strconv.Itoa(int(seconds))
}

// cut sends the first half of an answer that announces all of it.
func cut(w http.ResponseWriter, a api.Reply) {
	raw := a.Bytes()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	w.WriteHeader(a.Status)
	_, _ = w.Write(raw[:len(raw)/2])
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	panic(http.ErrAbortHandler)
}

// misleadingPage is a good page of contacts that leads astray.
func (v *endpoint) misleadingPage(kind string, r *http.Request, good api.Reply) api.Reply {
	if kind == faultRepeat {
		v.stuck.CompareAndSwap(nil, &good)
		return *v.stuck.Load()
	}
	good.Body = misleadingBody(kind, r.URL.Query().Get("cursor"), good.Body)
	return good
}

// misleadingBody is the body of a list with a cursor that does not advance, or with a total that is too high.
func misleadingBody(kind, cursor string, body any) any {
	list, ok := body.(map[string]any)
	if !ok {
		return body
	}
	list = maps.Clone(list)
	switch meta := list["meta"].(type) {
	case map[string]any:
		if kind == faultCursor {
			meta["hasMore"], meta["nextCursor"] = true, cursor
		}
	case map[string]int:
		if kind == faultTotal {
			meta["total"] += 7
		}
	}
	if total, ok := list["totalItems"].(int); ok && kind == faultTotal {
		list["totalItems"] = total + 7
	}
	return list
}
