package mapping

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// profiled is the profile of a sheet whose rows are given with | between their cells.
func profiled(header []string, rows ...string) *cells.Profile {
	p := cells.NewProfile(header)
	for _, row := range rows {
		p.Add(strings.Split(row, "|"))
	}
	return p
}

func TestDateOrderOfColumns(t *testing.T) {
	tests := []struct {
		cells []string
		order string
		doubt []string
	}{
		{[]string{"03/04/2025", "15/01/2025"}, "dmy", nil},
		{[]string{"03/04/2025", "3/15/2025 2:30 PM"}, "mdy", nil},
		{[]string{"03/04/2025", "05/06/2025", "03/04/2025"}, "", []string{"03/04/2025", "05/06/2025"}},
		{[]string{"03/04/2025", "03/04/2025"}, "", []string{"03/04/2025"}},
		{[]string{"15/01/2025", "1/15/2025"}, "", []string{"15/01/2025", "1/15/2025"}},
		{[]string{"03-03-2025", "12.12.2025"}, "dmy", nil}, // either way the same
		{[]string{"31.12.25", "1.2.25"}, "dmy", nil},
		{[]string{"26-01-31", "26-02-10"}, "", []string{"26-01-31", "26-02-10"}}, // the year may come first
		{[]string{"31-01-99", "01-02-26"}, "dmy", nil},
		{[]string{"2025-03-04", "4 mrt 2025", "yesterday"}, "dmy", nil}, // nothing depends on it
		{[]string{"45/13/2025", "99/99/2025", "020-123-4567", "1.250.000"}, "dmy", nil},
	}
	for _, tt := range tests {
		var e cells.Evidence
		for _, cell := range tt.cells {
			e.Add(cell)
		}
		if got, doubt := e.Conclude().Order, e.Dates.Undecided(); got != tt.order || !slices.Equal(doubt, tt.doubt) {
			t.Errorf("%q: got %q, doubt %q, want %q, %q", tt.cells, got, doubt, tt.order, tt.doubt)
		}
	}
}

// grouped is the number by which a column is read as thousands.
func grouped(e *cells.Evidence) []string {
	if as := e.Grouped(); as != "" {
		return []string{as}
	}
	return nil
}

func TestDecimalMarkOfColumns(t *testing.T) {
	tests := []struct {
		cells []string
		mark  string
		doubt []string
	}{
		{[]string{"1.250", "12,50"}, "comma", nil},
		{[]string{"1,250", "$12.50"}, "point", nil},
		{[]string{"1.250", "1.250.000"}, "comma", nil},
		{[]string{"1.250", "€ 1.250.000,50"}, "comma", nil},
		{[]string{"1,250", "0.500"}, "point", nil},
		{[]string{"1.250", "450000", "2.500"}, "", []string{"1.250", "2.500"}},
		{[]string{"1.250", "2.500 EUR"}, "comma", nil}, // nobody writes a tenth of a cent
		{[]string{"$100,000", "$1,250"}, "point", nil},
		{[]string{"$1,250", "€ 1.250"}, "", []string{"€ 1.250", "$1,250"}},
		{[]string{"12,5", "12.5"}, "", []string{"12,5", "12.5"}},
		{[]string{"1.2M", "1,250"}, "point", nil},
		{[]string{"450000", "450k", "ask"}, "", nil},
		{[]string{"1,500", "2,000", "950"}, "point", []string{"1,500"}}, // decided, and said
		{[]string{"1,500", "0"}, "point", []string{"1,500"}},
		{[]string{"450,000", "525,000", "1,200"}, "point", []string{"450,000"}},
		{[]string{"1,234", "2,345", "3,456", "950"}, "point", []string{"1,234"}},
		{[]string{"1.500", "950"}, "comma", []string{"1.500"}},
		{[]string{"1.234", "2.345", "3.456", "950"}, "comma", []string{"1.234"}},
		{[]string{"1,500"}, "", []string{"1,500"}},
		{[]string{"1,500", "1,500", "1,500"}, "", []string{"1,500"}},
		{[]string{"1,500", "2,500"}, "", []string{"1,500", "2,500"}},
		{[]string{"1.500", "2.000", "3.000"}, "", []string{"1.500", "2.000"}}, // as a database writes 1.5
		{[]string{"1,234", "2,345", "3,456"}, "", []string{"1,234", "2,345"}},
		{[]string{"1,234", "950"}, "", []string{"1,234"}},
		{[]string{"1,500", "2,000", "25000"}, "", []string{"1,500", "2,000"}},
		{[]string{"1,500", "2.000", "950"}, "", []string{"1,500", "2.000"}},
	}
	for _, tt := range tests {
		var e cells.Evidence
		for _, cell := range tt.cells {
			e.Add(cell)
		}
		if got, doubt := e.Conclude().Decimal, append(e.UndecidedNumbers(), grouped(&e)...); got != tt.mark || !slices.Equal(doubt, tt.doubt) {
			t.Errorf("%q: got %q, doubt %q, want %q, %q", tt.cells, got, doubt, tt.mark, tt.doubt)
		}
	}
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		cells                       string
		serials, tails, lost, coded bool
	}{
		{"45373|45374", true, false, false, false},
		{"45373|2025-01-01", false, false, false, false},
		{"45373|12", false, false, false, false},
		{"10045.0|10046.0", false, true, false, false},
		{"10045.0|10046", false, false, false, false},
		{"10045.0|A-1", false, false, false, false},
		{"2134|78701|78701-1234", false, false, true, false},
		{"2134|78701|501", false, false, true, false},
		{"2134|78701|-", false, false, true, false},
		{"2134|02139|78701", false, false, false, false}, // zeros are kept in this column
		{"2134|2139", false, false, false, false},        // nothing says that these are of the USA
		{"2134|78701|1012 LG", false, false, false, false},
		{"2134|78701|123456", false, false, false, false},
		{"2134|78701|7102-1234|501-0001", false, false, true, false},
		{"2134|78701|07102-1234", false, false, false, false},
		{"Berg|1-12|Jansen", false, false, false, true},
		{"Acme|1-Mar|Blauwe Molen|2026-12-01", false, false, false, false},
		{"Acme|1-Mar|Blauwe Molen|2026-12-01 00:00|Copper", false, false, false, true},
		{"Acme|3/12/2026|Copper", false, false, false, true},
		{"020-1234567|45-46-47|99-99|1234-12-1|A-1|5 - 6", false, false, false, false},
	}
	for _, tt := range tests {
		var e cells.Evidence
		for _, cell := range strings.Split(tt.cells, "|") {
			e.Add(cell)
		}
		if v := e.Conclude(); v.Serials != tt.serials || v.Floats != tt.tails || v.Lost != tt.lost || v.Coded != tt.coded {
			t.Errorf("%s: %+v", tt.cells, v)
		}
	}
}

