package mapping

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/match"

	"github.com/google/go-cmp/cmp"
)

// found are the codes of the findings of a row, in order.
func found(remarks []Remark) string {
	var codes []string
	for _, f := range remarks {
		codes = append(codes, f.Code)
	}
	return strings.Join(codes, " ")
}

// TestFindings: what a cell of a field becomes, and what is reported of it. A problem is written as its code with a !.
func TestFindings(t *testing.T) {
	cc := func(field, cell string, o MatchOptions) (string, string) {
		return oneCell(t, ClientCommanderContacts(), field, cell, o)
	}
	rr := func(field, cell string, o MatchOptions) (string, string) {
		return oneCell(t, RogerRogerPeople(), field, cell, o)
	}
	grow := func(field, cell string, o MatchOptions) (string, string) {
		return oneCell(t, GrowContacts(), field, cell, o)
	}
	tests := []struct {
		read        func(field, cell string, o MatchOptions) (string, string)
		field, cell string
		want, codes string
	}{
		{cc, "phone", "n.v.t.", "", "placeholder"},
		{cc, "phone", "-", "", "placeholder"},
		{cc, "phone", "'", "", "placeholder"},
		{rr, "phoneNumbers", `=""`, "", "placeholder"},
		{rr, "address.postalCode", "'-", "", "text_marker placeholder"},
		{cc, "phone", "000-000-0000", "", "placeholder"},
		{cc, "phone", "0", "", "placeholder"},
		{cc, "phone", "+31612345678", "+31612345678", ""},
		{cc, "phone", "06-12345678", "+31612345678", ""}, // how it is written is no matter
		{cc, "phone", "31612345678.0", "+31612345678", "float_tail"},
		{cc, "phone", "612345678", "+31612345678", "lost_zero"},
		{cc, "phone", "31612345678", "+31612345678", ""},
		{cc, "phone", "31 (0) 612345678", "+31612345678", ""},
		{cc, "phone", "'+31612345678", "+31612345678", "text_marker"},
		{cc, "phone", `="+31612345678"`, "+31612345678", "text_marker"},
		{cc, "phone", "06 12345678 (mobiel)", "+31612345678", "remark"},
		{cc, "phone", "+1 512 555 0124 ext. 7", "+15125550124", "extension"},
		{cc, "phone", "+1-800-FLOWERS", "+18003569377", "vanity"},
		{cc, "phone", "06-12345678 / 020-1234567", "+31612345678", "several_values"},
		{cc, "phone", "06-12345678 / 0612345678", "+31612345678", ""},
		{cc, "phone", "3.16123E+10", "", "bad_phone!"},
		{cc, "phone", "+31\u00a06\u00a012345678", "+31612345678", "invisible"},
		{rr, "phoneNumbers", "06-12345678; 020-1234567", "+31612345678; +31201234567", ""},
		{rr, "phoneNumbers", "06-12345678; n.v.t.", "+31612345678", "placeholder"},
		{cc, "email", "jan@example.com; piet@example.org", "jan@example.com", "several_values"},
		{cc, "email", "Jan <jan@example.com>", "jan@example.com", "wrapped"},
		{cc, "email", "mailto:jan@example.com", "jan@example.com", "wrapped"},
		{cc, "email", "jan@gmial.com", "jan@gmial.com", "typing_slip"},
		{cc, "email", "jan@example.con", "jan@example.con", "typing_slip"},
		{cc, "email", "jan@example,com", "", "bad_email!"},
		{cc, "email", "geen", "", "placeholder"},
		{cc, "email", "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=1f-Jan", "", "exchange_address"},
		{rr, "emailAddresses", "/O=FIRST/OU=EXCHANGE/CN=RECIPIENTS/CN=JAN", "", "exchange_address"},
		{cc, "source", "-None-", "", "placeholder"},
		{cc, "source", "(none)", "", "placeholder"},
		{grow, "last_name", "--None--", "--None--", "placeholder"},
		{rr, "tags", "VIP; n.v.t., Lead", "VIP; Lead", "placeholder"},
		{rr, "segments", "-; Lead", "Lead", "placeholder"},
		{rr, "emailAddresses", "jan@example.com / piet@example.org", "jan@example.com; piet@example.org", ""},
		{rr, "emailAddresses", "jan@hotmial.com, piet@example.org", "jan@hotmial.com; piet@example.org", "typing_slip"},
		{cc, "city", "#REF!", "", "damaged!"},
		{cc, "city", "#¡REF!", "", "damaged!"},
		{cc, "lastName", "Jan\x07sen", "Jansen", "invisible"},
		{cc, "background", "called\vwrote", "called\nwrote", "invisible"},
		{cc, "tags", "#connect", "#connect", ""},
		{cc, "tags", "#Name", "#Name", ""},
		{cc, "lastName", "'T HART, PIET", "'T HART, PIET", "capitals"},
		{rr, "organizations", "Acme, Inc.", `"Acme, Inc."`, ""},
		{rr, "organizations", "A | B Consulting", `"A | B Consulting"`, ""},
		{rr, "organizations", `Acme; "Smith; Jones"`, `Acme; "Smith; Jones"`, ""},
		{rr, "owner", "Piet", "", "bad_value!"},
		{rr, "owner", "u42", "/users/u42", ""},
		{rr, "owner", "/users/piet", "/users/piet", ""},
		{cc, "city", "#WAARDE!", "", "damaged!"},
		{cc, "city", "#¿NOMBRE?", "", "damaged!"},
		{cc, "city", "########", "", "damaged!"},
		{cc, "city", "#1 Street", "#1 Street", ""},
		{cc, "city", "San\u00a0Jos\u00e9\u200b", "San José", "invisible"},
		{cc, "city", "JosÃ©", "JosÃ©", "twice_encoded"},
		{cc, "city", "Jos\ufffd", "Jos\ufffd", "lost_letters"},
		{cc, "city", "São Paulo", "São Paulo", ""},
		{cc, "city", "Mar-01", "Mar-01", "date_of_code"},
		{rr, "organizations", "1-Mar", "1-Mar", "date_of_code"},
		{grow, "clientid", "1-Mar", "1-Mar", "date_of_code"},
		{cc, "tags", "Mar-01", "Mar-01", "date_of_code"},
		{cc, "city", "n/a", "", "placeholder"},
		{cc, "city", "unknown", "unknown", "placeholder"},
		{grow, "last_name", "-", "-", "placeholder"}, // required: whoever reads the finding decides
		{cc, "background", "unknown\u00a0?", "unknown\u00a0?", ""},
		{cc, "price", "-", "", "placeholder"},
		{cc, "zipCode", "78701.0", "78701", "float_tail"},
		{cc, "zipCode", "'02134", "02134", "text_marker"},
		{cc, "zipCode", "2134", "", "bad_zip!"},
		{rr, "customerId", "C-42", "C-42", ""},
		{rr, "customerId", "'7210448301122", "7210448301122", "text_marker"},
		{rr, "customerId", "7.21E+15", "", "damaged!"},
		{rr, "customerId", "12E5", "12E5", "scientific"},
		{rr, "customerId", "1234567890123450000", "1234567890123450000", "rounded"},
		{rr, "customerId", "10045.0", "10045.0", "float_tail"}, // a version, for all that this one cell says
		{rr, "customerId", "2026-12-01", "2026-12-01", "date_of_code"},
		{rr, "customerId", "1-Dec", "1-Dec", "date_of_code"},
		{rr, "familyName", "JANSEN", "JANSEN", "capitals"},
		{rr, "familyName", "Acme B.V.", "Acme B.V.", "company_name"},
		{rr, "familyName", "John & Jane Smith", "John & Jane Smith", "several_people"},
		{rr, "familyName", "'t Hart", "'t Hart", ""},
		{rr, "familyName", "van der Berg", "van der Berg", ""},
		{rr, "tags", "none", "", "placeholder"},
		{grow, "clientid", "12.0", "12", "float_tail"},
	}
	for _, tt := range tests {
		o := MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}
		if got, codes := tt.read(tt.field, tt.cell, o); got != tt.want || codes != tt.codes {
			t.Errorf("%s %q: got %q, %q, want %q, %q", tt.field, tt.cell, got, codes, tt.want, tt.codes)
		}
	}
}

