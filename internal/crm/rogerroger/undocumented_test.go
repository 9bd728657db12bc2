package rogerroger

import (
	"net/http"
	"sync/atomic"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

// TestDelete: nothing with 204 is the answer, or the person; what else comes is none: in doubt, or from another server.
func TestDelete(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   crm.Class // 0: done
		code   string
	}{
		{"nothing", 204, "", 0, ""},
		{"the person", 200, `{"@id":"/people/p1","familyName":"Doe"}`, 0, ""},
		{"nothing with 200", 200, "", crm.Ambiguous, ""},
		{"nothing with 202", 202, "", crm.Ambiguous, ""},
		{"another person", 200, `{"@id":"/people/p2","familyName":"Doe"}`, crm.WrongServer, ""},
		{"an object", 200, `{"status":"ok"}`, crm.WrongServer, ""},
		{"a page", 200, "<html>", crm.WrongServer, ""},
		{"not there", 404, `{"message":"Not Found"}`, crm.Permanent, crm.CodeNotFound},
		{"not allowed", 405, `{"message":"Method Not Allowed"}`, crm.Permanent, ""},
		{"an error", 500, "", crm.Ambiguous, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			handler := http.StripPrefix(crmtest.Prefix, routes(map[string]http.HandlerFunc{"DELETE /people/p1": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				write(w, tt.status, tt.body)
			}}))
			client := NewUndocumented(Config{Base: crmtest.Serve(t, handler, crmtest.Prefix), HTTP: crmtest.Client(Authorize("key-1"))})
			_, err := client.Delete(t.Context(), "/people/p1")
			if (err == nil) != (tt.want == 0) || err != nil && (crm.ClassOf(err) != tt.want || tt.code != "" && crm.CodeOf(err) != tt.code) {
				t.Errorf("%v (%v)", err, crm.ClassOf(err))
			}
		})
	}
}

// TestDeleteNobody: what is no id of a person is never sent: as a path it would name something else.
func TestDeleteNobody(t *testing.T) {
	var sent atomic.Int64
	base := crmtest.Serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent.Add(1) }), crmtest.Prefix)
	client := NewUndocumented(Config{Base: base, HTTP: crmtest.Client(Authorize("key-1"))})
	for _, id := range []string{"", ".", "..", "/people/.."} {
		if _, err := client.Delete(t.Context(), id); crm.ClassOf(err) != crm.Permanent {
			t.Errorf("%q: %v", id, err)
		}
	}
	if n := sent.Load(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
