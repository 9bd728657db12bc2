package shift

import (
	"strings"
	"testing"

	"crmferry/mapping/cells"
)

// TestFind: of each table, the rows that are found begin with ! (certain), ? (one cell shows it) or < (a cell is missing).
func TestFind(t *testing.T) {
	tests := []struct{ name, table string }{
		{"an address in the next column, and a town in the one behind it", `Name|Email|City|Notes
Una|una@example.com|Oslo|
!Bo||bo@example.com|Oslo
Al|al@example.com|Oslo|hello
Em|em@example.com|Oslo|`},
		{"towns and countries only", `First|Last|City|Country|Notes
Una|Holm|Oslo|Norway|
!Bo|Berg||Oslo|Norway
Al|Ek|Oslo|Norway|hello
Em|Li|Oslo|Norway|`},
		{"a column of texts is empty", `Name|Company|City|Country|Notes
Una|Acme|Oslo|Norway|
!Bo||Beta|Oslo|Norway
Al|Gamma|Oslo|Norway|hello
Em|Delta|Oslo|Norway|`},
		{"an address alone in notes", `Name|City|Email|Notes
Una|Oslo|una@example.com|
?Bo|Oslo||bo@example.com
Al|Oslo|al@example.com|hello`},
		{"what is empty is missing", `Name|Email|City|Country
Una||Oslo|Norway
Bo|bo@example.com||Norway
Al|al@example.com|Oslo|
Em|em@example.com|Oslo|Norway
Ed|ed@example.com|Luxembourg|Luxembourg
Ida|ida@example.com||Luxembourg`},
		{"two phones, two addresses, two days", `Name|Phone|Mobile|Email|Second e-mail|Created|Changed
Una|+15555550101||una@example.com||2026-01-02|
Bo||+15555550102||bo@example.com||2026-01-03
Al|+15555550103||al@example.com||2026-01-02|
Em|+15555550104||em@example.com||2026-01-02|`},
		{"a cell is missing", `First|Last|Company|City|Country|Notes
Una|Holm|Acme|Oslo|Norway|
<Bo|Berg|Oslo|Norway||
Al|Ek|Beta|Oslo|Norway|hello
Em|Li|Gamma|Oslo|Norway|`},
		{"a cell is missing before an address", `Name|Company|Email|Phone|City
Una|Acme|una@example.com|+15555550101|Oslo
<Bo|bo@example.com|+15555550102|Oslo|
Al|Beta|al@example.com|+15555550103|Oslo
Em||em@example.com|+15555550104|Oslo`},
		{"two gaps, an address behind the second", `Name|Company|City|Email|Notes
Una|Acme|Oslo|una@example.com|
?Bo||Rome||bo@example.com
Al|Beta|Oslo|al@example.com|hello
Em|Gamma|Oslo|em@example.com|`},
		{"names that few rows have", `Name|Owner|Second owner|Created by
Una|Ann Lee||
Bo||Ann Lee|Cy Fox
Al|Ann Lee|Cy Fox|
Em|Ann Lee|Cy Fox|
Ed|Bo Day||
Ida|Bo Day||
Uta|Ann Lee||`},
		{"a second phone that is a text in another row", `Name|Phone|Mobile
Una|+15555550101|ask Bo
Bo||+15555550102
Al|+15555550103|`},
		{"a town that is a country", `Name|Company|City|Country|Notes
Una|Acme|Luxembourg|Luxembourg|
Bo|Berg|Luxembourg||
Al|Beta|Luxembourg|Luxembourg|hello`},
		{"answers", `Name|Newsletter|SMS|Post
Una|Yes||
Bo||Yes|Yes
Al|Yes||
Em|No||`},
		{"another cell stands where it belongs", `Name|Email|City|Country
Una|una@example.com|Oslo|Norway
?Bo||bo@example.com|Norway
Al|al@example.com|Oslo|Norway
Em|em@example.com|Bergen|Norway`},
	}
	for _, tt := range tests {
		lines := strings.Split(tt.table, "\n")
		header := strings.Split(lines[0], "|")
		p := cells.NewProfile(header)
		for _, line := range lines[1:] {
			p.Add(strings.Split(strings.TrimLeft(line, "!?<"), "|"))
		}
		f := NewFinder(p, header)
		for _, line := range lines[1:] {
			got := ""
			switch s, ok := f.Find(strings.Split(strings.TrimLeft(line, "!?<"), "|")); {
			case s.Missing:
				got = "<"
			case ok && s.Certain:
				got = "!"
			case ok:
				got = "?"
			}
			if want := line[:strings.IndexAny(line, "UBAEI")]; got != want {
				t.Errorf("%s: %s: got %q", tt.name, line, got)
			}
		}
	}
}

// TestFindLong: of long sheets a sample is seen, in which columns that few rows have may be empty.
func TestFindLong(t *testing.T) {
	header := []string{"Name", "Phone", "Mobile", "Home phone", "Owner", "Second owner", "Created by", "Created", "Closed", "Changed"}
	p := cells.NewProfile(header)
	usual := []string{"Una", "+15555550101", "", "", "Ann Lee", "", "", "2026-01-02", "", ""}
	for range 3000 {
		p.Add(usual)
	}
	rare := []string{"Bo", "", "+15555550102", "+15555550103", "", "Ann Lee", "Ann Lee", "", "2026-01-03", "2026-01-04"}
	p.Add(rare)
	f := NewFinder(p, header)
	if s, ok := f.Find(rare); ok {
		t.Errorf("what few rows have: found %+v", s)
	}
}