// TestColumnsDecideCells: what a cell means depends on the others, and what nothing decides is refused unless it does
// not matter or the user says it.
func TestColumnsDecideCells(t *testing.T) {
	header := []string{"Last name", "Archived at"}
	at := func(rows ...string) MatchOptions { return MatchOptions{Profile: profiled(header, rows...)} }
	archived := func(o MatchOptions, cell string) string {
		t.Helper()
		m, err := RogerRogerPeople().Match(header, worded(o))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert([]string{"Doe", cell})
		return RogerRogerPeople().Text(row.Contact, "archivedAt")
	}
	if got := archived(at("Doe|03/04/2025", "Roe|15/01/2025"), "03/04/2025"); got != "2025-04-03" {
		t.Errorf("day first: %q", got)
	}
	if got := archived(at("Doe|03/04/2025", "Roe|1/15/2025"), "03/04/2025"); got != "2025-03-04" {
		t.Errorf("month first: %q", got)
	}
	if got := archived(at("Doe|45373", "Roe|45374"), "45373"); got != "2024-03-22" {
		t.Errorf("serials: %q", got)
	}
	o := at("Doe|03/04/2025", "Roe|05/06/2025")
	var refused *match.Error
	if _, err := RogerRogerPeople().Match(header, worded(o)); !errors.As(err, &refused) || !strings.Contains(refused.Message, `"03/04/2025" and "05/06/2025"`) ||
		!strings.Contains(refused.Hint, "--date-order") {
		t.Errorf("undecided: %v", err)
	}
	for cells, orders := range map[string]string{
		"03/04/2025":            "dmy (the day first) or --date-order mdy (the month first)",
		"03-04-25":              "dmy (the day first) or --date-order mdy (the month first) or --date-order ymd (the year first)",
		"03-04-25|25-04-03":     "dmy (the day first) or --date-order ymd (the year first)",
		"03-04-25|05/05/2025":   "dmy (the day first) or --date-order mdy (the month first)",
		"15/04/2025|04/15/2025": "dmy (the day first) or --date-order mdy (the month first)",
	} {
		o := at(strings.Split("Doe|"+strings.ReplaceAll(cells, "|", "\nDoe|"), "\n")...)
		if _, err := RogerRogerPeople().Match(header, worded(o)); !errors.As(err, &refused) || refused.Hint != "say how to read its dates: --date-order "+orders {
			t.Errorf("%s: %v: %s", cells, err, refused.Hint)
		}
	}
	o.DateOrder = "dmy"
	if got := archived(o, "03/04/2025"); got != "2025-04-03" {
		t.Errorf("--date-order dmy: %q", got)
	}
	o = at("Doe|03/04/2025")
	o.Map = []string{"Archived at="}
	if _, err := RogerRogerPeople().Match(header, worded(o)); err != nil {
		t.Errorf("a column that is not used is refused: %v", err)
	}

	header = []string{"Name", "Price"}
	price := func(rows ...string) (string, error) {
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, rows...)}))
		if err != nil {
			return "", err
		}
		row := m.Convert(strings.Split(rows[0], "|"))
		return ClientCommanderContacts().Text(row.Contact, "price"), nil
	}
	if got, err := price("Jane Doe|1.250", "Jim Roe|12,50"); got != "1250" {
		t.Errorf("comma: %q %v", got, err)
	}
	if got, err := price("Jane Doe|1.250", "Jim Roe|12.50"); got != "1.25" {
		t.Errorf("point: %q %v", got, err)
	}
	if _, err := price("Jane Doe|1.250", "Jim Roe|450000"); !errors.As(err, &refused) || !strings.Contains(refused.Hint, "--decimal") {
		t.Errorf("undecided: %v", err)
	}
}

