package phones

import (
	"slices"
	"strings"
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/hint"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"
)

func TestPhones(t *testing.T) {
	tests := []struct {
		cell, region string
		want         []string
		err          string // part of the text, or the hint
	}{
		{"+31612345678", "", []string{"+31612345678"}, ""},
		{"+1 512-555-0123", "", []string{"+15125550123"}, ""},
		{"06 1234 5678", "NL", []string{"+31612345678"}, ""},
		{"612345678", "NL", []string{"+31612345678"}, ""},
		{"31612345678", "NL", []string{"+31612345678"}, ""},
		{"0031612345678", "NL", []string{"+31612345678"}, ""},
		{"+1 617\u2011555\u20110147", "", []string{"+16175550147"}, ""},
		{"+1 617\u2013555\u20130148", "", []string{"+16175550148"}, ""},
		{"+1 617\u2212555\u22120149", "", []string{"+16175550149"}, ""},
		{"06\u201412345678 \u2013 mobiel", "NL", []string{"+31612345678"}, ""},
		{"491711234567", "DE", []string{"+491711234567"}, ""},
		{"49171 1234567", "DE", []string{"+491711234567"}, ""},
		{"(49) 171 1234568", "DE", []string{"+491711234568"}, ""},
		{"49 89 1234567", "DE", []string{"+49891234567"}, ""},
		{"49-89-123456", "DE", []string{"+4989123456"}, ""},
		{"4915112345678", "DE", []string{"+4915112345678"}, ""},
		{"0491 7112345", "DE", []string{"+494917112345"}, ""},
		{"4917112345", "DE", []string{"+494917112345"}, ""},
		{"04921 123456", "DE", []string{"+494921123456"}, ""},
		{"436641234567", "AT", []string{"+436641234567"}, ""},
		{"+49491711234567", "DE", []string{"+49491711234567"}, ""},
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
		{"06 12345678 / 0201234567", "NL", []string{"+31612345678", "+31201234567"}, ""},
		{"0612345678/0201234567", "NL", []string{"+31612345678", "+31201234567"}, ""},
		{"0211 / 1234567", "DE", []string{"+492111234567"}, ""},
		{"030 / 12345678", "DE", []string{"+493012345678"}, ""},
		{"+49 (0) 30 / 12 34 56 78", "", []string{"+493012345678"}, ""},
		{"0049 / 211 / 1234567", "", []string{"+492111234567"}, ""},
		{"0211 / 1234567 / 0171 1234567", "DE", []string{"+492111234567", "+491711234567"}, ""},
		{"0711 1234567 / 0171 1234567", "DE", []string{"+497111234567", "+491711234567"}, ""},
		{"0711/1234567 / 0171/1234567", "DE", []string{"+497111234567", "+491711234567"}, ""},
		{"0664 / 123 45 67", "AT", []string{"+436641234567"}, ""},
		{"044 / 668 18 00", "CH", []string{"+41446681800"}, ""},
		{"0475 / 12 34 56", "BE", []string{"+32475123456"}, ""},
		{"0475/12.34.56", "BE", []string{"+32475123456"}, ""},
		{"010 / 1234567", "NL", []string{"+31101234567"}, ""},
		{"06 / 1234 5678", "NL", []string{"+31612345678"}, ""},
		{"02 / 12345678", "IT", []string{"+390212345678"}, ""},
		{"06 1 / 234 5678", "HU", []string{"+3612345678"}, ""},
		{"0211 / 1234567", "", nil, string(hint.Region)},
		{"020 1234567 / 12345", "NL", nil, "too few digits"},
		{"06-12345678 of 020-1234567", "NL", []string{"+31612345678", "+31201234567"}, ""},
		{"+31612345678 ::: +31201234567", "", []string{"+31612345678", "+31201234567"}, ""},
		{"+31612345678\n+31201234567", "", []string{"+31612345678", "+31201234567"}, ""},
		{"+390612345678", "", []string{"+390612345678"}, ""},
		{"3.16123E+10", "NL", nil, "shortened by Excel"},
		{"3,16E+10", "", nil, "shortened by Excel"},
		{"06 12345678", "", nil, string(hint.Region)},
		{"15551234567", "", nil, string(hint.Region)},
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
		{"06 12345678 bellen na 5", "NL", []string{"+31612345678"}, ""},
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
		r := Reader{Plans: &plan.Plans{}, Region: tt.region}
		got, n := r.ReadAll(tt.cell)
		if n.OK() != (tt.want != nil) || tt.want != nil && !slices.Equal(got, tt.want) {
			t.Errorf("%q in %q: got %q, %v, want %q (%v)", tt.cell, tt.region, got, n.OK(), tt.want, n.Faults)
		}
		if tt.want == nil && (len(n.Faults) == 0 || n.Faults[0].Code != cells.CodeBadPhone || !strings.Contains(n.Faults[0].Text+string(n.Faults[0].Hint), tt.err)) {
			t.Errorf("%q: faults %v, want bad_phone with %q", tt.cell, n.Faults, tt.err)
		}
	}
}

// toE164 is what one number without marks or remarks is read as.
func toE164(v string) (e164, err string) {
	t := phoneParts{number: v}
	e164, _, err = t.parse(&plan.Plans{}, "")
	return e164, err
}

