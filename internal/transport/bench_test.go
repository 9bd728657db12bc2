package transport

import (
	"net/http"
	"testing"
)

// BenchmarkStack is what the layers cost a write, the network apart.
func BenchmarkStack(b *testing.B) {
	tr := New(Options{
		Secrets: []string{"the-key-of-the-account"}, UserAgent: "crmferry",
		Authorize: func(req *http.Request) { req.Header.Set("Authorization", "Bearer the-key-of-the-account") },
		Base:      tripper(func(req *http.Request) (*http.Response, error) { return respond(req, 201, "{}"), nil }),
	})
	ctx := b.Context()
	b.ReportAllocs()
	for b.Loop() {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://crm.example.com/contacts", http.NoBody)
		if err != nil {
			b.Fatal(err)
		}
		resp, err := tr.RoundTrip(req)
		if err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
	}
}
