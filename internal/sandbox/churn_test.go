package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
)

// firstPages are the paths of first pages of contacts.
func firstPages() map[string]string {
	return map[string]string{clientcommander.Name: "/clientcommander/v1/people?limit=100", growcrm.Name: "/growcrm/api/contacts?limit=100",
		rogerroger.Name: "/rogerroger/people?itemsPerPage=30", cloverhound.Name: "/cloverhound/1/contacts?per_page=100"}
}

func TestChurn(t *testing.T) {
	for vendor, path := range firstPages() {
		t.Run(vendor, func(t *testing.T) {
			s := New(Options{Contacts: 10, Churn: 2})
			before := s.IDs(vendor)
			for range 40 {
				send(t, s, http.MethodGet, path, "", "")
			}
			after := s.IDs(vendor)
			want := slices.Clone(before)
			for _, e := range s.Ledger() {
				switch e.Action {
				case "create":
					want = append(want, e.ID)
				case "delete":
					want = slices.DeleteFunc(want, func(id string) bool { return id == e.ID })
				}
			}
			made, archived := 0, 0
			for _, e := range s.Ledger() {
				if e.Method != api.ChurnMethod {
					t.Errorf("the ledger says %+v", e)
				}
				switch e.Action {
				case "create":
					made++
				case "update":
					archived++
				}
			}
			if made+archived != 20 || len(s.Ledger()) != 2*made+archived || (archived > 0) != (vendor == rogerroger.Name) {
				t.Errorf("%d made and %d archived in %d changes at every second of 40 pages", made, archived, len(s.Ledger()))
			}
			if !slices.Equal(after, want) {
				t.Errorf("the ledger does not tell what changed: %d contacts, want %d", len(after), len(want))
			}
			again := New(Options{Contacts: 10, Churn: 2})
			for range 40 {
				send(t, again, http.MethodGet, path, "", "")
			}
			if !slices.Equal(again.IDs(vendor), after) {
				t.Error("the same requests met other changes")
			}
		})
	}
}

func TestNoChurnByDefault(t *testing.T) {
	s := New(Options{})
	before := s.IDs(growcrm.Name)
	send(t, s, http.MethodGet, firstPages()[growcrm.Name], "", "")
	if !slices.Equal(s.IDs(growcrm.Name), before) || s.IDs("nobody") != nil {
		t.Error("a request changed what is listed, or an unknown vendor lists contacts")
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		fault, vendor string
		status        int
		has           string // in the second answer
	}{
		{"html@1", growcrm.Name, 200, "<!doctype html>"},
		{"truncated@1", growcrm.Name, 200, `{"data":[{`},
		{"401@1", growcrm.Name, 401, "Unauthorized"},
		{"429@1", rogerroger.Name, 429, ""},
		{"500@1", clientcommander.Name, 500, "Server Error"},
		{"cursor@1", clientcommander.Name, 200, `"hasMore":true,"nextCursor":""`},
		{"total@1", growcrm.Name, 200, `"total":`},
		{"total@1", rogerroger.Name, 200, `"totalItems":`},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.fault, test.vendor), func(t *testing.T) {
			f, err := ParseFault(test.fault)
			if err != nil {
				t.Fatal(err)
			}
			s := New(Options{Faults: []Fault{f}})
			good := send(t, s, http.MethodGet, firstPages()[test.vendor], "", "")
			bad := send(t, s, http.MethodGet, firstPages()[test.vendor], "", "")
			if good.status != 200 || good.body == nil {
				t.Fatalf("the first page: %d %.100s", good.status, good.raw)
			}
			if bad.status != test.status || !strings.Contains(bad.raw, test.has) || bad.raw == good.raw {
				t.Errorf("the second page: %d %.300s", bad.status, bad.raw)
			}
		})
	}
}

func TestFaultRepeat(t *testing.T) {
	s := New(Options{Contacts: 300, Faults: []Fault{{Kind: "repeat", From: 2}}})
	page := func(n int) string {
		return send(t, s, http.MethodGet, fmt.Sprintf("/growcrm/api/contacts?limit=100&page=%d", n), "", "").raw
	}
	first, second, third := page(1), page(2), page(3)
	if first == second || second != third {
		t.Error("want the first page, and then the second for ever")
	}
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]Fault{
		"html": {Kind: "html", On: "pages"}, "401@5": {Kind: "401", On: "pages", From: 6},
		"500@5x2":                                          {Kind: "500-before", On: "pages", From: 6, Times: 2},
		"truncated@1":                                      {Kind: "badjson", On: "pages", From: 2},
		"growcrm:drop-after:every=3":                       {Kind: "drop-after", Vendor: "growcrm", On: "all", Every: 3},
		"all:429:for=20m:from=30:times=1":                  {Kind: "429", Vendor: "all", On: "all", From: 30, Times: 1, For: 20 * time.Minute},
		"growcrm:429:scatter:every=2":                      {Kind: "429", Vendor: "growcrm", On: "all", Every: 2, Scatter: true},
		"rogerroger:hang:on=writes:every=2":                {Kind: "hang", Vendor: "rogerroger", On: "writes", Every: 2},
		"growcrm:clock:for=-10m":                           {Kind: "clock", Vendor: "growcrm", On: "all", For: -10 * time.Minute},
		"growcrm:other-after:status=302:form=text:every=2": {Kind: "other-after", Vendor: "growcrm", On: "all", Every: 2, Status: 302, Form: "text"},
		"all:other-before:form=json":                       {Kind: "other-before", Vendor: "all", On: "all", Form: "json"},
		"growcrm:repeat@1":                                 {Kind: "repeat", Vendor: "growcrm", On: "pages", From: 2},
	} {
		if f, err := ParseFault(text); f != want || err != nil {
			t.Errorf("ParseFault(%q) = %+v, %v", text, f, err)
		}
	}
	for _, text := range []string{"", "fire", "401@", "401@x", "401@-1", "500@1x0", "500@1xtwo", "all", "growcrm:", "growcrm:fire",
		"growcrm:429:every=0", "growcrm:429:every", "growcrm:429:often=2", "growcrm:429:on=mondays", "growcrm:429:for=-1s", "growcrm:repeat", "crm:429",
		"growcrm:clock", "growcrm:clock:for=0s", "growcrm:clock:for=1m:every=2", "growcrm:429:status=302", "growcrm:other-after:status=99",
		"growcrm:other-before:form=poem", "growcrm:502:form=html"} {
		if f, err := ParseFault(text); err == nil {
			t.Errorf("ParseFault(%q) = %+v, want an error", text, f)
		}
	}
}

func TestFaultHits(t *testing.T) {
	for text, want := range map[string][]int{ // of the first 12 requests
		"all:429:from=6:times=2":         {6, 7},
		"all:429:every=4":                {4, 8, 12},
		"all:429:every=4:from=2":         {2, 6, 10},
		"all:429:every=4:from=2:times=2": {2, 6},
		"all:429:times=1":                {1},
		"all:429:scatter:every=3":        {1, 5, 8, 12},
	} {
		f, err := ParseFault(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for n := range 13 {
			if number := f.hits(n); number > 0 {
				if got = append(got, n); number != len(got) {
					t.Errorf("%s: hit %d counts as number %d", text, len(got), number)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s hits %v, want %v", text, got, want)
		}
	}
}
