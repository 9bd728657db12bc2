package rogerroger

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
)

func emails(list ...string) (keys []crm.Key) {
	for _, e := range list {
		keys = append(keys, crm.Key{Email: e})
	}
	return keys
}

func phones(list ...string) (keys []crm.Key) {
	for _, p := range list {
		keys = append(keys, crm.Key{Phone: p, Name: "doe"})
	}
	return keys
}

// count says how many requests used the parameter.
func (a *account) count(param string) int {
	n := 0
	for _, q := range a.requests {
		if q.Has(param) {
			n++
		}
	}
	return n
}

func TestFindWhateverTheFiltersDo(t *testing.T) {
	t.Parallel()
	archived := func(people []member, which ...int) []member {
		for _, i := range which {
			people[i].archived = true
		}
		return people
	}
	const ident, addresses = "identifiers[]", "emailAddresses.email[]"
	tests := []struct {
		name    string
		account *account
		param   string // the filter that is settled on, "" for none
		first   int    // requests of the first look-up
		second  int    // requests of the second one
	}{
		{"identifiers are or", &account{}, ident, 4, 1},
		{"identifiers are and", &account{filters: map[string]string{ident: "and"}}, addresses, 5, 1},
		{"only the last identifier counts", &account{filters: map[string]string{ident: "last"}}, addresses, 5, 1},
		{"identifiers are ignored", &account{filters: map[string]string{ident: "ignored"}}, addresses, 5, 1},
		{"identifiers are refused", &account{filters: map[string]string{ident: "refused"}}, addresses, 5, 1},
		{"no filter works", &account{filters: map[string]string{ident: "last", addresses: "ignored"}}, "", 7, 3},
		{"case matters", &account{caseMatters: true}, "", 7, 3},
		{"some are archived and included", &account{people: archived(crowd(40), 3, 38)}, ident, 6, 1},
		{"some are archived and hidden", &account{people: archived(crowd(40), 3, 38), hideArchived: true}, ident, 7, 2},
		{"the archive filter is unknown", &account{people: archived(crowd(40), 3, 38), noExists: true}, ident, 7, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := tt.account
			if a.people == nil {
				a.people = crowd(40)
			}
			client := serve(t, a)
			for _, want := range []int{tt.first, tt.second} {
				before := len(a.requests)
				got, err := client.Find(t.Context(), emails("person.3@example.com", "nobody@example.com", "person.38@example.com"))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff([]string{"p3", "p38"}, ids(got)); diff != "" {
					t.Errorf("people differ (-want +got):\n%s", diff)
				}
				if n := len(a.requests) - before; n != want {
					t.Errorf("%d requests, want %d: %v", n, want, a.requests[before:])
				}
			}
			if got := client.lookup.filters[byEmail]; got != tt.param {
				t.Errorf("looks up by %q, want %q", got, tt.param)
			}
		})
	}
}

func TestFindByPhone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		account *account
		param   string
	}{
		{"any punctuation", &account{}, "identifiers[]"},
		{"numbers as they are stored", &account{phoneAsIs: true}, ""},
		{"the last one counts", &account{filters: map[string]string{"identifiers[]": "last"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.account.people = crowd(40)
			client := serve(t, tt.account)
			got, err := client.Find(t.Context(), phones("15125550103", "15125559999", "15125550138"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"p3", "p38"}, ids(got)); diff != "" {
				t.Errorf("people differ (-want +got):\n%s", diff)
			}
			if got := client.lookup.filters[byPhone]; got != tt.param {
				t.Errorf("looks up by %q, want %q", got, tt.param)
			}
		})
	}
}

func TestFindInASmallAccount(t *testing.T) {
	t.Parallel()
	a := &account{}
	client := serve(t, a)
	find := func(want ...string) {
		t.Helper()
		got, err := client.Find(t.Context(), emails("person.0@example.com", "person.1@example.com"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, ids(got)); diff != "" {
			t.Errorf("people differ (-want +got):\n%s", diff)
		}
	}
	find()
	a.people = crowd(1)
	find("p0")
	a.people = crowd(2)
	find("p0", "p1")
	if a.count("identifiers[]") != 0 {
		t.Error("a filter is believed that could not be tried")
	}
	a.people = crowd(3)
	find("p0", "p1")
	if client.lookup.filters[byEmail] != "identifiers[]" {
		t.Error("the filter is not tried when the account has grown")
	}
}

func TestFindAmongPeopleWithoutAddresses(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(65)}
	for i := range a.people {
		if i != 7 {
			a.people[i].email = ""
		}
	}
	got, err := serve(t, a).Find(t.Context(), emails("person.7@example.com", "nobody@example.com"))
	if err != nil || !slices.Equal(ids(got), []string{"p7"}) {
		t.Errorf("found %v, error %v", ids(got), err)
	}
}