// oneCell reads a cell into a field and returns it as it is shown, and the codes of findings and of problems.
func oneCell[C any](t *testing.T, table *Table[C], field, cell string, o MatchOptions) (shown, codes string) {
	t.Helper()
	m, err := table.Match([]string{field}, worded(o))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert([]string{cell})
	codes = found(row.Remarks)
	for _, p := range row.Problems {
		if p.Field == field || p.Column == field {
			codes += p.Code + "!"
		}
	}
	for _, f := range row.Remarks {
		if f.Field != field || f.Column != field || f.Before == "" || !strings.Contains(f.Message, `column "`+field+`": `) {
			t.Errorf("%q: %+v", cell, f)
		}
	}
	return table.Text(row.Contact, field), codes
}

// TestOneOfSeveral: a cell of a list that holds no value is left out behind one that does, unless what is left would take
// the place of the CRM's. What cannot be taken apart surely is refused.
func TestOneOfSeveral(t *testing.T) {
	header := []string{"Last name", "E-mail Address", "E-mail 2 Address", "Home phone", "Mobile", "Tags"}
	tests := []struct{ row, want string }{
		{"Doe|a@example.com|b@example||06-12345678|", "a@example.com +31612345678 left_out"},
		{"Doe|a@example|b@example.com|12|06-12345678|", " +31612345678 left_out bad_email!"}, // contacts are found by the first
		{"Doe|a@example.com|/o=ExchangeLabs/cn=doe||3.16E+10|", "a@example.com  exchange_address bad_phone!"},
		{"Doe|/o=ExchangeLabs/cn=doe|||06-12345678|", " +31612345678 exchange_address"},
		{"Doe|a@example.com|#REF!|3.16E+10|06-12345678|", "a@example.com +31612345678 left_out left_out"},
		{"Doe|a@example.com||020-1234567|3.16E+10|", "a@example.com   bad_phone!"},
		{"Doe|a@example|||06-12345678|", " +31612345678  bad_email!"},
		{"Doe|a@example.com|jan berg@example.com||06-12345678|", " +31612345678  bad_email!"},
	}
	for _, tt := range tests {
		m, err := RogerRogerPeople().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert(strings.Split(tt.row, "|"))
		table := RogerRogerPeople()
		got := table.Text(row.Contact, "emailAddresses") + " " + table.Text(row.Contact, "phoneNumbers") + " " + found(row.Remarks)
		for _, p := range row.Problems {
			got += " " + p.Code + "!"
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q; %v", tt.row, got, tt.want, row.Problems)
		}
	}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL", Replace: []string{"emailAddresses"}}}))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert(strings.Split(tests[0].row, "|"))
	if len(row.Remarks) > 0 || len(row.Problems) != 1 || row.Problems[0].Code != cells.CodeBadEmail {
		t.Errorf("--replace: %v %v", row.Remarks, row.Problems)
	}
	row = m.Convert(strings.Split(tests[1].row, "|"))
	if n, err := RogerRogerPeople().Match(header, worded(MatchOptions{})); err != nil || len(n.Convert(strings.Split("Doe|||12|+31612345678|", "|")).Problems) != 1 {
		t.Errorf("without --region: %v", err)
	}
	if f := row.Remarks; len(f) != 1 || f[0].Column != "Home phone" || f[0].Before != "12" || f[0].After != "" || !strings.Contains(f[0].Message, "too few digits") {
		t.Errorf("%+v", f)
	}
}

