package cli

import (
	"fmt"
	"os/exec"
	"testing"
)

// The benchmark of a check runs the built binary over a file of a million rows and 15 columns, beside a program that
// only reads it with encoding/csv (testdata/barecheck).
//
//	go test ./internal/cli -run '^$' -bench Check -benchtime 3x -timeout 20m
const checkHead = "First name,Last name,Email,Phone,Job title,Company,Street,Zip,City,Country,Birthday,Customer ID,Tags,Created on,Notes"

// checkLine is a row whose cells are as different as those of people are.
func checkLine(i int, phone string) string {
	return fmt.Sprintf("Jane%d,van der Berg,jane.%d@example.com,%s,Head of sales,Firm %d BV,Kerkstraat %d,%04d AB,Utrecht,NL,19%02d-%02d-%02d,C%06d,lead;vip,2026-01-%02d,Met on the fair in hall %d",
		i, i, phone, i%500, 1+i%300, 1000+i%8999, 50+i%50, 1+i%12, 1+i%28, i, 1+i%28, i%12)
}

// BenchmarkCheck checks phones that stand in the international form.
func BenchmarkCheck(b *testing.B) {
	benchCheck(b, func(i int) string { return fmt.Sprintf("+316%08d", 10000000+i) })
}

// BenchmarkCheckNationalPhones checks phones that have to be parsed by the rules of their country.
func BenchmarkCheckNationalPhones(b *testing.B) {
	benchCheck(b, func(i int) string { return fmt.Sprintf("06-%08d", 10000000+i) })
}

func benchCheck(b *testing.B, phone func(i int) string) {
	path := writeLines(b, checkHead, memoryRows, func(i int) string { return checkLine(i, phone(i)) })
	ours, bare := buildProgram(b, "../../cmd/crmferry"), buildProgram(b, "./testdata/barecheck")
	r := race(b, func() spent { return runWatched(b, exec.Command(bare, path)) },
		func() spent { return runWatched(b, exec.Command(ours, "check", "rogerroger", path, "--region", "NL")) })
	r.speeds(b, memoryRows, "rows")
	b.ReportMetric(r.ratio(func(bare, ours spent) float64 { return ours.wall.Seconds() / bare.wall.Seconds() }), "times-bare")
}
