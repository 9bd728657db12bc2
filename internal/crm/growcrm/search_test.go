package growcrm_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
)

// TestWordsThatSearchesPassOver: that nothing is found by a word which a search may pass over does not say that a company is not there,
// where many have the other words of its name.
func TestWordsThatSearchesPassOver(t *testing.T) {
	for name, code := range map[string]string{"Holding & Co": crm.CodeCommon, "Holding Müller": crm.CodeCommon, "Holding Zephyr": ""} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			clients := growcrm.NewClients(configOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked++
				w.Header().Set("Content-Type", "application/json")
				if r.URL.Query().Get("search") != "holding" {
					_, _ = fmt.Fprint(w, `{"data": [], "meta": {"current_page": 1, "per_page": 100, "total": 0, "last_page": 1}}`)
					return
				}
				page := r.URL.Query().Get("page")
				one := `{"id": ` + page + `00, "company_name": "Holding ` + page + `"}`
				_, _ = fmt.Fprint(w, `{"data": [`+one+strings.Repeat(","+one, 99)+`], "meta": {"current_page": `+page+`, "per_page": 100, "total": 900, "last_page": 9}}`)
			})))
			found, err := clients.Find(t.Context(), []crm.Key{{Name: crm.Fold(name)}})
			if crm.CodeOf(err) != code || len(found) > 0 || asked > clients.Traits().NameRequests {
				t.Errorf("%d requests: %v, %v", asked, found, err)
			}
		})
	}
}
