package crmtest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/transport"
)

// env is one server with its clients.
type env[C any] struct {
	Suite[C]
	base   *url.URL
	inner  http.Handler   // the simulation, below Prefix
	good   crm.Creator[C] // with the right key, through the whole transport
	fault  atomic.Pointer[http.HandlerFunc]
	astray atomic.Int64 // requests outside the prefix
}

func newEnv[C any](t *testing.T, s Suite[C]) *env[C] {
	t.Helper()
	e := &env[C]{Suite: s}
	e.inner = http.StripPrefix(Prefix, s.Handler())
	e.base = Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, Prefix+s.Path+"/") {
			e.astray.Add(1)
			http.NotFound(w, r)
			return
		}
		if fault := e.fault.Load(); fault != nil {
			(*fault)(w, r)
			return
		}
		e.inner.ServeHTTP(w, r)
	}), Prefix+s.Path)
	e.good = e.client(s.Keys...)
	return e
}

func parse(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// client opens a client with the given credentials, through the whole transport.
func (e *env[C]) client(keys ...string) crm.Creator[C] {
	tr := transport.New(transport.Options{Authorize: e.Authorize(keys...), Secrets: keys, Workers: 8})
	return e.New(e.base, tr.Client())
}

// plain opens a client that repeats nothing, so that faults of reads show at once.
func (e *env[C]) plain() crm.Creator[C] { return e.New(e.base, e.plainHTTP()) }

func (e *env[C]) plainHTTP() *http.Client {
	client := transport.New(transport.Options{}).Client() // for its rules on redirects
	client.Transport = Client(e.Authorize(e.Keys...)).Transport
	return client
}

// tripper makes a function an http.RoundTripper.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// fail makes the server answer every request with h from now on.
func (e *env[C]) fail(h http.HandlerFunc) { e.fault.Store(&h) }

// answer makes the server answer every request like this.
func (e *env[C]) answer(status int, contentType, body string, header ...string) {
	e.fail(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	})
}

const typeJSON = "application/json"

// token is the token of sample i: as long as contracts ask for.
func token(i int) string { return fmt.Sprintf("conformance-token-%04d", i) }

// createFields are the fields that the core passes to Create for a contact that may exist.
func (e *env[C]) createFields(client crm.Creator[C]) crm.Fields {
	st, ok := client.(crm.Stepper[C])
	if !ok || !client.Traits().CreateUpserts {
		return e.Fields
	}
	return slices.DeleteFunc(slices.Clone(e.Fields), st.StepFields().Has)
}

// plainFields are those that a create alone writes.
func (e *env[C]) plainFields() crm.Fields {
	st, ok := e.good.(crm.Stepper[C])
	if !ok {
		return e.Fields
	}
	return slices.DeleteFunc(slices.Clone(e.Fields), st.StepFields().Has)
}

// make creates sample i and returns it with its id.
func (e *env[C]) make(t *testing.T, i int) C {
	t.Helper()
	want := e.Sample(i)
	answer, err := e.good.Create(context.Background(), want, e.createFields(e.good), token(i))
	if err != nil {
		t.Fatalf("create sample %d: %v", i, err)
	}
	return e.WithID(want, answer.ID)
}

// spoken lets the vendor answer a client, so that what else comes in its place is not the word of a wrong server.
func (e *env[C]) spoken(t *testing.T, client crm.Creator[C]) {
	t.Helper()
	if _, err := client.Create(context.Background(), e.Sample(800), e.createFields(client), token(800)); err != nil {
		t.Fatalf("create sample 800: %v", err)
	}
}

// read returns the contact with c's id as the vendor has it now; false if the client can neither look up nor list.
func (e *env[C]) read(t *testing.T, c C) (C, bool) {
	t.Helper()
	if f, ok := e.good.(crm.Finder[C]); ok && e.FindKeys != nil {
		for _, key := range e.FindKeys(c) {
			found, err := f.Find(context.Background(), []crm.Key{key})
			if err != nil {
				t.Fatalf("find %s: %v", key, err)
			}
			if got, ok := e.pick(found, e.ID(c)); ok {
				return got, true
			}
		}
		t.Fatalf("no look-up finds %q", e.ID(c))
	}
	l, ok := e.good.(crm.Lister[C])
	if !ok {
		return c, false
	}
	got, ok := e.pick(e.all(t, l), e.ID(c))
	if !ok {
		t.Fatalf("the list lacks %q", e.ID(c))
	}
	return got, true
}

func (e *env[C]) pick(contacts []C, id string) (C, bool) {
	i := slices.IndexFunc(contacts, func(c C) bool { return e.ID(c) == id })
	if i < 0 {
		var none C
		return none, false
	}
	return contacts[i], true
}

// all lists everybody.
func (e *env[C]) all(t *testing.T, l crm.Lister[C]) []C {
	t.Helper()
	var all []C
	for page, err := range l.List(context.Background()) {
		if err != nil {
			t.Fatalf("list: %v", err)
		}
		all = append(all, page.Items...)
	}
	return all
}
