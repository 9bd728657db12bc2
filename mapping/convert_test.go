package mapping

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
)

func testReading(o ConvertOptions) (*reading, *source) {
	return &reading{o: &o, phones: &cells.PhoneBook{}, rules: &rules{}, name: "field"}, &source{ref: "Column"}
}

func TestPhones(t *testing.T) {
	tests := []struct {
		cell, region string
		want         []string
		err          string // part of the message
	}{
		{"+31612345678", "", []string{"+31612345678"}, ""},
		{"+1 512-555-0123", "", []string{"+15125550123"}, ""},
		{"06 1234 5678", "NL", []string{"+31612345678"}, ""},
		{"612345678", "NL", []string{"+31612345678"}, ""},
		{"31612345678", "NL", []string{"+31612345678"}, ""},
		{"0031612345678", "NL", []string{"+31612345678"}, ""},
		{"0031 6 12345678", "", []string{"+31612345678"}, ""},
		{"+31 (0)6-12345678", "", []string{"+31612345678"}, ""},
		{"+31(0)612345678", "US", []string{"+31612345678"}, ""},
		{"'+31612345678", "", []string{"+31612345678"}, ""},
		{"`+31612345678", "", []string{"+31612345678"}, ""},
		{"=31612345678", "NL", []string{"+31612345678"}, ""},
		{`="+31612345678"`, "", []string{"+31612345678"}, ""},
		{"＋31612345678", "", []string{"+31612345678"}, ""},
		{"31612345678.0", "NL", []string{"+31612345678"}, ""},
		{"06 12345678 (mobiel)", "NL", []string{"+31612345678"}, ""},
		{"(512) 555-0123", "US", []string{"+15125550123"}, ""},
		{"1-800-FLOWERS", "US", []string{"+18003569377"}, ""},
		{"06-12345678 / 020-1234567", "NL", []string{"+31612345678", "+31201234567"}, ""},
		{"06-12345678 of 020-1234567", "NL", []string{"+31612345678", "+31201234567"}, ""},
		{"+31612345678 ::: +31201234567", "", []string{"+31612345678", "+31201234567"}, ""},
		{"+31612345678\n+31201234567", "", []string{"+31612345678", "+31201234567"}, ""},
		{"+390612345678", "", []string{"+390612345678"}, ""},
		{"3.16123E+10", "NL", nil, "shortened by Excel"},
		{"3,16E+10", "", nil, "shortened by Excel"},
		{"06 12345678", "", nil, "--region"},
		{"15551234567", "", nil, "--region"},
		{"+1 555 0100", "", nil, "too few digits"},
		{"+999 12345678", "", nil, "not a phone number"},
		{"+3161234567890123", "", nil, ""},
		{"bellen", "NL", nil, "not a phone number"},
		{"+1 512-555-0123 x12", "US", []string{"+15125550123"}, ""},
		{"+1 512 555 0124 ext. 7", "", []string{"+15125550124"}, ""},
		{"+1 512 555 0124, ext 7; +1 512 555 0125", "", []string{"+15125550124", "+15125550125"}, ""},
		{"+15125550124;ext=7", "", []string{"+15125550124"}, ""},
		{"020-1234567 toestel 12", "NL", []string{"+31201234567"}, ""},
		{"030 1234567 Durchwahl 12", "DE", []string{"+49301234567"}, ""},
		{"020 1234567 (x12)", "NL", []string{"+31201234567"}, ""},
		{"12 x34", "NL", nil, "letters"},
		{"06 12345678 bellen na 5", "NL", nil, "letters"},
		{"12", "NL", nil, "too few digits"},
		{"06-1234567", "NL", nil, "too few digits for a number of country code +31"},
		{"1234567", "NL", nil, "too few digits"},
		{"06 1234 5678 9", "NL", nil, "has not as many digits"},
		{"+31 6 1234567", "", nil, "too few digits"},
		{"+3161234567", "", nil, "too few digits"},
		{"06123456789012", "NL", nil, "too many digits"},
		{"5550123", "US", nil, "too few digits"},
		{"020-1234567/8", "NL", nil, "several numbers"},
		{"030 1234567/68", "DE", nil, "several numbers"},
		{"+31 20 1234567/8", "", nil, "several numbers"},
		{"030/5550103", "DE", []string{"+49305550103"}, ""},
		{"033456/12345", "DE", []string{"+493345612345"}, ""},
		{"0800-1234", "NL", []string{"+318001234"}, ""},
		{"+318001234", "", []string{"+318001234"}, ""},
		{"+800 12345678", "", []string{"+80012345678"}, ""},
		{"06 123456", "BE", nil, "has not as many digits"},
		{"0201234567", "CH", []string{"+41201234567"}, ""},
	}
	for _, tt := range tests {
		r, s := testReading(ConvertOptions{Region: tt.region})
		got, ok := parsePhones(r, s, tt.cell)
		if ok != (tt.want != nil) || tt.want != nil && !slices.Equal(got, tt.want) {
			t.Errorf("%q in %q: got %q, %v, want %q (%v)", tt.cell, tt.region, got, ok, tt.want, r.problems)
		}
		if tt.want == nil && (len(r.problems) == 0 || r.problems[0].Code != CodeBadPhone || !strings.Contains(r.problems[0].Message, tt.err)) {
			t.Errorf("%q: problems %v, want bad_phone with %q", tt.cell, r.problems, tt.err)
		}
	}
}

