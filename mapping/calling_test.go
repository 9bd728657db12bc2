package mapping

import (
	"slices"
	"strings"
	"testing"
)

// TestCallingColumns: a column of calling codes or of countries, whatever its header and its place, says where the phone of its
// row is from.
func TestCallingColumns(t *testing.T) {
	headers := []string{"Phone country code", "CC", "Prefix", "Dial", "Intl", "Landnummer", "Vorwahl", "Indicatif", "Prefijo", "Country code", "Code", "X1",
		"Country", "Region", "Land (telefoon)", "Mobile Country", "País", "ISO", "Phones / Primary Phone Calling Code"}
	if testing.Short() {
		headers = headers[:1]
	}
	codes := []string{"+44|+1|+31", "44|1|31", "0044|001|0031", "44.0|1.0|31.0", "(+44)|(+1)|(+31)", "GB +44|US +1|NL +31",
		"United Kingdom (+44)|United States (+1)|Netherlands (+31)", "+44 (UK)|+1 (US)|+31 (NL)", "GB|US|NL", "UK|USA|NL", "GBR|USA|NLD",
		"United Kingdom|United States|Netherlands", "Groot-Brittannië|Verenigde Staten|Nederland"}
	rows := []string{"Lovett|ada@example.com|20 7946 0958", "Okafor|ben@example.com|5125550142", "Marsh|cleo@example.com|612345678"}
	want := []string{"+442079460958", "+15125550142", "+31612345678"}
	for _, header := range headers {
		for _, code := range codes {
			for at := range 4 {
				columns := slices.Insert([]string{"Last name", "Email", "Phone"}, at, header)
				var lines []string
				for i, row := range rows {
					lines = append(lines, strings.Join(slices.Insert(strings.Split(row, "|"), at, strings.Split(code, "|")[i]), "|"))
				}
				m, err := ClientCommanderContacts().Match(columns, worded(MatchOptions{Profile: profiled(columns, lines...), ConvertOptions: ConvertOptions{Region: "US"}}))
				if err != nil {
					t.Fatal(err)
				}
				for i, line := range lines {
					if got := m.Convert(strings.Split(line, "|")).Contact.Phone; got != want[i] {
						t.Errorf("%s: %s, column %d: got %q; %+v", header, line, at, got, m.Columns[at])
					}
				}
			}
		}
	}
}

// TestNoCallingColumns: what only looks like calling codes or countries says nothing of phones.
func TestNoCallingColumns(t *testing.T) {
	for _, tt := range []struct{ header, cells string }{
		{"Department", "IT|HR|IT"}, {"Children", "1|2|1"}, {"Area code", "212|213|212"}, {"Vorwahl", "30|40|30"}, {"State", "CA|DE|IN"},
		{"Guests", "+1|+1|+1"}, {"Nationality", "NL|DE|FR"}, {"Floor", "1|7|1"}, {"Age", "34|41|44"},
	} {
		columns := []string{"Last name", tt.header, "Email", "Phone"}
		var lines []string
		for i, cell := range strings.Split(tt.cells, "|") {
			lines = append(lines, []string{"Lovett", "Okafor", "Marsh"}[i]+"|"+cell+"|a@example.com|"+[]string{"512 555 0141", "512 555 0142", "512 555 0143"}[i])
		}
		m, err := ClientCommanderContacts().Match(columns, worded(MatchOptions{Profile: profiled(columns, lines...), ConvertOptions: ConvertOptions{Region: "US"}}))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if got := m.Convert(strings.Split(line, "|")); !strings.HasPrefix(got.Contact.Phone, "+1512") || len(got.Remarks) > 0 {
				t.Errorf("%s: %s: got %q, %v, %v; %+v", tt.header, line, got.Contact.Phone, got.Problems, got.Remarks, m.Columns[1])
			}
		}
	}
}

// TestCallingAgainstNumber: a number that says another country than its calling code is taken as it stands, and told; one whose
// country is not known is not silently one of --region.
func TestCallingAgainstNumber(t *testing.T) {
	columns := []string{"Last name", "Mobile code", "Mobile", "Work code", "Work phone"}
	lines := []string{"Lovett|+44|7911 123456|+31|20 1234567", "Okafor|+44|+1 512 555 0142|+49|30 1234567"}
	m, err := RogerRogerPeople().Match(columns, worded(MatchOptions{Profile: profiled(columns, lines...), ConvertOptions: ConvertOptions{Region: "US"}}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"+447911123456 +31201234567 ", "+15125550142 +49301234567 odd_phone"} {
		row := m.Convert(strings.Split(lines[i], "|"))
		got := ""
		for _, p := range row.Contact.PhoneNumbers {
			got += p.Number + " "
		}
		if got += found(row.Remarks); got != want {
			t.Errorf("%s: got %q, want %q; %v", lines[i], got, want, row.Remarks)
		}
	}
}

// TestPersonsAndStates: a column that says what a person speaks, how old one is or which state one lives in decides no phone, however
// well its cells would fit, and is not proposed as the country.
func TestPersonsAndStates(t *testing.T) {
	us, swiss := "(317) 555-0100|(302) 555-0101|310 555 0102", "044 123 45 67|091 123 45 67|022 123 45 67"
	for _, tt := range []struct{ header, cells, phones string }{
		{"US State", "IN|DE|CA", us}, {"St", "IN|DE|CA", us}, {"ST.", "IN|IN|IN", us}, {"State/Prov", "IN|IN|IN", us}, {"Reg", "IN|IN|IN", us},
		{"Territory", "IN|DE|CA", us}, {"X", "IN|DE|CA", us}, {"Prov", "AB|NS|NB", "403 555 0147|902 555 0148|506 555 0149"},
		{"Sprache", "DE|IT|FR", swiss}, {"Korrespondenzsprache", "DE|IT|FR", swiss}, {"Language", "DE|IT|FR", swiss}, {"Langue", "DE|IT|FR", swiss},
		{"Taal", "NL|FR|FR", "0475 12 34 56|0476 12 34 57|02 512 34 56"}, {"Age", "44|49|31", "020 7946 0123|030 5550148|06 12345678"},
	} {
		columns := []string{"Last name", "Email", "Phone", tt.header}
		said, phones := strings.Split(tt.cells, "|"), strings.Split(tt.phones, "|")
		var lines []string
		for i, name := range []string{"Lovett", "Okafor", "Marsh"} {
			lines = append(lines, name+"|a@example.com|"+phones[i]+"|"+said[i])
		}
		m, err := RogerRogerPeople().Match(columns, worded(MatchOptions{Profile: profiled(columns, lines...)}))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if got := m.Convert(strings.Split(line, "|")); len(got.Contact.PhoneNumbers) > 0 {
				t.Errorf("%s: %s: got %v", tt.header, line, got.Contact.PhoneNumbers)
			}
		}
		if strings.Contains(m.Columns[3].Field, "country") {
			t.Errorf("%s: proposed as %s", tt.header, m.Columns[3].Field)
		}
	}
}
