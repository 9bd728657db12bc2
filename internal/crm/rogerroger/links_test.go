package rogerroger

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"tags", "segments", "organizations"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			reads := 0
			client := serve(t, routes(map[string]http.HandlerFunc{"GET /" + kind: func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				reads++
				if r.URL.Query().Get("page") == "2" {
					write(w, 200, `{"member":[{"@id":"/`+kind+`/3","title":"vip "},{"id":"4","title":"Lead"},{"@id":"/`+kind+`/1","title":"VIP"}],"totalItems":4}`)
					return
				}
				if got := r.URL.Query().Encode(); got != "itemsPerPage=30&page=1" {
					t.Errorf("asks for %s", got)
				}
				write(w, 200, `{"member":[{"@id":"/`+kind+`/1","id":"1","title":"VIP"},{"@id":"/`+kind+`/2","title":null}],"totalItems":4,"view":{"next":"/`+kind+`?page=2"}}`)
			}}))
			want := map[string][]crm.Ref{
				" Vip": {{ID: "/" + kind + "/1", Name: "VIP"}, {ID: "/" + kind + "/3", Name: "vip "}},
				"LEAD": {{ID: "/" + kind + "/4", Name: "Lead"}},
			}
			for range 2 {
				got, err := client.Resolve(t.Context(), kind, []string{" Vip", "LEAD", "unknown"})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("links differ (-want +got):\n%s", diff)
				}
			}
			if reads != 4 {
				t.Errorf("%d reads, want both pages at every call", reads)
			}
		})
	}
}

func TestCreateLink(t *testing.T) {
	t.Parallel()
	bodies := map[string]string{"tags": `{"title":"New & old"}`, "segments": `{"title":"New & old","icon":"star"}`, "organizations": `{"title":"New & old"}`}
	for kind, body := range bodies {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			list := `{"member":[],"totalItems":0}`
			client := serve(t, routes(map[string]http.HandlerFunc{
				"GET /" + kind: func(w http.ResponseWriter, r *http.Request) { write(w, 200, list) },
				"POST /" + kind: func(w http.ResponseWriter, r *http.Request) {
					list = `{"member":[{"@id":"/` + kind + `/9","title":"New & old"}],"totalItems":1}`
					testHeaders(t, r)
					crmtest.SameBody(t, r, body)
					write(w, 201, `{"@id":"/`+kind+`/9","title":"New & old"}`)
				},
			}))
			if got, err := client.Resolve(t.Context(), kind, []string{"new & old"}); err != nil || len(got) != 0 {
				t.Fatalf("links are %v, error %v", got, err)
			}
			ref, person, err := client.CreateLink(t.Context(), kind, "New & old", Person{})
			want := crm.Ref{ID: "/" + kind + "/9", Name: "New & old"}
			if err != nil || ref != want || person != nil {
				t.Fatalf("made %+v and %+v, error %v", ref, person, err)
			}
			got, err := client.Resolve(t.Context(), kind, []string{"new & old"})
			if diff := cmp.Diff(map[string][]crm.Ref{"new & old": {want}}, got); diff != "" || err != nil {
				t.Errorf("error %v; links differ (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestLinkErrors(t *testing.T) {
	t.Parallel()
	failing := true
	client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			write(w, 201, `{}`)
		case failing:
			write(w, 500, `{"detail":"down"}`)
		default:
			write(w, 200, `{"member":[{"@id":"/tags/1","title":"VIP"}]}`)
		}
	}))
	if _, err := client.Resolve(t.Context(), "tags", []string{"VIP"}); err == nil || !strings.Contains(err.Error(), "list tags: 500 down") {
		t.Errorf("error is %v", err)
	}
	failing = false
	if got, err := client.Resolve(t.Context(), "tags", []string{"VIP"}); err != nil || len(got) != 1 {
		t.Errorf("after a failure: links are %v, error %v", got, err)
	}
	if _, _, err := client.CreateLink(t.Context(), "tags", "x", Person{}); crm.ClassOf(err) != crm.Ambiguous {
		t.Errorf("error is %v", err)
	}
}

func TestLinkKinds(t *testing.T) {
	t.Parallel()
	want := []crm.LinkKind{{Name: "tags", One: "tag", CanCreate: true}, {Name: "segments", One: "segment", CanCreate: true}, {Name: "organizations", One: "organization", CanCreate: true}}
	if got := New(Config{}).LinkKinds(); !slices.Equal(got, want) {
		t.Errorf("kinds are %v", got)
	}
}
