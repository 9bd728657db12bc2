package survey

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// wide is a sheet with so many columns, of which three have fields.
func wide(t testing.TB, columns int) string {
	header, row := "First name,Last name,Email", "Jan,Jansen,jan@example.com"
	for i := range columns - 3 {
		header += fmt.Sprintf(",Column %d", i)
		row += ",x"
	}
	return sheetOf(t, []string{header, row, row})
}

// BenchmarkWide reads sheets of 2,000 and of 16,000 columns, and says how many times as long a column takes in the wider
// one: about once.
func BenchmarkWide(b *testing.B) {
	took := map[int]time.Duration{}
	for _, columns := range []int{2000, 16_000} {
		path := wide(b, columns)
		start := time.Now()
		for range b.N {
			if _, err := Read(b.Context(), mapping.CloverhoundContacts(), Options{Path: path}, func(int, *Row[cloverhound.Contact]) {}); err != nil {
				b.Fatal(err)
			}
		}
		took[columns] = time.Since(start)
	}
	b.ReportMetric(float64(took[16_000])/float64(took[2000])/8, "times-a-column")
}

// TestRefs names columns as each names itself.
func TestRefs(t *testing.T) {
	var sheet []columns.Column
	for i, h := range strings.Split("Name|E-mail||Name|#x| City ", "|") {
		sheet = append(sheet, columns.Column{Index: i, Letter: string(rune('A' + i)), Header: h})
	}
	for i, ref := range columns.Refs(sheet) {
		if own := sheet[i].Ref(sheet); ref != own {
			t.Errorf("%q: %q, want %q", sheet[i].Header, ref, own)
		}
	}
}
