package runrows

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
)

// benchRow is as large as most rows are.
type benchRow struct {
	Number, Line int
	Contact      struct{ FirstName, LastName, Email, Phone, Street, City string }
	Fields       []string
	Keys         []struct{ Email string }
}

const benchLine = `{"Number":2,"Line":2,"Contact":{"FirstName":"Olga","LastName":"Schönenberger","Email":"user1.8870@example.org","Phone":"+41447033595","Street":"Seestrasse 200",` +
	`"City":"Lausanne"},"Fields":["firstName","lastName","email","phone","street","city"],"Keys":[{"Email":"user1.8870@example.org"}]}`

// BenchmarkRows writes rows and reads them again, and, to compare, decodes as many with encoding/json alone.
func BenchmarkRows(b *testing.B) {
	const rows = 10_000
	var row benchRow
	if err := json.Unmarshal([]byte(benchLine), &row); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), Name)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			w, err := Create[benchRow, struct{}](path, func(*benchRow) []string { return nil })
			if err != nil {
				b.Fatal(err)
			}
			for i := range rows {
				row.Contact.Email = fmt.Sprintf("user%d@example.org", i)
				w.Add(&row)
			}
			if err := w.Finish(&struct{}{}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read[benchRow, struct{}](context.Background(), path, func(int, *benchRow) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			for range rows {
				if err := json.Unmarshal([]byte(benchLine), new(benchRow)); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
	})
}