func FuzzPhone(f *testing.F) {
	for _, v := range []string{"+31612345678", "06-12345678 / 020-1234567", "3.1E+10", `="+1"`, "()", "+"} {
		f.Add(v, "NL")
	}
	f.Fuzz(func(t *testing.T, v, region string) {
		r := Reader{Plans: &plan.Plans{}, Region: region}
		numbers, notes := r.ReadAll(v)
		if len(numbers)+len(notes.Faults)+len(notes.Remarks) == 0 {
			t.Errorf("%q: neither a number nor a note", v)
		}
		for _, n := range numbers {
			again, err := toE164(n)
			if err != "" || again != n {
				t.Errorf("%q gave %q, which reads back as %q %s", v, n, again, err)
			}
			p, parseErr := phonenumbers.Parse(n, "")
			if parseErr != nil || !phonenumbers.IsValidNumber(p) && phonenumbers.IsPossibleNumberWithReason(p) != phonenumbers.IS_POSSIBLE {
				t.Errorf("%q gave %q, which is impossible", v, n)
			}
		}
	})
}

// TestPlain: what is one number and nothing else is read as everything is; a digit of full width says the same.
func TestPlain(t *testing.T) {
	var plans plan.Plans
	for _, v := range []string{"+31612345678", "06-12345678", "0031 6 12345678", "(512) 555-0123", "+31 (0)6-12345678", "31612345678", "31612345678.0", "06.12.34.56.78.0",
		"12", "000-0000", "(0)", "1", "-12", "+1", "5550123", "06 12 34 56", ")06(12345678", "0.0", "1.0", "12345678901234567890123"} {
		for _, region := range []string{"NL", "US", "IT", "AR", ""} {
			r := Reader{Plans: &plans, Region: region}
			numbers, notes := r.ReadAll(v)
			at := strings.IndexAny(v, "0123456789")
			wide := v[:at] + string('０'+rune(v[at]-'0')) + v[at+1:]
			others, same := r.ReadAll(wide)
			if diff := cmp.Diff(others, numbers); diff != "" || len(notes.Faults) != len(same.Faults) || len(notes.Remarks) != len(same.Remarks) {
				t.Errorf("%q in %q: %q, %v, and %q, %v", v, region, numbers, notes, others, same)
			}
		}
	}
}

// TestWordsBeside: words before and behind a number are left out and told, unless they may be another number.
func TestWordsBeside(t *testing.T) {
	tests := []struct{ cell, number, left string }{
		{"tel:+31612345678", "+31612345678", "tel:"},
		{"callto:+31 6 1234 5678", "+31612345678", "callto:"},
		{"Tel. 06-12345678", "+31612345678", "Tel."},
		{"T: 06 12345678", "+31612345678", "T:"},
		{"Mobiel 06-12345678", "+31612345678", "Mobiel"},
		{"+31 6 12345678 (after 5pm)", "+31612345678", "(after 5pm)"},
		{"+31 6 12345678 after 5pm", "+31612345678", "after 5pm"},
		{"06-12345678 vragen naar Els", "+31612345678", "vragen naar Els"},
		{"06-12345678 or 0612345679 home", "+31612345678", "home"},
		{"ask Els 06-12345678", "", ""},
		{"1234 AB 56", "", ""},
	}
	for _, tt := range tests {
		r := Reader{Plans: &plan.Plans{}, Region: "NL", Field: "phone"}
		got, notes := r.Read(tt.cell)
		said := ""
		for _, m := range notes.Remarks {
			said += m.Text
		}
		if got != tt.number || tt.left != "" && !strings.Contains(said, cells.Quote(tt.left)) {
			t.Errorf("%q: got %q %q %v, want %q without %q", tt.cell, got, said, notes.Faults, tt.number, tt.left)
		}
	}
}

// TestAreaCode: an area code beside a number is put before it, where it is none without it, or only if a zero were lost.
func TestAreaCode(t *testing.T) {
	for _, tt := range []struct{ area, cell, region, want, remark string }{
		{"0221", "9912345", "DE", "+492219912345", cells.RemarkArea}, {"221", "9912345", "DE", "+492219912345", cells.RemarkArea},
		{"(0)221", "9912345", "DE", "+492219912345", cells.RemarkArea}, {"617", "555-0147", "US", "+16175550147", cells.RemarkArea},
		{"020", "1234567", "NL", "+31201234567", cells.RemarkArea}, {"212", "(617) 555-0147", "US", "+16175550147", ""},
		{"0221", "0221 9912345", "DE", "+492219912345", ""}, {"0221", "+49 221 9912345", "DE", "+492219912345", ""},
		{"0221", "0171 1234567", "DE", "+491711234567", ""}, {"020", "12", "NL", "", ""}, {"617", "5550147", "", "", ""},
	} {
		r := Reader{Plans: &plan.Plans{}, Region: tt.region, Place: cells.Place{Area: tt.area}}
		got, n := r.Read(tt.cell)
		remark := ""
		for _, m := range n.Remarks {
			remark += m.Code
		}
		if got != tt.want || remark != tt.remark {
			t.Errorf("%s | %s: got %q %q, want %q %q; %+v", tt.area, tt.cell, got, remark, tt.want, tt.remark, n)
		}
	}
}
