package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// ruleHeader names the rule that a refused request broke: for tests and for people, no vendor sends it.
const ruleHeader = "Sandbox-Rule"

// maxBody bounds what is read of a request.
const maxBody = 1 << 20

// vendor is what the four have in common: counting, authentication, limits, routing, and one lock.
type vendor struct {
	name   string
	server *Server
	routes []*route
	// authorized tells the invented key from any other.
	authorized func(*http.Request) bool
	// fail writes a refusal in the vendor's style.
	fail func(failure) reply
	// load seeds the records; called once, before the first request is handled.
	load  func()
	once  sync.Once
	mu    sync.RWMutex  // guards the vendor's records
	limit *window       // nil: none
	skew  time.Duration // how far ahead its clock is
	// churn makes a contact of a person and deletes one; pick is any number.
	churn func(c *call, p Person, pick int)
	ids   func() []string       // of the contacts that are listed
	stuck atomic.Pointer[reply] // the page that comes for ever
	pages atomic.Int64          // requests for pages of contacts

	troubles []*trouble
	announced

	requests, writes, faults atomic.Int64
}

// route is one documented call.
type route struct {
	method, pattern string
	media           []string // the content types of the body, nil: there is none
	body            *schema
	partial         bool    // required fields of body may be missing
	query           *schema // nil: no parameters
	handle          func(*call) reply
	contacts        bool // a list of contacts, which churn and faults are about
	calls           atomic.Int64
}

// call is a request whose body and query keep the documented rules.
type call struct {
	*http.Request
	at    time.Time
	raw   []byte         // the body
	body  map[string]any // decoded
	query url.Values
}

// reply is an answer before it is written.
type reply struct {
	status int
	header map[string]string
	body   any // encoded as JSON; []byte is sent as it is
	rule   string
}

// failure is why a request is refused.
type failure struct {
	status   int
	rule     string
	message  string
	problems []problem
	wait     time.Duration // with 429
}

func (v *vendor) serve(w http.ResponseWriter, r *http.Request, path string) {
	v.requests.Add(1)
	v.arrive(v.now())
	read := r.Method == http.MethodGet
	if !read {
		v.writes.Add(1)
	}
	half := v.server.options.Latency / 2
	pause(context.WithoutCancel(r.Context()), half) // what has arrived is carried out, whether or not anybody waits
	v.once.Do(v.load)
	rt, _ := v.find(r, path)
	if s := v.struck(rt != nil && rt.contacts, read); s != nil {
		v.suffer(w, r, path, s)
		return
	}
	a := v.answer(r, path)
	if pause(r.Context(), half) {
		v.send(w, a)
	}
}

// send writes an answer that is dated by the vendor's clock.
func (v *vendor) send(w http.ResponseWriter, a reply) {
	v.date(w)
	a.write(w)
}

func (v *vendor) date(w http.ResponseWriter) {
	w.Header().Set("Date", v.now().UTC().Format(http.TimeFormat))
}

// pause waits for d and says whether the request is still wanted.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (v *vendor) answer(r *http.Request, path string) reply {
	now := v.now()
	if !v.authorized(r) {
		return v.fail(failure{status: http.StatusUnauthorized, rule: v.name + ".key"})
	}
	if v.limit != nil {
		if wait := v.limit.take(now); wait > 0 {
			v.pauseUntil(now, now.Add(wait))
			return v.fail(failure{status: http.StatusTooManyRequests, rule: v.name + ".limit", wait: wait})
		}
	}
	rt, status := v.find(r, path)
	switch status {
	case http.StatusNotFound:
		return v.fail(failure{status: status, rule: v.name + ".path"})
	case http.StatusMethodNotAllowed:
		return v.fail(failure{status: status, rule: v.name + ".method"})
	}
	rt.calls.Add(1)
	c := &call{Request: r, at: now.UTC().Truncate(time.Microsecond)}
	if f := rt.read(v.name, c); f != nil {
		return v.fail(*f)
	}
	if rt.contacts {
		return v.page(rt, c)
	}
	if r.Method == http.MethodGet {
		v.mu.RLock()
		defer v.mu.RUnlock()
	} else {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	return rt.handle(c)
}

// page answers a request for a page of contacts.
func (v *vendor) page(rt *route, c *call) reply {
	v.stir(c, int(v.pages.Add(1)))
	v.mu.RLock()
	defer v.mu.RUnlock()
	return rt.handle(c)
}

