package exporter_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// account is a vendor in the sandbox.
type account struct {
	vendor  string
	sandbox *sandbox.Server
	url     string
}

func newAccount(t testing.TB, vendor string, o sandbox.Options) account {
	t.Helper()
	s := sandbox.New(o)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return account{vendor, s, server.URL}
}

// setting is a variable of the vendor's.
func (a account) setting(name string) string {
	return a.sandbox.Variable(a.url, "CRMFERRY_"+strings.ToUpper(a.vendor)+"_"+name)
}

func (a account) connect(t testing.TB, authorize func(*http.Request)) (*url.URL, *http.Client) {
	t.Helper()
	u, err := url.Parse(a.setting("URL"))
	if err != nil {
		t.Fatal(err)
	}
	return u, transport.New(transport.Options{Authorize: authorize, Workers: 8}).Client()
}

// outcome is what was exported of a vendor.
type outcome struct {
	ids     []string
	summary *exporter.Summary
	err     error
}

func runExport[C any](t testing.TB, table *mapping.Table[C], client any, o exporter.Options) outcome {
	t.Helper()
	o.Columns = []string{"id"}
	o.Workers = 8
	e, err := exporter.New(table, client, o)
	if err != nil {
		t.Fatal(err)
	}
	var s sink
	summary, err := e.Run(t.Context(), &s, nil)
	return outcome{s.ids, summary, err}
}

// export exports the contacts of the account.
func (a account) export(t testing.TB, o exporter.Options) outcome {
	t.Helper()
	switch a.vendor {
	case "clientcommander":
		u, h := a.connect(t, clientcommander.Authorize(a.setting("KEY")))
		return runExport(t, mapping.ClientCommanderContacts(), clientcommander.New(clientcommander.Config{Base: u, HTTP: h}), o)
	case "growcrm":
		u, h := a.connect(t, growcrm.Authorize(a.setting("KEY")))
		return runExport(t, mapping.GrowContacts(), growcrm.New(growcrm.Config{Base: u, HTTP: h}), o)
	case "rogerroger":
		u, h := a.connect(t, rogerroger.Authorize(a.setting("KEY")))
		return runExport(t, mapping.RogerRogerPeople(), rogerroger.New(rogerroger.Config{Base: u, HTTP: h}), o)
	}
	u, h := a.connect(t, cloverhound.Authorize(a.setting("KEY_ID"), a.setting("KEY_SECRET")))
	return runExport(t, mapping.CloverhoundContacts(), cloverhound.NewUndocumented(cloverhound.Config{Base: u, HTTP: h, Organization: a.setting("ORGANIZATION")}), o)
}

func vendors() []string { return []string{"clientcommander", "growcrm", "rogerroger", "cloverhound"} }

// throughout are those of before that churn has not deleted.
func (a account) throughout(before []string) []string {
	for _, e := range a.sandbox.Ledger() {
		if e.Action == "delete" {
			before = slices.DeleteFunc(before, func(id string) bool { return id == e.ID })
		}
	}
	return before
}

func TestSandboxQuiet(t *testing.T) {
	for _, vendor := range vendors() {
		t.Run(vendor, func(t *testing.T) {
			a := newAccount(t, vendor, sandbox.Options{Contacts: 1234})
			want := a.sandbox.IDs(vendor)
			got := a.export(t, exporter.Options{})
			if got.err != nil || !slices.Equal(got.ids, want) {
				t.Errorf("error %v, %d contacts in the order of the list, want %d", got.err, len(got.ids), len(want))
			}
			if got.summary.Rereads+got.summary.Appeared+got.summary.Vanished > 0 {
				t.Errorf("%+v", *got.summary)
			}
			if a.sandbox.Writes(vendor) > 0 {
				t.Error("an export wrote something")
			}
		})
	}
}

// TestSandboxChurn: what is in the list all the while is exported exactly once, whatever comes and goes.
func TestSandboxChurn(t *testing.T) {
	for _, vendor := range vendors() {
		for _, every := range []int{1, 3, 10, 50} {
			t.Run(fmt.Sprint(vendor, every), func(t *testing.T) {
				t.Parallel()
				o := sandbox.Options{Contacts: 1000 + rand.IntN(200), Churn: every, Seed: rand.Int64()}
				t.Logf("%d contacts, seed %d", o.Contacts, o.Seed)
				a := newAccount(t, vendor, o)
				before := a.sandbox.IDs(vendor)
				got := a.export(t, exporter.Options{})
				if got.err != nil {
					t.Fatal(got.err)
				}
				a.wantAll(t, before, got)
			})
		}
	}
}

// wantAll checks an export without an error: it has each contact of before that nobody deleted, and none twice.
func (a account) wantAll(t *testing.T, before []string, got outcome) {
	t.Helper()
	if got.err != nil {
		return
	}
	sorted := slices.Sorted(slices.Values(got.ids))
	if len(slices.Compact(slices.Clone(sorted))) != len(got.ids) {
		t.Error("contacts were written more than once")
	}
	missing := 0
	for _, id := range a.throughout(before) {
		if _, found := slices.BinarySearch(sorted, id); !found {
			missing++
		}
	}
	if missing > 0 {
		t.Errorf("%d contacts are missing, %+v", missing, *got.summary)
	}
}

func TestSandboxFaults(t *testing.T) {
	tests := []struct {
		fault, vendor string
		want          string // in the error, "" for success
		class         crm.Class
	}{
		{"html@3", "growcrm", "web page", crm.WrongServer},
		{"html@3", "clientcommander", "web page", crm.WrongServer},
		{"truncated@3", "growcrm", "decode the answer", crm.Transient},
		{"truncated@3", "rogerroger", "decode the answer", crm.Transient},
		{"truncated@3x2", "rogerroger", "", 0},
		{"401@3", "growcrm", "401", crm.Unauthorized},
		{"401@3", "clientcommander", "401", crm.Unauthorized},
		{"429@3x2", "growcrm", "", 0},
		{"500@3x2", "rogerroger", "", 0},
		{"500@3", "growcrm", "500", crm.Transient},
		{"repeat@3", "growcrm", "hold the same contacts", 0},
		{"repeat@3", "rogerroger", "hold the same contacts", 0},
		{"repeat@3", "clientcommander", "cursor leads back", 0},
		{"repeat@3", "cloverhound", "hold the same contacts", 0},
		{"cursor@3", "clientcommander", "cursor leads back", 0},
		{"total", "growcrm", "the vendor counts", 0},
		{"total", "rogerroger", "the vendor counts", 0},
	}
	for _, test := range tests {
		t.Run(test.fault+test.vendor, func(t *testing.T) {
			t.Parallel()
			f, err := sandbox.ParseFault(test.fault)
			if err != nil {
				t.Fatal(err)
			}
			a := newAccount(t, test.vendor, sandbox.Options{Contacts: 1000, Faults: []sandbox.Fault{f}})
			got := a.export(t, exporter.Options{})
			switch {
			case test.want == "":
				if got.err != nil || len(got.ids) != len(a.sandbox.IDs(test.vendor)) {
					t.Errorf("error %v, %d contacts", got.err, len(got.ids))
				}
				return
			case got.err == nil || !strings.Contains(got.err.Error(), test.want):
				t.Fatalf("error %v, want %q", got.err, test.want)
			case test.class == 0 && !errors.Is(got.err, exporter.ErrIncomplete):
				t.Errorf("error %v, want ErrIncomplete", got.err)
			case crm.ClassOf(got.err) != test.class:
				t.Errorf("error of class %v, want %v", crm.ClassOf(got.err), test.class)
			}
			t.Log(got.err)
		})
	}
}
