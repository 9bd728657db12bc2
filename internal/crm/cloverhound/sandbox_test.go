package cloverhound_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/sandbox"
)

// authorized adds the key of the sandbox to requests.
type authorized struct {
	authorize func(*http.Request)
}

func (a authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	a.authorize(req)
	return http.DefaultTransport.RoundTrip(req)
}

// open returns the settings of a client of the simulated vendor.
func open(t *testing.T, o sandbox.Options) cloverhound.Config {
	t.Helper()
	vendor := sandbox.New(o)
	server := httptest.NewServer(vendor.Handler())
	t.Cleanup(server.Close)
	settings := map[string]string{}
	for _, s := range vendor.Environment(server.URL) {
		settings[s.Name] = s.Value
	}
	base, err := url.Parse(settings["CRMFERRY_CLOVERHOUND_URL"])
	if err != nil {
		t.Fatal(err)
	}
	authorize := cloverhound.Authorize(settings["CRMFERRY_CLOVERHOUND_KEY_ID"], settings["CRMFERRY_CLOVERHOUND_KEY_SECRET"])
	return cloverhound.Config{Base: base, HTTP: &http.Client{Transport: authorized{authorize}}, Organization: settings["CRMFERRY_CLOVERHOUND_ORGANIZATION"]}
}

func listed(t *testing.T, c *cloverhound.Undocumented) map[int64]cloverhound.Contact {
	t.Helper()
	all := map[int64]cloverhound.Contact{}
	for page, err := range c.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range page.Items {
			all[k.ID] = k
		}
	}
	return all
}

func TestSandboxRoundTrip(t *testing.T) {
	t.Parallel()
	client := cloverhound.NewUndocumented(open(t, sandbox.Options{Contacts: 60}))
	before := len(listed(t, client))
	if before < 60 {
		t.Errorf("%d contacts are listed", before)
	}
	fields := crm.Fields{"full_name", "email", "description", "contact_phones_attributes"}
	made, err := client.Create(t.Context(), cloverhound.Contact{FullName: "Jane Doe", Email: "jane@example.org", Description: "VIP",
		Phones: []cloverhound.Phone{{Number: "+15125550100"}, {Number: "+15125550101"}}}, fields, "")
	if err != nil {
		t.Fatal(err)
	}
	all := listed(t, client)
	if diff := cmp.Diff(*made.Contact, all[made.Contact.ID]); diff != "" || len(all) != before+1 {
		t.Errorf("%d contacts; the new one differs (-made +listed):\n%s", len(all), diff)
	}
	want := *made.Contact
	want.Description, want.Phones = "", []cloverhound.Phone{{Number: "+15125550101"}, {Number: "+15125550102"}}
	if _, err := client.Update(t.Context(), *made.Contact, want, fields); err != nil {
		t.Fatal(err)
	}
	got, err := client.Get(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Description != "" || len(got.Phones) != 2 || got.Phones[0].ID != made.Contact.Phones[1].ID || got.Phones[1].Number != "+15125550102" {
		t.Errorf("contact is %+v", got)
	}
}

func TestSandboxErrors(t *testing.T) {
	t.Parallel()
	config := open(t, sandbox.Options{})
	_, err := cloverhound.New(config).Create(t.Context(), cloverhound.Contact{}, crm.Fields{"full_name"}, "")
	if crm.ClassOf(err) != crm.Permanent || !strings.Contains(err.Error(), "full_name") {
		t.Errorf("error is %v", err)
	}
	config.Organization = "2"
	_, err = cloverhound.New(config).Create(t.Context(), cloverhound.Contact{FullName: "Jane"}, crm.Fields{"full_name"}, "")
	if crm.ClassOf(err) != crm.Forbidden {
		t.Errorf("error is %v", err)
	}
	config.HTTP = &http.Client{Transport: authorized{cloverhound.Authorize("sandbox-key-id")}}
	_, err = cloverhound.New(config).Create(t.Context(), cloverhound.Contact{FullName: "Jane"}, crm.Fields{"full_name"}, "")
	if crm.ClassOf(err) != crm.Unauthorized {
		t.Errorf("error is %v", err)
	}
}
