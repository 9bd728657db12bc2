package transport

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// TestWrongProxy: what is named as a proxy and is none is not passed over: the request would leave without one.
func TestWrongProxy(t *testing.T) {
	for _, tt := range []struct {
		proxy, without string
		refused        bool
	}{
		{"", "", false},
		{"http://ann:s3cret@proxy.example.com:3128", "", false},
		{"ann:s3cret@proxy.example.com:3128", "", false},
		{"proxy.example.com", "", false},
		{"http://ann:s3%cret@proxy.example.com", "", true},
		{"ann:s3%cret@proxy.example.com", "", true},
		{"http://ann:s3cret@proxy.example.com:x", "", true},
		{"http://", "", true},
		{"http://ann:s3%cret@proxy.example.com", "crm.example.com", false},
		{"http://ann:s3%cret@proxy.example.com", "*", false},
	} {
		t.Setenv("HTTPS_PROXY", tt.proxy)
		t.Setenv("https_proxy", "")
		t.Setenv("NO_PROXY", tt.without)
		t.Setenv("no_proxy", "")
		req, err := http.NewRequest(http.MethodPost, "https://crm.example.com/contacts", nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = proxyOf()(req)
		if errors.Is(err, errNoProxy) != tt.refused || err != nil && (!Permanent(err) || strings.Contains(err.Error(), "s3")) {
			t.Errorf("%q without %q: %v", tt.proxy, tt.without, err)
		}
	}
}
