package api

import (
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

	"crmferry/internal/sandbox/seed"
)

// RuleHeader names the rule that a refused request broke: for tests and for people, no vendor sends it.
const RuleHeader = "Sandbox-Rule"

// ChurnMethod stands in the ledger where a change came from churn and not from a request.
const ChurnMethod = "CHURN"

// MaxBody bounds what is read of a request.
const MaxBody = 1 << 20

// Settings say how a vendor behaves.
type Settings struct {
	Contacts int              // people seeded beyond those that the samples meet
	Limits   bool             // the vendor's rate limit is on
	Seed     int64            // varies the ids that are given out
	Lag      time.Duration    // how long look-ups do not see what was just created
	Now      func() time.Time // the vendor's clock
	// ListOrder is the order of a list whose order the vendor does not document; "" for that of creation.
	ListOrder string
	Custom    []Custom    // that the account has, where the vendor documents such
	Ledger    func(Entry) // takes down a change
}

// Custom is a field that the users of an account have defined.
type Custom struct {
	Of, Name string // of what resource
	Required bool
}

// Vendor is what the vendors have in common: authentication, limits, routing, and one lock.
type Vendor struct {
	Name string
	Settings
	Routes []*Route
	// Environment lists the variables that point crmferry to the vendor served at base.
	Environment func(base string) []Setting
	// Authorized tells the invented key from any other.
	Authorized func(*http.Request) bool
	// Fail writes a refusal in the vendor's style.
	Fail func(Failure) Reply
	// Load seeds the records; called once, before the first request is handled.
	Load   func()
	once   sync.Once
	mu     sync.RWMutex // guards the vendor's records
	Limit  *Window      // nil: none
	OnPage func(*Call)  // is told of each request for a page of contacts; nil: nobody is
	// Churn makes a contact of a person and deletes one; pick is any number.
	Churn      func(c *Call, p seed.Person, pick int)
	ContactIDs func() []string // of the contacts that are listed
	// View is a contact of that id as a read shows it.
	View func(id string) any
}

// Route is one documented call.
type Route struct {
	Method, Pattern string
	Media           []string // the content types of the body, nil: there is none
	Body            *Schema
	Partial         bool    // required fields of body may be missing
	Query           *Schema // nil: no parameters
	Handle          func(*Call) Reply
	Contacts        bool // a list of contacts, which churn and faults are about
	calls           atomic.Int64
}

// Call is a request whose body and query keep the documented rules.
type Call struct {
	*http.Request
	At     time.Time
	Raw    []byte         // the body
	Values map[string]any // decoded
	Query  url.Values
}

// Reply is an answer before it is written.
type Reply struct {
	Status int
	Header map[string]string
	Body   any // encoded as JSON; []byte is sent as it is
	Rule   string
	Wait   time.Duration // the pause that it asks for because of the vendor's own limit
}

// Failure is why a request is refused.
type Failure struct {
	Status   int
	Rule     string
	Message  string
	Problems []Problem
	Wait     time.Duration // with 429
}