// TestPhoneNations: a number without a country code is of the country of its row, else of --region; one that would do for
// the latter only is refused.
func TestPhoneNations(t *testing.T) {
	outlook := "E-mail Address|Business Phone|Home Phone|Mobile Phone|Business Country/Region|Home Country/Region"
	tests := []struct{ header, row, region, want string }{
		{"Email|Phone|Land", "a@example.com|044 668 18 00|Zwitserland", "NL", "+41446681800"},
		{"Email|Phone|Land", "a@example.com|02 555 12 12|België", "NL", "+3225551212"},
		{"Email|Phone|Land", "a@example.com|0351 1234567|de", "", "+493511234567"},
		{"Email|Phone|Land", "a@example.com|+31612345678|DE", "", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|0031 6 12345678|DE", "BE", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|Atlantis", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|AQ", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|", "", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 12345678|BE", "NL", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 12345678|BE", "", "+32612345678 odd_phone"},
		{"Email|Phone|Land", "a@example.com|0470 12 34 56|", "NL", "+31470123456 odd_phone"},
		{"Email|Phone|Land", "a@example.com|0470 12 34 56|NL", "BE", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 123456|BE", "NL", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 1234|BE", "NL", "bad_phone!"},
		{outlook, "a@example.com|02 555 12 12|||BE|NL", "", "+3225551212"},
		{outlook, "a@example.com||06 12345678||BE|NL", "", "+31612345678"},
		{outlook, "a@example.com|||06 12345678|BE|NL", "NL", "+31612345678"},
		{outlook, "a@example.com|||0470 12 34 56|BE|NL", "BE", "+32470123456"},
		{outlook, "a@example.com|||0470 12 34 56|BE|NL", "", "bad_phone!"},
		{outlook, "a@example.com|||0470 12 34 56|BE|Belgium", "NL", "+32470123456"},
		{outlook, "a@example.com|||0470 12 34 56|BE|", "NL", "+32470123456"},
	}
	for _, tt := range tests {
		header := strings.Split(tt.header, "|")
		for _, mapped := range [][]string{nil, {header[len(header)-1] + "="}} {
			m, err := GrowContacts().Match(header, MatchOptions{Map: mapped, ConvertOptions: ConvertOptions{Region: tt.region}})
			if err != nil {
				t.Fatal(err)
			}
			row := m.Convert(strings.Split(tt.row, "|"))
			got := strings.TrimSpace(row.Contact.Phone + " " + found(row.Findings))
			for _, p := range row.Problems {
				got += p.Code + "!"
			}
			if got != tt.want {
				t.Errorf("%s, --region %q, --map %q: got %q, want %q; %v %v", tt.row, tt.region, mapped, got, tt.want, row.Problems, row.Findings)
			}
		}
	}
}