// find returns the route of a request, whose path values it sets, or the status that tells why there is none.
func (v *vendor) find(r *http.Request, path string) (*route, int) {
	status := http.StatusNotFound
	for _, rt := range v.routes {
		values, ok := match(rt.pattern, path)
		if !ok {
			continue
		}
		if rt.method != r.Method {
			status = http.StatusMethodNotAllowed
			continue
		}
		for name, value := range values {
			r.SetPathValue(name, value)
		}
		return rt, http.StatusOK
	}
	return nil, status
}

// match compares a path with a pattern such as /people/{id}/tags.
func match(pattern, path string) (map[string]string, bool) {
	var values map[string]string
	for pattern != "" {
		var want, have string
		want, pattern, _ = strings.Cut(pattern[1:], "/")
		if path == "" {
			return nil, false
		}
		have, path, _ = strings.Cut(path[1:], "/")
		pattern, path = again(pattern), again(path)
		if strings.HasPrefix(want, "{") && have != "" {
			if values == nil {
				values = map[string]string{}
			}
			values[strings.Trim(want, "{}")] = have
		} else if want != have {
			return nil, false
		}
	}
	return values, path == ""
}

func again(rest string) string {
	if rest == "" {
		return ""
	}
	return "/" + rest
}

// read decodes query and body and checks them against what is documented.
func (rt *route) read(name string, c *call) *failure {
	if f := rt.readQuery(name, c); f != nil {
		return f
	}
	if rt.media == nil {
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(c.Body, maxBody+1))
	if err != nil || len(raw) > maxBody {
		return &failure{status: http.StatusRequestEntityTooLarge, rule: name + ".size", message: "The body is too large."}
	}
	c.raw = raw
	media, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if !slices.Contains(rt.media, media) {
		return &failure{status: http.StatusUnsupportedMediaType, rule: rt.body.name + ".content-type",
			message: "The content type " + media + " is not supported, use " + strings.Join(rt.media, " or ") + "."}
	}
	body, ok := decode(media, raw)
	if !ok {
		return &failure{status: http.StatusBadRequest, rule: rt.body.name + ".syntax", message: "The body is not a valid object of type " + media + "."}
	}
	c.body = body
	if problems := rt.body.check(body, rt.partial); len(problems) > 0 {
		return &failure{status: http.StatusUnprocessableEntity, problems: problems}
	}
	return nil
}

func (rt *route) readQuery(name string, c *call) *failure {
	query, err := url.ParseQuery(c.URL.RawQuery)
	if err != nil {
		return &failure{status: http.StatusBadRequest, rule: name + ".query", message: "The query string cannot be read."}
	}
	c.query = query
	if rt.query == nil {
		return noQuery(name, query)
	}
	problems := rt.query.check(formValues(query), false)
	if len(problems) > 0 {
		return &failure{status: http.StatusBadRequest, problems: problems}
	}
	return nil
}

// noQuery refuses all parameters.
func noQuery(name string, query url.Values) *failure {
	problems := unknown(name, "", nil, formValues(query))
	if len(problems) == 0 {
		return nil
	}
	return &failure{status: http.StatusBadRequest, rule: name + ".query", problems: problems}
}

const formMedia = "application/x-www-form-urlencoded"

func decode(media string, raw []byte) (map[string]any, bool) {
	if media == formMedia {
		form, err := url.ParseQuery(string(raw))
		return formValues(form), err == nil
	}
	var body map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&body) != nil || body == nil {
		return nil, false
	}
	_, err := d.Token()
	return body, err == io.EOF
}

// formValues turns a form or query into values: names that end in [] are lists, of the others the last one counts.
func formValues(form url.Values) map[string]any {
	values := make(map[string]any, len(form))
	for name, all := range form {
		if !strings.HasSuffix(name, "[]") {
			values[name] = all[len(all)-1]
			continue
		}
		items := make([]any, len(all))
		for i := range all {
			items[i] = all[i]
		}
		values[name] = items
	}
	return values
}

func (a reply) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	for name, value := range a.header {
		h.Set(name, value)
	}
	if a.rule != "" {
		h.Set(ruleHeader, a.rule)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.bytes())
}

// ruleOf is the rule that a failure names: its own, or its first problem's.
func (f failure) ruleOf() string {
	if f.rule == "" && len(f.problems) > 0 {
		return f.problems[0].rule
	}
	return f.rule
}

// now is the time by the vendor's clock.
func (v *vendor) now() time.Time { return v.server.options.Now().Add(v.skew) }

// commit notes a change in the ledger.
func (v *vendor) commit(c *call, e Entry) {
	e.Vendor, e.Method, e.Time = v.name, c.Method, c.at
	v.server.ledger.add(e)
}