// Answer carries a request out.
func (v *Vendor) Answer(r *http.Request, path string) Reply {
	v.once.Do(v.Load)
	now := v.Now()
	if !v.Authorized(r) {
		return v.Fail(Failure{Status: http.StatusUnauthorized, Rule: v.Name + ".key"})
	}
	if v.Limit != nil {
		if wait := v.Limit.take(now); wait > 0 {
			a := v.Fail(Failure{Status: http.StatusTooManyRequests, Rule: v.Name + ".limit", Wait: wait})
			a.Wait = wait
			return a
		}
	}
	rt, status := v.find(r, path)
	switch status {
	case http.StatusNotFound:
		return v.Fail(Failure{Status: status, Rule: v.Name + ".path"})
	case http.StatusMethodNotAllowed:
		return v.Fail(Failure{Status: status, Rule: v.Name + ".method"})
	}
	rt.calls.Add(1)
	c := &Call{Request: r, At: now.UTC().Truncate(time.Microsecond)}
	if f := rt.read(v.Name, c); f != nil {
		return v.Fail(*f)
	}
	if rt.Contacts {
		return v.page(rt, c)
	}
	if r.Method == http.MethodGet {
		v.mu.RLock()
		defer v.mu.RUnlock()
	} else {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	return rt.Handle(c)
}

// page answers a request for a page of contacts.
func (v *Vendor) page(rt *Route, c *Call) Reply {
	if v.OnPage != nil {
		v.OnPage(c)
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return rt.Handle(c)
}

// find returns the route of a request, whose path values it sets, or the status that tells why there is none.
func (v *Vendor) find(r *http.Request, path string) (*Route, int) {
	status := http.StatusNotFound
	for _, rt := range v.Routes {
		values, ok := match(rt.Pattern, path)
		if !ok {
			continue
		}
		if rt.Method != r.Method {
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
func (rt *Route) read(name string, c *Call) *Failure {
	if f := rt.readQuery(name, c); f != nil {
		return f
	}
	if rt.Media == nil {
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(c.Body, MaxBody+1))
	if err != nil || len(raw) > MaxBody {
		return &Failure{Status: http.StatusRequestEntityTooLarge, Rule: name + ".size", Message: "The body is too large."}
	}
	c.Raw = raw
	media, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if !slices.Contains(rt.Media, media) {
		return &Failure{Status: http.StatusUnsupportedMediaType, Rule: rt.Body.Name + ".content-type",
			Message: "The content type " + media + " is not supported, use " + strings.Join(rt.Media, " or ") + "."}
	}
	body, ok := decode(media, raw)
	if !ok {
		return &Failure{Status: http.StatusBadRequest, Rule: rt.Body.Name + ".syntax", Message: "The body is not a valid object of type " + media + "."}
	}
	if rt.Body.Texts && media != FormMedia {
		body = asForm(body)
	}
	c.Values = body
	if problems := rt.Body.check(body, rt.Partial); len(problems) > 0 {
		return &Failure{Status: http.StatusUnprocessableEntity, Problems: problems}
	}
	return nil
}

func (rt *Route) readQuery(name string, c *Call) *Failure {
	query, err := url.ParseQuery(c.URL.RawQuery)
	if err != nil {
		return &Failure{Status: http.StatusBadRequest, Rule: name + ".query", Message: "The query string cannot be read."}
	}
	c.Query = query
	if rt.Query == nil {
		return noQuery(name, query)
	}
	problems := rt.Query.check(formValues(query), false)
	if len(problems) > 0 {
		return &Failure{Status: http.StatusBadRequest, Problems: problems}
	}
	return nil
}

// noQuery refuses all parameters.
func noQuery(name string, query url.Values) *Failure {
	problems := unknown(name, "", nil, formValues(query))
	if len(problems) == 0 {
		return nil
	}
	return &Failure{Status: http.StatusBadRequest, Rule: name + ".query", Problems: problems}
}

// Write sends the reply.
func (a Reply) Write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	for name, value := range a.Header {
		h.Set(name, value)
	}
	if a.Rule != "" {
		h.Set(RuleHeader, a.Rule)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Bytes())
}

// RuleOf is the rule that a failure names: its own, or its first problem's.
func (f Failure) RuleOf() string {
	if f.Rule == "" && len(f.Problems) > 0 {
		return f.Problems[0].Rule
	}
	return f.Rule
}

// Commit takes down a change that a request made.
func (v *Vendor) Commit(c *Call, e Entry) {
	e.Vendor, e.Method, e.Time = v.Name, c.Method, c.At
	v.Ledger(e)
}

// IsPage reports whether a request is one for a page of contacts.
func (v *Vendor) IsPage(r *http.Request, path string) bool {
	rt, _ := v.find(r, path)
	return rt != nil && rt.Contacts
}

// Calls counts the requests by method and documented path.
func (v *Vendor) Calls() map[string]int {
	calls := map[string]int{}
	for _, rt := range v.Routes {
		if n := rt.calls.Load(); n > 0 {
			calls[rt.Method+" "+rt.Pattern] = int(n)
		}
	}
	return calls
}

// Listed are the ids of the contacts that are listed now, in order of creation.
func (v *Vendor) Listed() []string {
	v.once.Do(v.Load)
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.ContactIDs()
}

// Contacts are the contacts that are listed now as a read shows them, encoded, by their ids.
func (v *Vendor) Contacts() map[string][]byte {
	v.once.Do(v.Load)
	v.mu.RLock()
	defer v.mu.RUnlock()
	all := map[string][]byte{}
	for _, id := range v.ContactIDs() {
		all[id] = Reply{Body: v.View(id)}.Bytes()
	}
	return all
}

// RunChurn makes a contact of a person and deletes one, as people do who work meanwhile.
func (v *Vendor) RunChurn(c *Call, p seed.Person, pick int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.Churn(&Call{Request: c.Request, At: c.At}, p, pick)
}

// CommitChurn takes down a change of churn.
func (v *Vendor) CommitChurn(at time.Time, action, id, email string) {
	v.Ledger(Entry{Vendor: v.Name, Method: ChurnMethod, Action: action, Kind: "contact", ID: id, Email: email, Time: at})
}

// Bytes is the body as it is sent.
func (a Reply) Bytes() []byte {
	raw, ok := a.Body.([]byte)
	if !ok && a.Body != nil {
		raw, _ = json.Marshal(a.Body) // maps, texts and numbers only
	}
	return raw
}

// SeedTime is when all that is seeded was created.
func (v *Vendor) SeedTime() time.Time {
	return v.Now().UTC().Add(-30 * 24 * time.Hour).Truncate(time.Second)
}
