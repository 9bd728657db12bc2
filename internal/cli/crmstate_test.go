package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/sandbox"
)

// contactState is a contact as the CRM shows it: values by the paths of the answer, but for dates.
type contactState map[string]string

// crmState is what a CRM holds, by id.
type crmState map[string]contactState

// stateOf reads all contacts of a vendor out of a sandbox, without a request.
func stateOf(t *testing.T, s *sandbox.Server, vendor string) crmState {
	t.Helper()
	all := crmState{}
	for id, raw := range s.Contacts(vendor) {
		var view map[string]any
		if err := json.Unmarshal(raw, &view); err != nil {
			t.Fatal(err)
		}
		all[id] = contactState{}
		all[id].flatten("", view)
	}
	return all
}

// flatten puts the values of an object in, but for those that the vendor keeps for itself.
func (c contactState) flatten(path string, object map[string]any) {
	for name, v := range object {
		switch name {
		case "createdAt", "updatedAt", "created_at", "updated_at", "dates", "@context", "@type", "@id", "contact_id":
			continue
		case "id":
			if path == "" || path == "contact_phones." {
				continue
			}
		case "contact_phones":
			for i, p := range v.([]any) {
				c.flatten(fmt.Sprintf("contact_phones.%d.", i), map[string]any{"number": p.(map[string]any)["number"]})
			}
			continue
		}
		if inner, ok := v.(map[string]any); ok {
			c.flatten(path+name+".", inner)
			continue
		}
		if text, err := json.Marshal(v); err == nil && string(text) != "null" && string(text) != `""` && string(text) != "[]" {
			c[path+name] = string(text)
		}
	}
}

// text is a value without its quotes.
func (c contactState) text(path string) string {
	var s string
	if json.Unmarshal([]byte(c[path]), &s) != nil {
		return c[path]
	}
	return s
}

// email is the first address of a contact, whatever the vendor.
func (c contactState) email() string {
	for _, path := range []string{"email", "emails", "emailAddresses"} {
		if !strings.HasPrefix(c[path], "[") {
			if e := c.text(path); e != "" {
				return e
			}
			continue
		}
		var list []struct{ Value, Email string }
		if json.Unmarshal([]byte(c[path]), &list) == nil && len(list) > 0 {
			return list[0].Value + list[0].Email
		}
	}
	return ""
}

