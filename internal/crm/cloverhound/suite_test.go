package cloverhound_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
)

// TestConformance runs the suite that every vendor's client passes, on what is documented and on what is not.
func TestConformance(t *testing.T) {
	t.Parallel()
	setting := func(name string) string { return sandbox.New(sandbox.Options{}).Variable("", name) }
	suite := crmtest.Suite[cloverhound.Contact]{
		BareLists: true,
		Handler:   func() http.Handler { return sandbox.New(sandbox.Options{Contacts: 60}).Handler() },
		Path:      "/cloverhound",
		Keys:      []string{setting("CRMFERRY_CLOVERHOUND_KEY_ID"), setting("CRMFERRY_CLOVERHOUND_KEY_SECRET")},
		Authorize: cloverhound.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[cloverhound.Contact] {
			return cloverhound.New(cloverhound.Config{Base: base, HTTP: client, Organization: setting("CRMFERRY_CLOVERHOUND_ORGANIZATION")})
		},
		Sample: func(i int) cloverhound.Contact {
			return cloverhound.Contact{FullName: fmt.Sprintf("Sam Sample %d", i), Email: fmt.Sprintf("sam.%d@example.org", i), Description: "VIP",
				Phones: []cloverhound.Phone{{Number: fmt.Sprintf("+31612%06d", i)}}}
		},
		Fields: crm.Fields{"full_name", "email", "description", "contact_phones_attributes"},
		WithID: func(c cloverhound.Contact, id string) cloverhound.Contact {
			c.ID, _ = strconv.ParseInt(id, 10, 64)
			return c
		},
		ID: func(c cloverhound.Contact) string {
			if c.ID == 0 {
				return ""
			}
			return strconv.FormatInt(c.ID, 10)
		},
		Same: differing,
		Change: func(c *cloverhound.Contact) crm.Fields {
			c.Description = ""
			c.Phones = append(slices.Clone(c.Phones), cloverhound.Phone{Number: "+15125550199"}) // never again by itself
			return crm.Fields{"description", "contact_phones_attributes"}
		},
		Clear: func(c *cloverhound.Contact) crm.Fields {
			c.Email, c.Description, c.Phones = "", "", nil
			return crm.Fields{"email", "description", "contact_phones_attributes"}
		},
		Refusals: []crmtest.Refusal{
			{Name: "fields", Status: 422, Body: `{"errors":{"full_name":["can't be blank"]}}`, Code: crm.CodeInvalid, Field: "full_name", Text: "can't be blank"},
			{Name: "phones", Status: 422, Body: `{"errors":{"contact_phones.number":["is invalid"]}}`, Code: crm.CodeInvalid, Field: "contact_phones_attributes", Text: "is invalid"},
			{Name: "list", Status: 422, Body: `{"errors":["Email is invalid"]}`, Code: crm.CodeInvalid, Text: "Email is invalid"},
			{Name: "error", Status: 422, Body: `{"error":"Invalid input"}`, Code: crm.CodeInvalid, Text: "Invalid input"},
			{Name: "message", Status: 422, Body: `{"message":"Invalid input"}`, Code: crm.CodeInvalid, Text: "Invalid input"},
			{Name: "taken", Status: 422, Body: `{"errors":{"email":["has already been taken"]}}`, Code: crm.CodeTaken, Field: "email", Text: "already"},
		},
	}
	t.Run("documented", suite.Run)
	suite.New = func(base *url.URL, client *http.Client) crm.Creator[cloverhound.Contact] {
		return cloverhound.NewUndocumented(cloverhound.Config{Base: base, HTTP: client, Organization: setting("CRMFERRY_CLOVERHOUND_ORGANIZATION")})
	}
	t.Run("undocumented", suite.Run)
}

// differing names the fields in which two contacts differ.
func differing(a, b cloverhound.Contact, fields crm.Fields) []string {
	values := func(c cloverhound.Contact) map[string]any {
		numbers := []string{}
		for _, p := range c.Phones {
			numbers = append(numbers, p.Number)
		}
		return map[string]any{"full_name": c.FullName, "email": c.Email, "description": c.Description, "contact_phones_attributes": numbers}
	}
	va, vb := values(a), values(b)
	return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return cmp.Equal(va[f], vb[f]) })
}
