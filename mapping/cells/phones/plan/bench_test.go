package plan

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// BenchmarkParse reads numbers, and asks whether they are in a range in use, beside the library.
//
//	go test ./mapping/cells/phones/plan -run '^$' -bench Parse
func BenchmarkParse(b *testing.B) {
	for _, tt := range []struct{ name, text, country string }{
		{"e164", "+31612345678", ""}, {"international", "+41 44 703 35 95", ""}, {"idd", "0041 44 703 35 95", "NL"},
		{"national", "06-12345678", "NL"}, {"US", "(512) 555-0123", "US"}, {"CA", "604-555-0123", "CA"}, {"AR", "011 15-2345-6789", "AR"}, {"DE", "0211 / 1234567", "DE"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			var p Plans
			for b.Loop() {
				n, ok := p.Parse(tt.text, tt.country)
				if !ok || !p.IsInRange(&n) {
					b.Fatalf("%q is no number", tt.text)
				}
			}
		})
		b.Run(tt.name+"/library", func(b *testing.B) {
			for b.Loop() {
				n, err := phonenumbers.Parse(tt.text, tt.country)
				if err != nil || phonenumbers.Format(n, phonenumbers.E164) == "" || !phonenumbers.IsValidNumber(n) {
					b.Fatalf("%q is no number", tt.text)
				}
			}
		})
	}
}

// BenchmarkCompile compiles the plans of all countries.
func BenchmarkCompile(b *testing.B) {
	all, bytes := countries(), 0
	for b.Loop() {
		var p Plans
		bytes = 0
		for _, id := range all {
			c := p.country(id, 0)
			bytes += c.bytes()
		}
	}
	b.ReportMetric(float64(bytes)/(1<<10), "KiB")
}

func (c *country) bytes() int {
	const node = 24
	return node * (cap(c.numbers.nodes) + cap(c.idd.nodes) + cap(c.national.nodes))
}