// toE164 is what one number without marks or remarks is read as.
func toE164(v string) (e164, err string) {
	t := cells.TidyNumber{Number: v}
	e164, _, err = t.Parse("")
	return e164, err
}

// TestPhoneBook: for every calling code that it judges, the short cut says what the full parse says of numbers of the usual
// lengths. Others are left to the parse.
func TestPhoneBook(t *testing.T) {
	book := &cells.PhoneBook{}
	for _, calling := range []int{1, 31, 32, 33, 34, 41, 44, 45, 46, 47, 48, 49} {
		for length := 3; length <= 14; length++ {
			for _, national := range spread(length) {
				v := fmt.Sprintf("+%d%s", calling, national)
				e164, err := toE164(v)
				if want := err == "" && e164 == v; book.IsPlain(v) && !want {
					t.Errorf("%s: the book takes it, the parse gives %q %q", v, e164, err)
				} else if want && slices.Contains(cells.UsualLengths(calling), int32(length)) && national[0] != '0' && national[0] != '1' && len(v) >= 9 && !book.IsPlain(v) {
					t.Errorf("%s: the parse takes it, the book does not know it", v)
				}
			}
		}
	}
}

// spread returns national numbers of a length that start with every two digits, and some more.
func spread(length int) []string {
	var list []string
	for start := 0; start < 1000; start += 7 {
		digits := []byte{byte('0' + start/100), byte('0' + start/10%10), byte('0' + start%10)}
		for i := 3; i < length; i++ {
			digits = append(digits, byte('0'+(i*7+start)%10))
		}
		list = append(list, string(digits))
	}
	return list
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		cell, decimal string
		want          float64
		bad           bool
	}{
		{"450000", "", 450000, false},
		{"0", "", 0, false},
		{"-12.5", "", -12.5, false},
		{"$1,250,000", "", 1250000, false},
		{"450k", "", 450000, false},
		{"450 K", "", 450000, false},
		{"1.2M", "", 1200000, false},
		{"1,2 mln", "", 1200000, false},
		{"1.250M", "", 1250000, false},
		{"€ 1.250.000,50", "", 1250000.5, false},
		{"1 250 000", "", 1250000, false},
		{"1\u00a0250\u202f000", "", 1250000, false},
		{"1'250'000.50", "", 1250000.5, false},
		{"1,250,000.50", "", 1250000.5, false},
		{"1.000", "", 1000, false},
		{"1,000", "", 1000, false},
		{"1.000", "comma", 1000, false},
		{"1.000", "point", 1, false},
		{"1,000", "comma", 1, false},
		{"1,000", "point", 1000, false},
		{"0,500", "", 0.5, false},
		{"9,99", "", 9.99, false},
		{"9,99", "point", 0, true},
		{"1.5", "", 1.5, false},
		{"€ 450.000,-", "", 450000, false},
		{"EUR 450000", "", 450000, false},
		{"1E+06", "", 1000000, false},
		{"300k-400k", "", 0, true},
		{"1.2.3", "", 0, true},
		{"1,25,000", "", 0, true},
		{"12.34.567", "", 0, true},
		{"abc", "", 0, true},
		{"", "", 0, true},
		{"k", "", 0, true},
		{"1e999", "", 0, true},
		{"NaN", "", 0, true},
		{"--5", "", 0, true},
	}
	for _, tt := range tests {
		got, err := cells.ParseNumber(tt.cell, tt.decimal)
		if (err != "") != tt.bad || got != tt.want {
			t.Errorf("%q with %q: got %v %q, want %v", tt.cell, tt.decimal, got, err, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		cell, order string
		want        time.Time
	}{
		{"2026-01-31", "", day},
		{"2026-01-31T10:20:30Z", "", day.Add(10*time.Hour + 20*time.Minute + 30*time.Second)},
		{"2026-01-31T10:20:30+02:00", "", day.Add(8*time.Hour + 20*time.Minute + 30*time.Second)},
		{"2026-01-31 10:20", "", day.Add(10*time.Hour + 20*time.Minute)},
		{"2026/01/31", "", day},
		{"31-01-2026", "dmy", day},
		{"31.1.2026", "dmy", day},
		{"31-01-2026 10:20", "dmy", day.Add(10*time.Hour + 20*time.Minute)},
		{"1/31/2026", "mdy", day},
		{"1/31/2026 10:20 pm", "mdy", day.Add(22*time.Hour + 20*time.Minute)},
		{"2026-01-31", "mdy", day},
		{"31-01-2026", "", time.Time{}},
		{"31-01-2026", "mdy", time.Time{}},
		{"31-01-26", "dmy", day},
		{"31-01-126", "dmy", time.Time{}},
		{"31-01-1", "dmy", time.Time{}},
		{"31 jan 2026", "", day},
		{"31. Januar 2026", "", day},
		{"31 janv. 2026", "", day},
		{"31 de enero de 2026", "", day},
		{"January 31, 2026", "", day},
		{"Jan 31st 2026", "", day},
		{"31-Jan-26", "", day},
		{"31 januari 2026 10:20", "", day.Add(10*time.Hour + 20*time.Minute)},
		{"1er mars 2026", "", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)},
		{"12. März 1931", "", time.Date(1931, 3, 12, 0, 0, 0, 0, time.UTC)},
		{"12 Mrz 31", "", time.Date(1931, 3, 12, 0, 0, 0, 0, time.UTC)},
		{"31 Smarch 2026", "", time.Time{}},
		{"January 2026", "", time.Time{}},
		{"Jan-26", "", time.Time{}},
		{"31 jan jan 2026", "", time.Time{}},
		{"32 jan 2026", "", time.Time{}},
		{"2026-02-30", "", time.Time{}},
		{"0/0/00", "dmy", time.Time{}},
		{"--03-07", "", time.Time{}},
		{"45373", "", time.Time{}},
		{"gisteren", "dmy", time.Time{}},
		{"31-01-2026 noon", "dmy", time.Time{}},
	}
	for _, tt := range tests {
		got, err := cells.ParseDate(tt.cell, tt.order)
		if (err != "") != tt.want.IsZero() || !got.Equal(tt.want) {
			t.Errorf("%q with %q: got %v %q, want %v", tt.cell, tt.order, got, err, tt.want)
		}
	}
}