// TestPoints: a cell that a workbook holds as a number reads by its point whatever the texts beside it say, and says nothing
// about them.
func TestPoints(t *testing.T) {
	header := []string{"Email", "Price"}
	tests := []struct {
		name, number string
		texts        []string
		decimal      string
		want         string // of the number and of the first text; "" if the texts are refused
	}{
		{"alone", "12.345", nil, "", "12.345"},
		{"no evidence", "1250.5", []string{"1.250", "2.500"}, "", ""},
		{"beside commas", "12.345", []string{"1.250", "12,50"}, "", "12.345 1250"},
		{"beside points", "12.345", []string{"1.250", "12.50"}, "", "12.345 1.25"},
		{"as told", "12.345", []string{"1.250"}, "comma", "12.345 1250"},
	}
	for _, tt := range tests {
		p := cells.NewProfile(header)
		p.Add([]string{"a@example.com", tt.number}, 1)
		for _, text := range tt.texts {
			p.Add([]string{"b@example.com", text})
		}
		o := MatchOptions{Profile: p}
		o.Decimal = tt.decimal
		m, err := ClientCommanderContacts().Match(header, worded(o))
		var refused *match.Error
		if tt.want == "" {
			if !errors.As(err, &refused) || !strings.Contains(refused.Hint, "--decimal") || !strings.Contains(refused.Message, strconv.Quote(tt.texts[0])) {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		number := m.Convert([]string{"a@example.com", tt.number}, 1)
		got := fmt.Sprint(*number.Contact.Price)
		if len(tt.texts) > 0 {
			text := m.Convert([]string{"b@example.com", tt.texts[0]})
			got += " " + fmt.Sprint(*text.Contact.Price)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestDaysAmongWords: a cell that looks like a day is reported where words belong and the other cells are some. A column
// of such cells holds what it is meant to hold.
func TestDaysAmongWords(t *testing.T) {
	header := []string{"Last name", "Company", "Tags", "House number", "Customer ID"}
	tests := []struct{ rows, want string }{
		{"1-12||||;Berg||||;Vos||||", "date_of_code Last name"},
		{"1-12||||;3-4||||;Vos||||", ""},
		{"Berg|1-Mar|||;Vos|Acme|||;Bos|Copper|||", "date_of_code Company"},
		{"Berg|2026-03-01|||;Vos|Acme|||;Bos|Copper|||", "date_of_code Company"},
		{"Berg|3/1/2026|||;Vos|Acme|||;Bos|Copper|||", "date_of_code Company"},
		{"Berg||1-12||;Vos||VIP||;Bos||Lead||", "date_of_code Tags"},
		{"Berg|||12-2|;Vos|||3|;Bos|||14|", ""},
		{"Berg||||12-2;Vos||||1234;Bos||||A-12", ""},
	}
	for _, tt := range tests {
		rows := strings.Split(tt.rows, ";")
		m, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: profiled(header, rows...)}))
		if err != nil {
			t.Fatal(err)
		}
		row, got := m.Convert(strings.Split(rows[0], "|")), ""
		for _, f := range row.Remarks {
			got += f.Code + " " + f.Column
		}
		if got != tt.want || len(row.Problems) > 0 {
			t.Errorf("%s: %q, want %q; %v", tt.rows, got, tt.want, row.Problems)
		}
	}
}

// TestDateFindings: a date that had to be interpreted is reported.
func TestDateFindings(t *testing.T) {
	header := []string{"Last name", "Archived at"}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{DateOrder: "dmy"}}))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"31-01-26": cells.RemarkShortYear, "0/0/00": cells.RemarkPlaceholder, "31-01-2026": "", "2026-01-31": "",
		"2025-12-31T23:30:00-02:00": "", "31 jan 26": cells.RemarkShortYear} {
		row := m.Convert([]string{"Doe", cell})
		code := ""
		for _, f := range row.Remarks {
			code += f.Code
			if f.Before != cell || f.Field != "archivedAt" || f.Column != "Archived at" {
				t.Errorf("%q: %+v", cell, f)
			}
		}
		if code != want || len(row.Problems) > 0 {
			t.Errorf("%q: found %q, want %q; %v", cell, code, want, row.Problems)
		}
	}
}

