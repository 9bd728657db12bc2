package clientcommander

import (
	"net/http"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

// serve returns a client of a fake.
func serve(t *testing.T, answers map[string]string) (*Client, *crmtest.Fake) {
	t.Helper()
	fake, base := crmtest.NewFake(t, typeJSON, answers)
	return New(Config{Base: base, HTTP: http.DefaultClient}), fake
}

// meta is the envelope's part that every answer has.
const meta = `"meta": {"requestId": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "timestamp": "2023-11-07T05:31:56Z", "version": "1.0.0"}`

func metaOf(status int) crm.Meta {
	return crm.Meta{Status: status, RequestID: "3c90c3cc-0d44-4b50-8888-8dd25736052a"}
}