// TestTitles: a title is no part of a name, be it of a last name only.
func TestTitles(t *testing.T) {
	for name, want := range map[string]string{"Dr. Jane Doe": "Jane|Doe|title", "Dhr. J. van der Berg": "J.|van der Berg|title", "Prof. Dr. Jane Doe": "Jane|Doe|title",
		"M. Jansen": "M.|Jansen|", "Dr. Smith": "|Smith|title", "Jane Doe": "Jane|Doe|", "Acme GmbH": "|Acme GmbH|company_name", "Smith, John, Jr.": "John|Smith, Jr.|"} {
		m, err := RogerRogerPeople().Match([]string{"Full name"}, worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert([]string{name})
		if got := row.Contact.GivenName + "|" + row.Contact.FamilyName + "|" + found(row.Remarks); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// TestTitlesAreKept: a title that was taken off a name goes where the vendor has a place for it and the row says nothing else.
func TestTitlesAreKept(t *testing.T) {
	tests := []struct {
		cells string
		set   []string
		want  string
	}{
		{"Prof. Dr. Jane Doe|", nil, "Prof. Dr.|Jane|Doe|, which honorificPrefix takes"},
		{"Dr. Jane Doe|Mrs.", nil, "Mrs.|Jane|Doe|"},
		{"Dr. Jane Doe|#CLEAR", nil, "|Jane|Doe|"},
		{"Dr. Jane Doe|", []string{"honorificPrefix=Ms."}, "Ms.|Jane|Doe|"},
		{"Dr. Smith|", nil, "Dr.||Smith|, which honorificPrefix takes"},
		{"Jane Doe|", nil, "|Jane|Doe|"},
	}
	for _, tt := range tests {
		m, err := RogerRogerPeople().Match([]string{"Full name", "Salutation"}, worded(MatchOptions{Set: tt.set, ConvertOptions: ConvertOptions{Clear: "#CLEAR"}}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert(strings.Split(tt.cells, "|"))
		c, told := row.Contact, ""
		for _, f := range row.Remarks {
			_, rest, _ := strings.Cut(f.Message, "without its title ")
			told += rest[strings.LastIndexByte(rest, '"')+1:]
			if f.Field != "givenName" || f.Column != "Full name" {
				t.Errorf("%s: %+v", tt.cells, f)
			}
		}
		if got := c.HonorificPrefix + "|" + c.GivenName + "|" + c.FamilyName + "|" + told; got != tt.want || len(row.Problems) > 0 {
			t.Errorf("%s: got %q, want %q; %v", tt.cells, got, tt.want, row.Problems)
		}
		if row.Fields.Has("honorificPrefix") != (c.HonorificPrefix != "" || row.Cleared != nil) {
			t.Errorf("%s sets %v", tt.cells, row.Fields)
		}
	}
}

// TestLostZeros: postal codes get their zeros back where the whole column and the country say that they lost them.
func TestLostZeros(t *testing.T) {
	header := []string{"Last name", "Postal code", "Country"}
	zip := func(rows ...string) string {
		t.Helper()
		m, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: profiled(header, rows...)}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert(strings.Split(rows[0], "|"))
		return row.Contact.Address.PostalCode + " " + found(row.Remarks)
	}
	tests := []struct {
		rows []string
		want string
	}{
		{[]string{"Doe|2134|US", "Roe|78701|US"}, "02134 lost_zero"},
		{[]string{"Doe|1067|Deutschland", "Roe|10117|DE"}, "01067 lost_zero"},
		{[]string{"Doe|501|USA"}, "00501 lost_zero"},
		{[]string{"Doe|7102-1234|US", "Roe|78701|US"}, "07102-1234 lost_zero"},
		{[]string{"Doe|1067-1234|DE", "Roe|10117|DE"}, "1067-1234 odd_zip"},
		{[]string{"Doe|2134|US", "Roe|02139|US"}, "2134 odd_zip"}, // zeros are kept in this column
		{[]string{"Doe|1012|NL", "Roe|1012 LG|NL"}, "1012 odd_zip"},
		{[]string{"Doe|1012lg|NL"}, "1012lg "},
		{[]string{"Doe|1000|BE"}, "1000 "},
		{[]string{"Doe|2134|"}, "2134 "},
		{[]string{"Doe|SW1A 1AA|UK"}, "SW1A 1AA "},
		{[]string{"Doe|123456|IN"}, "123456 "},
	}
	for _, tt := range tests {
		if got := zip(tt.rows...); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.rows, got, tt.want)
		}
	}
	header = []string{"Name", "Zip"}
	m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, "Jane Doe|2134", "Jim Roe|78701", "Jo Poe|7102-1234")}))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"2134": "02134", "7102-1234": "07102-1234"} {
		row := m.Convert([]string{"Jane Doe", cell})
		if f := row.Remarks; row.Contact.ZipCode != want || len(f) != 1 || f[0].Code != cells.RemarkLostZero || f[0].Before != cell || f[0].After != want {
			t.Errorf("%q: %+v", row.Contact.ZipCode, f)
		}
	}
}

