package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// firstPages are the paths of first pages of contacts.
func firstPages() map[string]string {
	return map[string]string{clientCommander: "/clientcommander/v1/people?limit=100", growCRM: "/growcrm/api/contacts?limit=100",
		rogerRoger: "/rogerroger/people?itemsPerPage=30", cloverhound: "/cloverhound/1/contacts?per_page=100"}
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
				if e.Method != ChurnMethod {
					t.Errorf("the ledger says %+v", e)
				}
				switch e.Action {
				case "create":
					made++
				case "update":
					archived++
				}
			}
			if made+archived != 20 || len(s.Ledger()) != 2*made+archived || (archived > 0) != (vendor == rogerRoger) {
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
	before := s.IDs(growCRM)
	send(t, s, http.MethodGet, firstPages()[growCRM], "", "")
	if !slices.Equal(s.IDs(growCRM), before) || s.IDs("nobody") != nil {
		t.Error("a request changed what is listed, or an unknown vendor lists contacts")
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		fault, vendor string
		status        int
		has           string // in the second answer
	}{
		{"html@1", growCRM, 200, "<!doctype html>"},
		{"truncated@1", growCRM, 200, `{"data":[{`},
		{"401@1", growCRM, 401, "Unauthorized"},
		{"429@1", rogerRoger, 429, ""},
		{"500@1", clientCommander, 500, "Server Error"},
		{"cursor@1", clientCommander, 200, `"hasMore":true,"nextCursor":""`},
		{"total@1", growCRM, 200, `"total":`},
		{"total@1", rogerRoger, 200, `"totalItems":`},
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
	s := New(Options{Contacts: 300, Faults: []Fault{{Kind: "repeat", After: 1}}})
	page := func(n int) string {
		return send(t, s, http.MethodGet, fmt.Sprintf("/growcrm/api/contacts?limit=100&page=%d", n), "", "").raw
	}
	first, second, third := page(1), page(2), page(3)
	if first == second || second != third {
		t.Error("want the first page, and then the second for ever")
	}
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]Fault{"html": {Kind: "html"}, "401@5": {Kind: "401", After: 5}, "500@5x2": {Kind: "500", After: 5, Times: 2}} {
		if f, err := ParseFault(text); f != want || err != nil {
			t.Errorf("ParseFault(%q) = %+v, %v", text, f, err)
		}
	}
	for _, text := range []string{"", "fire", "401@", "401@x", "401@-1", "500@1x0", "500@1xtwo"} {
		if f, err := ParseFault(text); err == nil {
			t.Errorf("ParseFault(%q) = %+v, want an error", text, f)
		}
	}
	f := Fault{Kind: "500", After: 5, Times: 2}
	for request, want := range map[int]bool{5: false, 6: true, 7: true, 8: false} {
		if f.strikes(request) != want {
			t.Errorf("strikes(%d) is not %v", request, want)
		}
	}
}