// differing are the paths in which two contacts differ, in order.
func (c contactState) differing(o contactState) (paths []string) {
	for _, path := range slices.Sorted(maps.Keys(c)) {
		if c[path] != o[path] {
			paths = append(paths, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(o)) {
		if _, both := c[path]; !both {
			paths = append(paths, path)
		}
	}
	return paths
}

// fieldAt is the field of the vendor's table that a path of an answer belongs to; "" for what follows from others.
func fieldAt(vendor, path string) string {
	first, _, _ := strings.Cut(path, ".")
	switch vendor + " " + first {
	case "growcrm job_position":
		return "position"
	case "growcrm client":
		return "clientid"
	case "growcrm name", "clientcommander fullName", "clientcommander stageName":
		return ""
	case "clientcommander emails":
		return "email"
	case "clientcommander phones":
		return "phone"
	case "clientcommander stageId":
		return "stage"
	case "cloverhound contact_phones":
		return "contact_phones_attributes"
	}
	return path
}

// colleagues are people who work in a CRM beside the program, by its API and without its faults.
type colleagues struct {
	t      *testing.T
	s      *sandbox.Server
	vendor string
	pick   *rand.Rand
}

// ask sends one request as often as the vendor's limit makes it wait.
func (p *colleagues) ask(method, path, media string, body []byte) []byte {
	p.t.Helper()
	for range 20 {
		r := httptest.NewRequest(method, "/"+p.vendor+path, bytes.NewReader(body))
		r.Header.Set("Content-Type", media)
		set := func(name string) string {
			return p.s.Variable("", "CRMFERRY_"+strings.ToUpper(p.vendor)+"_"+name)
		}
		switch p.vendor {
		case "rogerroger":
			r.Header.Set("X-API-KEY", set("KEY"))
		case "cloverhound":
			r.SetBasicAuth(set("KEY_ID"), set("KEY_SECRET"))
		default:
			r.Header.Set("Authorization", "Bearer "+set("KEY"))
		}
		w := httptest.NewRecorder()
		p.s.Quiet().ServeHTTP(w, r)
		switch {
		case w.Code < 300:
			return w.Body.Bytes()
		case w.Code != http.StatusTooManyRequests:
			p.t.Fatalf("%s %s %s: %d %s", method, path, body, w.Code, w.Body)
		}
		time.Sleep(time.Minute)
	}
	p.t.Fatal("the limit does not end")
	return nil
}

// send is ask with a JSON body.
func (p *colleagues) send(method, path string, body map[string]any) []byte {
	raw, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	media := "application/json"
	if method == http.MethodPatch && p.vendor == "rogerroger" {
		media = "application/merge-patch+json"
	}
	return p.ask(method, path, media, raw)
}

// base is the path of the vendor's contacts.
func (p *colleagues) base() string {
	switch p.vendor {
	case "clientcommander":
		return "/v1/people"
	case "growcrm":
		return "/api/contacts"
	case "rogerroger":
		return "/people"
	}
	return "/" + p.s.Variable("", "CRMFERRY_CLOVERHOUND_ORGANIZATION") + "/contacts"
}

// edit changes some fields of a contact, which is c now.
func (p *colleagues) edit(id string, c contactState) {
	word := fmt.Sprintf("Edited %d", p.pick.IntN(1000))
	one := func(names ...string) string { return names[p.pick.IntN(len(names))] }
	path := p.base() + "/" + id
	switch p.vendor {
	case "growcrm":
		form := url.Values{}
		for field, from := range map[string]string{"first_name": "first_name", "last_name": "last_name", "email": "email", "phone": "phone", "position": "job_position"} {
			form.Set(field, c.text(from))
		}
		form.Set(one("first_name", "last_name", "position", "position"), word)
		p.ask(http.MethodPatch, path, "application/x-www-form-urlencoded", []byte(form.Encode()))
	case "clientcommander":
		if p.pick.IntN(4) == 0 && len(strings.Split(c.text("tags"), ",")) < 15 {
			p.send(http.MethodPost, path+"/tags", map[string]any{"tags": []string{word}})
			return
		}
		body := map[string]any{}
		for field, from := range map[string]string{"firstName": "firstName", "lastName": "lastName", "source": "source", "stage": "stageId", "timeframe": "timeframe", "background": "background"} {
			if v := c.text(from); v != "" {
				body[field] = v
			}
		}
		if e := c.email(); e != "" {
			body["email"] = e
		}
		var phones []struct{ Value string }
		if json.Unmarshal([]byte(c["phones"]), &phones) == nil && len(phones) > 0 {
			body["phone"] = phones[0].Value
		}
		if c["price"] != "" {
			body["price"] = json.Number(c["price"])
		}
		if p.pick.IntN(6) == 0 {
			delete(body, "email")
			delete(body, "phone")
		}
		body[one("firstName", "lastName", "source", "background")] = word
		p.send(http.MethodPut, path, body)
	case "rogerroger":
		p.send(http.MethodPatch, path, map[string]any{one("givenName", "familyName", "jobTitle", "initials"): word})
	case "cloverhound":
		p.send(http.MethodPatch, path, map[string]any{one("full_name", "description"): word})
	}
}

// remove deletes a contact, where a vendor lets people do that by its API.
func (p *colleagues) remove(id string) {
	if p.vendor == "growcrm" || p.vendor == "clientcommander" {
		p.ask(http.MethodDelete, p.base()+"/"+id, "", nil)
	}
}

// meet makes a contact with an address.
func (p *colleagues) meet(email string) {
	switch p.vendor {
	case "growcrm":
		form := url.Values{"first_name": {"Somebody"}, "last_name": {"Else"}, "email": {email}, "clientid": {"1"}}
		p.ask(http.MethodPost, p.base(), "application/x-www-form-urlencoded", []byte(form.Encode()))
	case "clientcommander":
		p.send(http.MethodPost, p.base(), map[string]any{"firstName": "Somebody", "lastName": "Else", "email": email})
	case "rogerroger":
		p.send(http.MethodPost, p.base(), map[string]any{"familyName": "Else", "emailAddresses": []any{map[string]any{"email": email}}})
	case "cloverhound":
		p.send(http.MethodPost, p.base(), map[string]any{"full_name": "Somebody Else", "email": email})
	}
}