func TestFindSeesWhoIsArchivedMeanwhile(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T) (*account, *Client, func() []string) {
		a := &account{people: crowd(40), hideArchived: true}
		client := serve(t, routes(map[string]http.HandlerFunc{
			"GET /people": a.ServeHTTP,
			"PATCH /people/p3": func(w http.ResponseWriter, r *http.Request) {
				write(w, 200, a.people[3].json())
			},
		}))
		return a, client, func() []string {
			t.Helper()
			got, err := client.Find(t.Context(), emails("person.3@example.com"))
			if err != nil {
				t.Fatal(err)
			}
			return ids(got)
		}
	}
	t.Run("by this client", func(t *testing.T) {
		t.Parallel()
		a, client, find := setup(t)
		find()
		a.people[3].archived = true
		if _, err := client.Update(t.Context(), Person{ID: "p3"}, Person{}, crm.Fields{"archivedAt"}); err != nil {
			t.Fatal(err)
		}
		if got := find(); len(got) != 1 {
			t.Errorf("found %v", got)
		}
	})
	t.Run("by others", func(t *testing.T) {
		t.Parallel()
		a, client, find := setup(t)
		find()
		a.people[3].archived = true
		later := time.Now().Add(freshness + time.Second)
		client.now = func() time.Time { return later }
		if got := find(); len(got) != 1 {
			t.Errorf("found %v", got)
		}
	})
}

func TestFindFollowsPages(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(40)}
	for i := range 33 {
		a.people[i].email = "shared@example.com"
	}
	got, err := serve(t, a).Find(t.Context(), emails("shared@example.com", "person.39@example.com"))
	if err != nil || len(got) != 34 {
		t.Errorf("found %d people, error %v", len(got), err)
	}
}

func TestFindRefusesAnIncompleteAnswer(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(40)}
	client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if v := r.URL.Query()["identifiers[]"]; len(v) == 1 {
			write(w, 200, `{"member":[],"totalItems":1}`)
			return
		}
		a.ServeHTTP(w, r)
	}))
	if _, err := client.Find(t.Context(), emails("person.1@example.com")); crm.ClassOf(err) != crm.Transient {
		t.Errorf("error is %v", err)
	}
}

func TestFindTriesOnceForAllWorkers(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(40)}
	client := serve(t, a)
	var workers sync.WaitGroup
	for i := range 16 {
		workers.Go(func() {
			got, err := client.Find(t.Context(), emails(fmt.Sprintf("person.%d@example.com", i)))
			if err != nil || len(got) != 1 {
				t.Errorf("found %v, error %v", ids(got), err)
			}
		})
	}
	workers.Wait()
	if len(a.requests) != 3+16 {
		t.Errorf("%d requests", len(a.requests))
	}
}

func TestFindTriesAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(40)}
	for fail := 1; fail <= 3; fail++ {
		n := 0
		client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n++; n == fail {
				write(w, 503, `{}`)
				return
			}
			a.ServeHTTP(w, r)
		}))
		if _, err := client.Find(t.Context(), emails("person.1@example.com")); crm.ClassOf(err) != crm.Transient {
			t.Errorf("request %d fails: error is %v", fail, err)
		}
		if got, err := client.Find(t.Context(), emails("person.1@example.com")); err != nil || len(got) != 1 {
			t.Errorf("after request %d failed: found %v, error %v", fail, ids(got), err)
		}
	}
}

func TestFindByID(t *testing.T) {
	t.Parallel()
	client := serve(t, routes(map[string]http.HandlerFunc{
		"GET /people/p1":   func(w http.ResponseWriter, r *http.Request) { testHeaders(t, r); write(w, 200, crowd(2)[1].json()) },
		"GET /people/gone": func(w http.ResponseWriter, r *http.Request) { write(w, 404, `{"detail":"Not Found"}`) },
		"GET /people/fail": func(w http.ResponseWriter, r *http.Request) { write(w, 500, `{}`) },
	}))
	got, err := client.Find(t.Context(), []crm.Key{{ID: "gone"}, {ID: "/people/p1"}, {ID: "p1"}, {ID: ".."}, {ID: "/"}})
	if err != nil || !slices.Equal(ids(got), []string{"p1"}) {
		t.Errorf("found %v, error %v", ids(got), err)
	}
	if _, err := client.Find(t.Context(), []crm.Key{{ID: "fail"}}); crm.ClassOf(err) != crm.Transient {
		t.Errorf("error is %v", err)
	}
	if got, err := client.Find(t.Context(), nil); err != nil || got != nil {
		t.Errorf("nothing asked: %v, %v", got, err)
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	client := New(Config{Base: &url.URL{Scheme: "https", Host: "api.rogerroger.io"}})
	for _, length := range []int{1, 20, 100, 250, 1500, 5000} {
		var values []string
		for i := range 100 {
			values = append(values, fmt.Sprintf("%s%d@example.com", strings.Repeat("x", length), i))
		}
		var got []string
		for _, batch := range client.batches("identifiers[]", values) {
			got = append(got, batch...)
			if n := client.length(query("identifiers[]", batch, "false")); len(batch) > 30 || (n > 4000 && len(batch) > 1) {
				t.Errorf("%d values make a URL of %d bytes", len(batch), n)
			}
		}
		if diff := cmp.Diff(values, got); diff != "" {
			t.Errorf("values differ (-want +got):\n%s", diff)
		}
	}
	if got := len(client.batches("identifiers[]", emailsOf(crowd(30)))); got != 1 {
		t.Errorf("30 usual addresses take %d requests", got)
	}
}

func emailsOf(list []member) (out []string) {
	for _, m := range list {
		out = append(out, m.email)
	}
	return out
}

func TestWhoeverWaitsForTheTrialCanGiveUp(t *testing.T) {
	t.Parallel()
	client := serve(t, &account{people: crowd(40)})
	if err := client.lookup.turn.Take(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := client.Find(ctx, emails("person.1@example.com")); err == nil {
		t.Error("found somebody without a turn")
	}
}