// TestRegionsAbroad: no region of another country becomes a state of the USA, and no postal code gets zeros for a ZIP code.
func TestRegionsAbroad(t *testing.T) {
	mailchimp := "Email Address|MEMBER_RATING|LEID|CC|REGION"
	outlook := "E-mail Address|Business State|Business Country/Region|Home State|Home Country/Region"
	tests := []struct{ header, row, want string }{
		{mailchimp, "a@example.com|2|1|nl|nh", " left_out"},
		{mailchimp, "a@example.com|2|1|NL|", " "},
		{mailchimp, "a@example.com|2|1|us|nh", "NH "},
		{mailchimp, "a@example.com|2|1||nh", "NH "},
		{mailchimp, "a@example.com|2|1|pr|PR", "PR "},
		{mailchimp, "a@example.com|2|1|??|nh", "NH "},
		{"Email|State|Country", "a@example.com|Georgia|Nederland", " left_out"},
		{"Email|State|Country", "a@example.com|Georgia|United States", "GA "},
		{outlook, "a@example.com|TX|USA|Utrecht|NL", "TX "},
		{outlook, "a@example.com|UT|NL|TX|USA", " left_out"},
		{"Email|Zip|Country", "a@example.com|1012|NL", " left_out"},
		{"Email|Zip|Country", "a@example.com|1012 JS|NL", " left_out"},
		{"Email|Zip|Country", "a@example.com|K1A 0A9|Canada", " left_out"},
		{"Email|Zip|Country", "a@example.com|K1A 0A9|USA", " bad_zip!"},
		{"Email|Zip|Country", "a@example.com|2134|US", "02134 lost_zero"},
	}
	for _, tt := range tests {
		header := strings.Split(tt.header, "|")
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, tt.row, "b@example.com|78701|US")}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert(strings.Split(tt.row, "|"))
		got := row.Contact.State + row.Contact.ZipCode + " " + found(row.Remarks)
		for _, p := range row.Problems {
			got += p.Code + "!"
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q; %v", tt.row, got, tt.want, row.Problems)
		}
	}
}

