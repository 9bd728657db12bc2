package cloverhound_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
)

// open returns the settings of a client of the simulated vendor.
func open(t *testing.T, o sandbox.Options) cloverhound.Config {
	t.Helper()
	vendor := sandbox.New(o)
	authorize := cloverhound.Authorize(vendor.Variable("", "CRMFERRY_CLOVERHOUND_KEY_ID"), vendor.Variable("", "CRMFERRY_CLOVERHOUND_KEY_SECRET"))
	return cloverhound.Config{Base: crmtest.Serve(t, vendor.Handler(), "/cloverhound"), HTTP: crmtest.Client(authorize),
		Organization: vendor.Variable("", "CRMFERRY_CLOVERHOUND_ORGANIZATION")}
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
	config.HTTP = crmtest.Client(cloverhound.Authorize("sandbox-key-id"))
	_, err = cloverhound.New(config).Create(t.Context(), cloverhound.Contact{FullName: "Jane"}, crm.Fields{"full_name"}, "")
	if crm.ClassOf(err) != crm.Unauthorized {
		t.Errorf("error is %v", err)
	}
}
