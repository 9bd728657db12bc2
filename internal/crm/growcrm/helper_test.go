package growcrm

import (
	"net/http"
	"testing"

	"crmferry/internal/crm/crmtest"
)

// serve returns a client of a fake.
func serve(t *testing.T, answers map[string]string) (*Client, *crmtest.Fake) {
	t.Helper()
	fake, base := crmtest.NewFake(t, typeForm, answers)
	return New(Config{Base: base, HTTP: http.DefaultClient}), fake
}