// TestFloatTails: where every number of a column ends in .0, none of them is a version.
func TestFloatTails(t *testing.T) {
	header := []string{"Last name", "Customer ID"}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: profiled(header, "Doe|10045.0", "Roe|10046.0")}))
	if err != nil {
		t.Fatal(err)
	}
	if row := m.Convert([]string{"Doe", "10045.0"}); row.Contact.CustomerID != "10045" || found(row.Remarks) != cells.RemarkFloatTail {
		t.Errorf("%q: %+v", row.Contact.CustomerID, row.Remarks)
	}
}

// TestFullNamesOnce: several fields are read from one column, whose findings and damage are reported once.
func TestFullNamesOnce(t *testing.T) {
	m, err := ClientCommanderContacts().Match([]string{"Name", "Email"}, worded(MatchOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	if row := m.Convert([]string{"JANE DOE", "jane@example.com"}); found(row.Remarks) != cells.RemarkCapitals {
		t.Errorf("%+v", row.Remarks)
	}
	if row := m.Convert([]string{"#REF!", "jane@example.com"}); len(row.Problems) != 1 || row.Problems[0].Code != cells.CodeDamaged {
		t.Errorf("%+v", row.Problems)
	}
}

func TestValues(t *testing.T) {
	header := []string{"Last name", "Tracked", "Tags", "Country"}
	o := MatchOptions{Values: []ValueEntry{{Field: "isTracked", From: "Actief", To: "yes"}, {Field: "Tracked", From: "misschien", To: ""}, {Field: "tags", From: "prospect", To: "Lead"}, {Field: "tags", From: "old", To: ""}, {Field: "tags", From: "cold", To: ""}, {Field: "address.country", From: "Benelux", To: "NL"}}}
	m, err := RogerRogerPeople().Match(header, worded(o))
	if err != nil {
		t.Fatal(err)
	}
	table := RogerRogerPeople()
	row := m.Convert([]string{"Doe", " ACTIEF ", "VIP; Prospect", "benelux"})
	if got := table.Text(row.Contact, "isTracked") + "|" + table.Text(row.Contact, "tags") + "|" + row.Contact.Address.Country; got != "yes|VIP; Lead|NL" || len(row.Problems) > 0 {
		t.Errorf("got %q, %v", got, row.Problems)
	}
	if row = m.Convert([]string{"Doe", "misschien", "", ""}); row.Fields.Has("isTracked") || len(row.Problems) > 0 {
		t.Errorf("a cell that is replaced by nothing: %v %v", row.Fields, row.Problems)
	}
	if len(row.Remarks) != 1 || row.Remarks[0].Code != cells.RemarkLeftOut || row.Remarks[0].Before != "misschien" {
		t.Errorf("a cell that is replaced by nothing is not reported: %+v", row.Remarks)
	}
	if row = m.Convert([]string{"Doe", "", "VIP; Old; Cold", ""}); table.Text(row.Contact, "tags") != "VIP" || len(row.Remarks) != 2 {
		t.Errorf("words that are replaced by nothing: %v %+v", row.Contact.Tags, row.Remarks)
	}
	if row = m.Convert([]string{"Doe", "soms", "", "Atlantis"}); len(row.Problems) != 2 || row.Problems[0].Value != "Atlantis" || row.Problems[1].Value != "soms" {
		t.Errorf("values without a match: %+v", row.Problems)
	}
	for _, bad := range [][]ValueEntry{{{Field: "isTracked", From: "soms", To: "perhaps"}}, {{Field: "nothing", From: "a", To: "b"}}, {{Field: "tags", From: "", To: "b"}}, {{Field: "tags", From: "a", To: "b"}, {Field: "Tags", From: "A", To: "c"}},
		{{Field: "createdAt", From: "a", To: "b"}}} {
		if _, err := RogerRogerPeople().Match(header, worded(MatchOptions{Values: bad})); err == nil || !strings.HasPrefix(err.Error(), "--values: ") {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestClear(t *testing.T) {
	o := MatchOptions{ConvertOptions: ConvertOptions{Clear: "#CLEAR"}}
	header := []string{"Last name", "First name", "Job title", "Email 1", "Email 2", "Country"}
	m, err := RogerRogerPeople().Match(header, worded(o))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert([]string{"Doe", "", "#CLEAR", " #CLEAR ", "", "#CLEAR"})
	if cleared := []string{"emailAddresses", "jobTitle", "address.country"}; len(row.Problems) > 0 || !slices.Equal(row.Cleared, cleared) || row.Fields.Has("givenName") {
		t.Errorf("cleared %v of %v, %v", row.Cleared, row.Fields, row.Problems)
	}
	found := row.Contact
	found.GivenName, found.JobTitle, found.EmailAddresses, found.Address.Country = "Jane", "CTO", []string{"jane@example.com"}, "NL"
	merged := m.Merge(found, row.Contact, row.Fields, nil)
	if c := merged.Contact; c.JobTitle != "" || c.EmailAddresses != nil || c.Address.Country != "" || c.GivenName != "Jane" || len(merged.Changed) != 3 {
		t.Errorf("%+v, changed %v", c, merged.Changed)
	}
	for _, tt := range []struct{ code, cells string }{
		{cells.CodeRequired, "#CLEAR|||||"},
		{cells.CodeBadValue, "Doe|||#CLEAR|jane@example.com|"},
	} {
		if row := m.Convert(strings.Split(tt.cells, "|")); len(row.Problems) != 1 || row.Problems[0].Code != tt.code {
			t.Errorf("%s: %+v", tt.cells, row.Problems)
		}
	}
	for _, field := range []string{"phone", "stage", "tags", "price", "zipCode"} {
		if _, codes := oneCell(t, ClientCommanderContacts(), field, "#CLEAR", o); codes != cells.CodeNotClearable+"!" {
			t.Errorf("%s: %s", field, codes)
		}
	}
}

// TestClearOfOwnExport: rows of an own export are kept as they stand, but for cells that empty their field.
func TestClearOfOwnExport(t *testing.T) {
	header := []string{"id", "familyName", "address.country", "phoneNumbers"}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Clear: "#CLEAR"}}))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert([]string{"p1", "Doe", "#CLEAR", "#CLEAR"})
	found := row.Contact
	found.Address.Country = "NL"
	merged := m.Merge(found, row.Contact, row.Fields, nil)
	if len(row.Problems)+len(merged.Bad) > 0 || merged.Contact.Address.Country != "" || !slices.Equal(merged.Changed, []string{"address.country"}) {
		t.Errorf("%+v, %v, %v", merged, row.Problems, row.Fields)
	}
}

// TestColumnsOfOneName: what is found in a column that shares its header with another, or has none, names it by its letter.
func TestColumnsOfOneName(t *testing.T) {
	m, err := RogerRogerPeople().Match([]string{"Last name", "Phone", "Phone", ""}, worded(MatchOptions{Map: []string{"#D=jobTitle"}}))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert([]string{"Doe", "+31612345678", "abc", "#REF!"})
	var got []string
	for _, p := range row.Problems {
		got = append(got, p.Column+" "+p.Message)
	}
	want := []string{`#D column D: "#REF!" is what a spreadsheet program shows in place of a value that it cannot compute`, `#C column C: "abc" is not a phone number`}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestFlagAdvice: what to do about a value of a flag names no cell and no column.
func TestFlagAdvice(t *testing.T) {
	for _, o := range []MatchOptions{{Set: []string{"state=XX"}}, {Set: []string{"zipCode=1"}}, {Values: []ValueEntry{{Field: "state", From: "Zuid", To: "XX"}}}} {
		_, err := ClientCommanderContacts().Match([]string{"Last name", "Email"}, worded(o))
		var refused *match.Error
		if !errors.As(err, &refused) || refused.Hint == "" || strings.Contains(refused.Hint, "HEADER") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// TestZeroOfState: the state of a row says whether its ZIP code lost a zero, whatever the other cells of the column are.
func TestZeroOfState(t *testing.T) {
	header := []string{"Email", "State", "Zip"}
	rows := map[string]string{"a@example.com|MA|2134": "02134 lost_zero", "a@example.com|New Jersey|7102": "07102 lost_zero", "a@example.com|MA|02110": "02110 ",
		"a@example.com|PR|901": "00901 lost_zero", "a@example.com|NJ|7102-1234": "07102-1234 lost_zero", "a@example.com|TX|5101": " ", "a@example.com||1010": " ", "a@example.com|MA|901": " "}
	for _, others := range []string{"b@example.com|MA|02110", "b@example.com|FL|33101", "b@example.com|NJ|7102"} {
		for row, want := range rows {
			m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{Profile: profiled(header, row, others)}))
			if err != nil {
				t.Fatal(err)
			}
			got := m.Convert(strings.Split(row, "|"))
			if zip := got.Contact.ZipCode + " " + found(got.Remarks); zip != want || (len(got.Problems) > 0) != (want == " ") {
				t.Errorf("%s beside %s: got %q, want %q; %v", row, others, zip, want, got.Problems)
			}
		}
	}
}

// TestOneTaken: of several columns of a field that takes one value, what is left out is said with its cell, unless it says the same
// or nothing. A list takes all, a usual header before the label of the list.
func TestOneTaken(t *testing.T) {
	header := []string{"Last name", "Emails", "Email", "Phone", "Mobile"}
	for row, want := range map[string]string{
		"Doe||a@example.com|020-1234567|":                               "",
		"Doe||a@example.com|020-1234567|06-12345678":                    "Mobile 06-12345678",
		"Doe||a@example.com|020-1234567|+31 20 1234567":                 "",
		"Doe||a@example.com|020-1234567|n.v.t.":                         "",
		"Doe||a@example.com|020-1234567|12":                             "Mobile 12",
		"Doe||a@example.com|020-1234567|020-1234567; 06-12345678":       "Mobile 020-1234567; 06-12345678",
		"Doe||a@example.com||06-12345678":                               "",
		"Doe|A@example.com|a@example.com||":                             "",
		"Doe|b@example.com|a@example.com||":                             "Emails b@example.com",
		"Doe|a@example.com, b@example.com|a@example.com||":              "Emails a@example.com, b@example.com",
		"Doe|b@example.com|a@example.com|020-1234567|06-12345678":       "Emails b@example.com Mobile 06-12345678",
		"Doe|b@example.com|a@example.com|+32 2 555 01 11|0470-12345678": "Emails b@example.com Mobile 0470-12345678",
	} {
		m, err := ClientCommanderContacts().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range m.Convert(strings.Split(row, "|")).Remarks {
			if f.Code == cells.RemarkSeveral {
				got = append(got, f.Column, f.Before)
			}
			if !strings.Contains(f.Message, cells.Quote(f.Before)) || f.After != "" {
				t.Errorf("%s: %+v", row, f)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: got %q, want %q", row, got, want)
		}
	}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}}))
	if err != nil {
		t.Fatal(err)
	}
	row := m.Convert(strings.Split("Doe|b@example.com|a@example.com|020-1234567|06-12345678", "|"))
	if got := strings.Join(row.Contact.EmailAddresses, " "); got != "a@example.com b@example.com" || len(row.Contact.PhoneNumbers) != 2 || row.Remarks != nil {
		t.Errorf("lists: %s %v %v", got, row.Contact.PhoneNumbers, row.Remarks)
	}
}
