package parse

import (
	"errors"
	"math"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
)

func TestNewPace(t *testing.T) {
	documented := &account.Vendor{Name: "Acme", Limit: account.RateLimit{Requests: 20, Per: time.Minute}}
	silent := &account.Vendor{Name: "Acme"}
	tests := []struct {
		name    string
		vendor  *account.Vendor
		flag    string
		sandbox bool
		text    string
		rate    float64 // effective, a second
		warns   bool
	}{
		{"documented", documented, "", false, "20 requests a minute (documented by Acme)", 0.325, false},
		{"default", silent, "", false, "5 requests a second (a default: Acme documents no limit; --rate sets another)", 4.875, false},
		{"flag", silent, "1/s", false, "1 request a second (--rate)", 0.975, false},
		{"flag below the limit", documented, "60/h", false, "60 requests an hour (--rate)", 0.01625, false},
		{"flag above the limit", documented, "21/m", false, "21 requests a minute (--rate)", 0.34125, true},
		{"off", documented, "off", false, "no limit (--rate)", math.Inf(1), true},
		{"sandbox", documented, "", true, "no limit (sandbox)", math.Inf(1), false},
		{"sandbox and flag", documented, "10/s", true, "10 requests a second (--rate)", 9.75, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			asked, err := Rate(tt.flag)
			if err != nil {
				t.Fatal(err)
			}
			p := account.NewPace(tt.vendor, asked, tt.sandbox)
			if text, warning := text.Pace(p, tt.vendor), text.Excess(p, tt.vendor, tt.flag); text != tt.text || (warning != "") != tt.warns {
				t.Errorf("pace = %q, warning %q", text, warning)
			}
			got := float64(p.Effective())
			if math.IsInf(tt.rate, 1) {
				if p.Effective() != rate.Inf {
					t.Errorf("Effective = %v, want none", got)
				}
			} else if math.Abs(got-tt.rate) > 1e-9 {
				t.Errorf("Effective = %v, want %v", got, tt.rate)
			}
		})
	}
}

func TestParseRateWithoutUnit(t *testing.T) {
	if got, err := parseRate("10"); err != nil || got != (account.RateLimit{Requests: 10, Per: time.Second}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestParseRateRefuses(t *testing.T) {
	for _, s := range []string{"0", "20/", "0/s", "-1/s", "1.5/s", "/s", "20/d", "fast", "20/m ", "20 / m", "OFF"} {
		_, err := parseRate(s)
		var f *failure.Error
		if !errors.As(err, &f) || f.Code != failure.ExitUsage {
			t.Errorf("parseRate(%q) = %v, want wrong use", s, err)
		}
	}
}