func TestEmails(t *testing.T) {
	good := []string{"jan@example.com", "Jan.de.Vries+crm@sub.example.org", "o'neil@example.com", "a_b-c@ex-ample.co.uk", "jan@müller.example", strings.Repeat("a", 64) + "@example.com"}
	bad := []string{"jan", "jan@", "@example.com", "jan@example", "jan..x@example.com", ".jan@example.com", "jan.@example.com", "jan@example..com",
		"jan@-example.com", "jan@example-.com", "jan@example.com.", "jan x@example.com", "jan＠example.com", "jan@exa_mple.com", "jän@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com", strings.Repeat("a", 60) + "@" + strings.Repeat("abcdefgh.", 24) + "com"}
	for _, v := range good {
		if !cells.IsEmail(v) {
			t.Errorf("%q is an address", v)
		}
	}
	for _, v := range bad {
		if cells.IsEmail(v) {
			t.Errorf("%q is no address", v)
		}
	}
	cells := map[string][]string{
		"Jan de Vries <jan@example.com>":            {"jan@example.com"},
		"mailto:jan@example.com":                    {"jan@example.com"},
		"jan@example.com; piet@example.org":         {"jan@example.com", "piet@example.org"},
		"jan@example.com / piet@example.org":        {"jan@example.com", "piet@example.org"},
		"jan@example.com ::: piet@example.org":      {"jan@example.com", "piet@example.org"},
		"Jan <jan@example.com>, <piet@example.org>": {"jan@example.com", "piet@example.org"},
		"jan@example.com geen":                      {"jan@example.com"},
		"jan@example.com thuis":                     nil,
		"Jan <jan>":                                 nil,
		"<":                                         nil,
		"n/a":                                       nil,
	}
	for cell, want := range cells {
		r, s := testReading(ConvertOptions{})
		got, ok := parseEmails(r, s, cell, nil)
		if ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("%q: got %q %v, want %q", cell, got, ok, want)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ full, first, last string }{
		{"Jane Doe", "Jane", "Doe"},
		{"Mary Ann Smith", "Mary Ann", "Smith"},
		{"Jan van der Berg", "Jan", "van der Berg"},
		{"Jan Van Der Berg", "Jan", "Van Der Berg"},
		{"JAN VAN DER BERG", "JAN", "VAN DER BERG"},
		{"J.P. de Vries", "J.P.", "de Vries"},
		{"Jan 't Hart", "Jan", "'t Hart"},
		{"A.B. Bakker-de Boer", "A.B.", "Bakker-de Boer"},
		{"Els Bakker - van der Berg", "Els", "Bakker - van der Berg"},
		{"Jean-Luc Bakker", "Jean-Luc", "Bakker"},
		{"Piet in 't Veld", "Piet", "in 't Veld"},
		{"IJsbrand Jansen", "IJsbrand", "Jansen"},
		{"Berg, Jan van der", "Jan", "van der Berg"},
		{"van der Berg, Jan", "Jan", "van der Berg"},
		{"Doe, Jane", "Jane", "Doe"},
		{"Ludwig von Beethoven", "Ludwig", "von Beethoven"},
		{"María de la Cruz", "María", "de la Cruz"},
		{"Kim Li", "Kim", "Li"},
		{"Grace Wu", "Grace", "Wu"},
		{"Al Smith", "Al", "Smith"},
		{"Van Morrison", "Van", "Morrison"},
		{"Jane Doe, PhD", "Jane", "Doe, PhD"},
		{"John Smith Jr.", "John", "Smith Jr."},
		{"  Jane   Doe ", "Jane", "Doe"},
		{"Jane Doe,", "Jane", "Doe"},
		{"Madonna", "", ""},
		{"van der Berg", "", ""},
		{"De Jong", "", ""},
		{"Den Hartog", "", ""},
		{"Ter Horst Bakker", "", ""},
		{"Van den Berg", "", ""},
		{"VAN DER BERG", "", ""},
		{"Van der Berg J.", "J.", "Van der Berg"},
		{"de Vries P.", "P.", "de Vries"},
		{"Van Dijk", "Van", "Dijk"},
		{"El Khatib", "El", "Khatib"},
		{"Deborah Jong", "Deborah", "Jong"},
		{"Terence Hill", "Terence", "Hill"},
		{"Ben Jansen", "Ben", "Jansen"},
		{"Acme B.V.", "", ""},
		{"Müller GmbH", "", ""},
		{"Widgets Inc.", "", ""},
		{"John & Jane Smith", "", ""},
		{"Jan en Marie Smit", "", ""},
		{"Doe, Jane, Mrs", "", ""},
		{", Jane", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		first, last, ok := cells.SplitName(tt.full, false)
		if ok != (tt.first != "") || first != tt.first || last != tt.last {
			t.Errorf("%q: got %q %q %v, want %q %q", tt.full, first, last, ok, tt.first, tt.last)
		}
	}
}

// TestSpanishNames: under Spanish headers a name has two last names; under others one that looks Spanish is reported.
func TestSpanishNames(t *testing.T) {
	tests := []struct{ full, first, last string }{
		{"Ana García", "Ana", "García"},
		{"María García López", "María", "García López"},
		{"José Luis Rodríguez Zapatero", "José Luis", "Rodríguez Zapatero"},
		{"José Luis Rodríguez", "José Luis", "Rodríguez"},
		{"Ana Belén Ruiz", "Ana Belén", "Ruiz"},
		{"María del Carmen López Ruiz", "María del Carmen", "López Ruiz"},
		{"Ana de la Fuente Ruiz", "Ana", "de la Fuente Ruiz"},
		{"Ana De La Fuente Ruiz", "Ana", "De La Fuente Ruiz"},
		{"Pedro Ruiz de la Torre", "Pedro", "Ruiz de la Torre"},
		{"José Ortega y Gasset", "José", "Ortega y Gasset"},
		{"Juan A. García López", "Juan A.", "García López"},
		{"J. L. García López", "J. L.", "García López"},
		{"Juan A. García", "Juan A.", "García"},
		{"García López, María", "María", "García López"},
		{"Dra. Ana García", "Ana", "García"},
		{"Sr. Juan Ruiz Vega", "Juan", "Ruiz Vega"},
		{"Sra. Ana García López", "Ana", "García López"},
		{"María de la Cruz", "María", "de la Cruz"},
		{"de la Cruz", "", ""},
		{"Madonna", "", ""},
		{"Acme Ibérica S.L.", "", ""},
	}
	for _, tt := range tests {
		if first, last, ok := cells.SplitName(tt.full, true); ok != (tt.first != "") || first != tt.first || last != tt.last {
			t.Errorf("%q: got %q %q %v, want %q %q", tt.full, first, last, ok, tt.first, tt.last)
		}
	}
	for _, tt := range []struct{ header, name, want string }{
		{"Nombre completo|Correo", "María García López", "María|García López|"},
		{"Nombre|Teléfono", "María García López", "María|García López|"},
		{"Full name|Email", "María García López", "María García|López|name_split"},
		{"Full name|Email", "Jose Luis Rodriguez Zapatero", "Jose Luis Rodriguez|Zapatero|name_split"},
		{"Naam|E-mail", "Van Dijk", "Van|Dijk|name_split"},
		{"Naam|E-mail", "El Khatib", "El|Khatib|name_split"},
		{"Naam|E-mail", "Dijk, Van", "Van|Dijk|"},
		{"Naam|E-mail", "De Jong", "|De Jong|"},
		{"Naam|E-mail", "Jan Berg (Acme)", "Jan|Berg|remark"},
		{"Naam|E-mail", "Jan Berg (Acme BV)", "Jan|Berg|remark"},
		{"Naam|E-mail", "Jan (Joop) Berg", "Jan (Joop)|Berg|"},
		{"Naam|E-mail", "Acme (Utrecht)", "|Acme (Utrecht)|"},
		{"Naam|E-mail", "Acme Holding (NL)", "|Acme Holding (NL)|"},
		{"Naam|E-mail", "t.a.v. Jan Bos", "Jan|Bos|remark"},
		{"Naam|E-mail", "T.a.v. dhr. J. Bos", "J.|Bos|remark title"},
		{"Naam|E-mail", "Fam. de Boer", "|de Boer|remark"},
		{"Naam|E-mail", "Familie Bos", "|Bos|remark"},
		{"Naam|E-mail", "Fam Bos", "|Bos|remark"},
		{"Full name|Email", "Mary Jane Watson", "Mary Jane|Watson|"},
		{"Full name|Email", "María de la Cruz López", "María|de la Cruz López|"},
		{"Full name|Email", "José García", "José|García|"},
		{"Full name|Email", "García López, María José", "María José|García López|"},
	} {
		m, err := RogerRogerPeople().Match(strings.Split(tt.header, "|"), MatchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert([]string{tt.name})
		if got := row.Contact.GivenName + "|" + row.Contact.FamilyName + "|" + found(row.Findings); got != tt.want {
			t.Errorf("%q under %q: got %q, want %q", tt.name, tt.header, got, tt.want)
		}
	}
}

func TestTags(t *testing.T) {
	tests := map[string][]string{
		"VIP":                                 {"VIP"},
		"VIP, Hot lead;News|Dutch":            {"VIP", "Hot lead", "News", "Dutch"},
		`"VIP, gold", News`:                   {"VIP, gold", "News"},
		`"VIP","Blog"`:                        {"VIP", "Blog"},
		`"say ""hi""", x`:                     {`say "hi"`, "x"},
		`12" screens, x`:                      {`12" screens`, "x"},
		`"open, x`:                            {`"open`, "x"},
		"* myContacts ::: * starred ::: Club": {"Club"},
		"* Family ::: x":                      {"Family", "x"},
		" , ;; ":                              nil,
	}
	for cell, want := range tests {
		if got := cells.SplitTags(nil, cell); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestStates(t *testing.T) {
	for v, want := range map[string]string{"TX": "TX", "tx": "TX", "Texas": "TX", "new york": "NY", "District of Columbia": "DC", "Puerto Rico": "PR",
		"Noord-Holland": "", "Hot": "", "": "", "T": "", "XX": ""} {
		if got := cells.StateCode(v); got != want {
			t.Errorf("%q: got %q, want %q", v, got, want)
		}
	}
}

func TestCountries(t *testing.T) {
	for v, want := range map[string]string{"NL": "NL", "nl": "NL", "UK": "GB", "Netherlands": "NL", "Nederland": "NL", "Deutschland": "DE", "Germany": "DE",
		"Allemagne": "DE", "Alemania": "DE", "België": "BE", "Belgique": "BE", "United States": "US", "USA": "US", "Verenigde Staten": "US",
		"Frankreich": "FR", "España": "ES", "Atlantis": "", "XX": "", "ZZ": "", "EU": ""} {
		r, s := testReading(ConvertOptions{})
		got, ok := parseCountry(r, s, v)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", v, got, want)
		}
	}
}

func FuzzPhone(f *testing.F) {
	for _, v := range []string{"+31612345678", "06-12345678 / 020-1234567", "3.1E+10", `="+1"`, "()", "+"} {
		f.Add(v, "NL")
	}
	f.Fuzz(func(t *testing.T, v, region string) {
		r, s := testReading(ConvertOptions{Region: region})
		numbers, ok := parsePhones(r, s, v)
		if ok != (len(r.problems) == 0) || len(numbers)+len(r.problems)+len(r.findings) == 0 {
			t.Errorf("%q: %v, problems %v, findings %v", v, ok, r.problems, r.findings)
		}
		for _, n := range numbers {
			again, err := toE164(n)
			if err != "" || again != n {
				t.Errorf("%q gave %q, which reads back as %q %s", v, n, again, err)
			}
			p, parseErr := phonenumbers.Parse(n, "")
			if parseErr != nil || !phonenumbers.IsValidNumber(p) && cells.Impossible(p) != "" {
				t.Errorf("%q gave %q, which is impossible", v, n)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, v := range []string{"$1,250,000", "450k", "€ 1.250.000,50", "1.000", "1'000", ",", "1e5"} {
		f.Add(v, "")
	}
	f.Fuzz(func(t *testing.T, v, decimal string) {
		n, err := cells.ParseNumber(v, decimal)
		if err != "" {
			return
		}
		if again, err := cells.ParseNumber(cell.Decimal(n), "point"); err != "" || again != n {
			t.Errorf("%q gave %v, which reads back as %v %s", v, n, again, err)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, v := range []string{"2026-01-31", "31-01-2026", "1/31/2026 10:20 pm", "0001-01-01", "2026-01-31T10:20:30.5+02:00"} {
		f.Add(v, "dmy")
	}
	f.Fuzz(func(t *testing.T, v, order string) {
		d, err := cells.ParseDate(v, order)
		if err != "" {
			return
		}
		if again, err := cells.ParseDate(cells.ShowDate(d), ""); err != "" || !again.Equal(d) {
			t.Errorf("%q gave %v, shown as %q, which reads back as %v %s", v, d, cells.ShowDate(d), again, err)
		}
	})
}

func FuzzName(f *testing.F) {
	for _, v := range []string{"Jan van der Berg", "Berg, Jan van der", "Doe, PhD", ",", "& x", "van van van"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		first, last, ok := cells.SplitName(v, len(v)%2 == 0)
		if ok && (strings.TrimSpace(first) == "" || strings.TrimSpace(last) == "") {
			t.Errorf("%q gave %q and %q", v, first, last)
		}
		if ok && len(first)+len(last) < len(strings.Join(strings.Fields(v), ""))-len(strings.Fields(v))-2 {
			t.Errorf("%q lost letters: %q and %q", v, first, last)
		}
	})
}

func FuzzTags(f *testing.F) {
	for _, v := range []string{"a, b", `"a, b"`, `"a""b"`, `"`, "* a ::: b", ":::", "a:::b"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		tags := cells.SplitTags(nil, v)
		if again := cells.SplitTags(nil, joinList(tags, itself)); !slices.Equal(again, tags) {
			t.Errorf("%q gave %q, shown as %q, which reads back as %q", v, tags, joinList(tags, itself), again)
		}
	})
}

func FuzzEmail(f *testing.F) {
	for _, v := range []string{"jan@example.com", "Jan <jan@example.com>", "a@b.c; d@e.f", "<", "mailto:", "@"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		r, s := testReading(ConvertOptions{})
		list, ok := parseEmails(r, s, v, nil)
		if !ok && len(r.problems) == 0 || ok && len(list) == 0 {
			t.Errorf("%q: %q %v without a problem", v, list, ok)
		}
		for _, e := range list {
			if !cells.IsEmail(e) || !strings.Contains(v, e) {
				t.Errorf("%q gave %q", v, e)
			}
		}
	})
}

// TestShortCells: cells of one to three signs, of which hardly anything is left once marks are taken off, are read by every
// field.
func TestShortCells(t *testing.T) {
	signs := strings.Split("!\"#$%&'()*+,-./0:;<=>?@[\\]^_`{|}~a1é\u00a0’", "")
	var cells []string
	for _, a := range signs {
		cells = append(cells, a)
		for _, b := range signs {
			cells = append(cells, a+b, a+b+a)
		}
	}
	shortCells(t, GrowContacts(), cells)
	shortCells(t, ClientCommanderContacts(), cells)
	shortCells(t, RogerRogerPeople(), cells)
	shortCells(t, RogerRogerNotes(), cells)
	shortCells(t, CloverhoundContacts(), cells)
}

func shortCells[C any](t *testing.T, table *Table[C], values []string) {
	t.Helper()
	for _, f := range table.Info() {
		if !f.Writable || f.Never {
			continue
		}
		p := cells.NewProfile([]string{f.Name})
		for _, cell := range values {
			p.Add([]string{cell})
		}
		m, err := table.Match([]string{f.Name}, MatchOptions{Profile: p, Map: []string{f.Name + "=" + f.Name}, ConvertOptions: ConvertOptions{Region: "NL", DateOrder: "dmy", Decimal: "comma"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range values {
			row := m.Convert([]string{cell})
			for _, p := range row.Problems {
				if p.Message == "" || p.Field == "" && p.Code != CodeRequired {
					t.Errorf("%s of %s, cell %q: %+v", f.Name, table.Vendor, cell, p)
				}
			}
		}
	}
}
