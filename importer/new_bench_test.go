package importer

import (
	"fmt"
	"testing"

	"crmferry/mapping"
)

// BenchmarkNew reads 50,000 rows as check does.
func BenchmarkNew(b *testing.B) {
	lines := []string{"First name,Last name,Email,Phone,City,Country,Company,Title,Notes,Created"}
	for i := range 50_000 {
		lines = append(lines, fmt.Sprintf("Jan,Jansen %d,jan.%d@example.com,+31612345678,Delft,NL,Voorbeeld B.V.,Engineer,plain words of a note,2026-01-31", i, i))
	}
	path := leadsFile(b, lines)
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(b.Context(), mapping.CloverhoundContacts(), Options{Path: path}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/50_000, "ns/row")
	})
}
