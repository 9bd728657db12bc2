package refs

import (
	"testing"

	"crmferry/internal/crm"
)

func TestIDsAndNames(t *testing.T) {
	const uuid = "0190F3A2-1111-7222-8333-944455556666"
	byPath := ByPath("/tags/")
	for v, want := range map[string]crm.Ref{
		"/tags/17": {ID: "/tags/17"}, "/tags/": {Name: "/tags/"}, "VIP": {Name: "VIP"}, "17": {Name: "17"},
		uuid: {ID: "/tags/0190f3a2-1111-7222-8333-944455556666"}, uuid[1:] + "x": {Name: uuid[1:] + "x"},
	} {
		if got := byPath(v); got != want {
			t.Errorf("by path, %q: %v", v, got)
		}
	}
	for v, want := range map[string]string{"17": "/users/17", "/users/17": "/users/17", "/tags/17": "", "Jan": "", "Jan 17": "", "jan17@example.com": "", "/users/": "", "/users/jan": "/users/jan"} {
		if got, ok := ByID("/users/", v); got.ID != want || ok != (want != "") {
			t.Errorf("by id, %q: %v", v, got)
		}
	}
	for v, want := range map[string]crm.Ref{"17": {ID: "17"}, "Acme": {Name: "Acme"}, "Acme 17": {Name: "Acme 17"}} {
		if got := ByDigits(v); got != want {
			t.Errorf("by digits, %q: %v", v, got)
		}
	}
	for v, want := range map[string]crm.Ref{"stg_00012345": {ID: "stg_00012345"}, "Prospect": {Name: "Prospect"}, "stage 1234567": {Name: "stage 1234567"}, "a1": {Name: "a1"}} {
		if got := ByCode(v); got != want {
			t.Errorf("by code, %q: %v", v, got)
		}
	}
	for v, want := range map[string]crm.Ref{"ada@example.com": {Name: "ada@example.com"}, "/people/9": {ID: "9"}, "C-9": {Name: "C-9"}, "Jan Bos": {Name: "Jan Bos"},
		uuid: {ID: "0190f3a2-1111-7222-8333-944455556666"}, "/people/" + uuid: {ID: "0190f3a2-1111-7222-8333-944455556666"}} {
		if got := ByPerson("/people/", v); got != want {
			t.Errorf("by person, %q: %v", v, got)
		}
	}
	for v, want := range map[string]string{"https://www.linkedin.com/in/ada-byron/?x=1": "ada-byron", "ada": "ada"} {
		if got := Profile(v); got != want {
			t.Errorf("profile %q: %q", v, got)
		}
	}
}
