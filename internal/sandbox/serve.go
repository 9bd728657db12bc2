package sandbox

import (
	"bytes"
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

// ChurnMethod stands in the ledger where a change came from churn and not from a request.
const ChurnMethod = "CHURN"

// maxBody bounds what is read of a request.
const maxBody = 1 << 20

// settings say how a vendor behaves.
type settings struct {
	contacts int              // people seeded beyond those that the samples meet
	limits   bool             // the vendor's rate limit is on
	seed     int64            // varies the ids that are given out
	lag      time.Duration    // how long look-ups do not see what was just created
	now      func() time.Time // the vendor's clock
	// listOrder is the order of a list whose order the vendor does not document; "" for that of creation.
	listOrder string
	commit   func(Entry)      // takes down a change
}

// vendor is what the vendors have in common: authentication, limits, routing, and one lock.
type vendor struct {
	name string
	settings
	routes []*route
	// environment lists the variables that point crmferry to the vendor served at base.
	environment func(base string) []Setting
	// authorized tells the invented key from any other.
	authorized func(*http.Request) bool
	// fail writes a refusal in the vendor's style.
	fail func(failure) reply
	// load seeds the records; called once, before the first request is handled.
	load   func()
	once   sync.Once
	mu     sync.RWMutex // guards the vendor's records
	limit  *window      // nil: none
	onPage func(*call)  // is told of each request for a page of contacts; nil: nobody is
	// churn makes a contact of a person and deletes one; pick is any number.
	churn func(c *call, p Person, pick int)
	ids   func() []string // of the contacts that are listed
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
	wait   time.Duration // the pause that it asks for because of the vendor's own limit
}

// failure is why a request is refused.
type failure struct {
	status   int
	rule     string
	message  string
	problems []problem
	wait     time.Duration // with 429
}

// answer carries a request out.
func (v *vendor) answer(r *http.Request, path string) reply {
	v.once.Do(v.load)
	now := v.now()
	if !v.authorized(r) {
		return v.fail(failure{status: http.StatusUnauthorized, rule: v.name + ".key"})
	}
	if v.limit != nil {
		if wait := v.limit.take(now); wait > 0 {
			a := v.fail(failure{status: http.StatusTooManyRequests, rule: v.name + ".limit", wait: wait})
			a.wait = wait
			return a
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
	if v.onPage != nil {
		v.onPage(c)
	}
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

// committed takes down a change that a request made.
func (v *vendor) committed(c *call, e Entry) {
	e.Vendor, e.Method, e.Time = v.name, c.Method, c.at
	v.commit(e)
}

// isPage reports whether a request is one for a page of contacts.
func (v *vendor) isPage(r *http.Request, path string) bool {
	rt, _ := v.find(r, path)
	return rt != nil && rt.contacts
}

// calls counts the requests by method and documented path.
func (v *vendor) calls() map[string]int {
	calls := map[string]int{}
	for _, rt := range v.routes {
		if n := rt.calls.Load(); n > 0 {
			calls[rt.method+" "+rt.pattern] = int(n)
		}
	}
	return calls
}

// listed are the ids of the contacts that are listed now, in order of creation.
func (v *vendor) listed() []string {
	v.once.Do(v.load)
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.ids()
}

// stir makes a contact of a person and deletes one, as people do who work meanwhile.
func (v *vendor) stir(c *call, p Person, pick int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.churn(&call{Request: c.Request, at: c.at}, p, pick)
}

// stirred takes down a change of churn.
func (v *vendor) stirred(at time.Time, action, id, email string) {
	v.commit(Entry{Vendor: v.name, Method: ChurnMethod, Action: action, Kind: "contact", ID: id, Email: email, Time: at})
}

// bytes is the body as it is sent.
func (a reply) bytes() []byte {
	raw, ok := a.body.([]byte)
	if !ok && a.body != nil {
		raw, _ = json.Marshal(a.body) // maps, texts and numbers only
	}
	return raw
}

// seedTime is when all that is seeded was created.
func (v *vendor) seedTime() time.Time {
	return v.now().UTC().Add(-30 * 24 * time.Hour).Truncate(time.Second)
}
