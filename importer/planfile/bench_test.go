package planfile_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
)

// many is a plan of n rows with five changes each.
func many(n int) []result {
	list := make([]result, n)
	for i := range list {
		list[i] = result{outcome.Result{Row: i + 2, Action: outcome.ActionUpdate, Key: fmt.Sprintf("person.%d@example.com", i), ID: fmt.Sprint(i)}, fmt.Sprintf("Person Number %d", i), nil}
		for k := range 5 {
			list[i].changes = append(list[i].changes, planfile.Change{Field: fmt.Sprintf("field %d", k+i%3), Now: fmt.Sprintf("the value before of row %d", i), Will: fmt.Sprintf("the value after of row %d", i)})
		}
	}
	return list
}

// peak is the most memory that is in use while something is done, less what was before.
func peak(b *testing.B, do func()) {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	stop, done := make(chan bool), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			select {
			case <-stop:
				done <- most
				return
			default:
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
				time.Sleep(20 * time.Millisecond)
			}
		}
	}()
	do()
	close(stop)
	b.ReportMetric(float64(<-done-before.HeapAlloc)/(1<<20), "MiB")
}

// BenchmarkPlan writes and reads plans of 100,000 rows with 500,000 changes.
func BenchmarkPlan(b *testing.B) {
	plan := many(100_000)
	for _, file := range []string{"x.xlsx", "x.csv"} {
		path := write(b, file, plan)
		b.Run("write "+file, func(b *testing.B) {
			for range b.N {
				peak(b, func() { write(b, file, plan) })
			}
		})
		b.Run("read "+file, func(b *testing.B) {
			for range b.N {
				peak(b, func() {
					if got := verdict(path, plan); len(got) < 100_000 {
						b.Fatal(got)
					}
				})
			}
		})
	}
}