func BenchmarkEvidence(b *testing.B) {
	values := []string{"Jane", "van der Berg", "jane.doe@example.com", "+31612345678", "78701", "03/04/2025", "$1,250,000", "Head of Procurement"}
	var e cells.Evidence
	b.ReportAllocs()
	for b.Loop() {
		for _, cell := range values {
			e.Add(cell)
		}
	}
}

// TestCellsThatNoFieldTakes: a field that takes few values is not fed by a column of which it would take hardly a cell.
// Cells that can be mended, and columns that are mixed, stay: what is wrong in those is reported row by row.
func TestCellsThatNoFieldTakes(t *testing.T) {
	header := []string{"Postcode", "Provincie", "Land"}
	tests := []struct {
		rows []string
		o    MatchOptions
		want map[string]string // field of each header, or why it has none
	}{
		{rows: []string{"1234 AB|Noord-Holland|Nederland", "5678CD|Utrecht|NL"}, want: map[string]string{
			"Postcode":  `its header says zipCode, but no cell is a ZIP code of the USA: "1234 AB" is none`,
			"Provincie": `its header says state, but no cell is a state of the USA: "Noord-Holland" is none`}},
		{rows: []string{"1234 AB|Utrecht|NL", "78701|Texas|USA"}, want: map[string]string{"Postcode": "zipCode", "Provincie": "state"}},
		{rows: []string{"'02134|tx|", "78701.0|NY|", "02134-1234|ny|"}, want: map[string]string{"Postcode": "zipCode", "Provincie": "state"}},
		{rows: []string{"2134|MA|", "2135|MA|"}, want: map[string]string{"Postcode": "zipCode", "Provincie": "state"}},
		{rows: []string{"2000||België", "9000||België"}, want: map[string]string{
			"Postcode": `its header says zipCode, but no cell is a ZIP code of the USA: "2000" is none`}},
		{rows: []string{"|Utrecht|", "|Drenthe|"}, o: MatchOptions{Values: []ValueEntry{{Field: "state", From: "Utrecht", To: "UT"}}}, want: map[string]string{"Provincie": "state"}},
		{rows: []string{"1234 AB||", "5678 CD||"}, o: MatchOptions{Map: []string{"Postcode=zipCode"}}, want: map[string]string{"Postcode": "zipCode"}},
		{rows: []string{"1234 AB||"}, want: map[string]string{"Postcode": "zipCode"}}, // one cell may be a slip
	}
	for _, tt := range tests {
		tt.o.Profile = profiled(header, tt.rows...)
		m, err := ClientCommanderContacts().Match(header, worded(tt.o))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range m.Columns {
			if want, ok := tt.want[c.Header]; ok && want != cmp.Or(c.Reason, c.Field) {
				t.Errorf("%q: %s is %q (%s), want %q", tt.rows, c.Header, c.Field, c.Reason, want)
			}
		}
	}

	header = []string{"Budget"}
	m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, "5,000 - 10,000", "10,000 - 25,000")}))
	if err != nil {
		t.Fatal(err)
	}
	if want := `its header says price, but no cell is a number: "10,000 - 25,000" is none`; m.Columns[0].Reason != want {
		t.Errorf("Budget is %q (%s), want %q", m.Columns[0].Field, m.Columns[0].Reason, want)
	}

	header = []string{"Achternaam", "Land"}
	cells := profiled(header, "Berg|#LEEG", "Ek|#LEEG")
	for _, o := range []MatchOptions{{Profile: cells}, {Profile: cells, ConvertOptions: ConvertOptions{Clear: "#LEEG"}}} {
		m, err := RogerRogerPeople().Match(header, worded(o))
		if err != nil {
			t.Fatal(err)
		}
		if c := m.Columns[1]; (c.State == columns.Mapped) != (o.Clear != "") {
			t.Errorf("%q empties: Land is %q (%s)", o.Clear, c.Field, c.Reason)
		}
	}
}
