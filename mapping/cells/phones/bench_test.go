package phones

import (
	"testing"

	"crmferry/mapping/cells/phones/plan"
)

// BenchmarkRead reads cells as most are.
func BenchmarkRead(b *testing.B) {
	for _, tt := range []struct{ name, cell, region string }{
		{"e164", "+31612345678", "NL"}, {"international", "+41 44 703 35 95", "NL"}, {"national", "06-12345678", "NL"}, {"US", "(512) 555-0123", "US"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			r := Reader{Plans: &plan.Plans{}, Region: tt.region}
			b.ReportAllocs()
			for b.Loop() {
				if _, n := r.ReadAll(tt.cell); !n.OK() {
					b.Fatal(n)
				}
			}
		})
	}
}
