package mapping

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// readSource reads a file of testdata/sources: the header, the rows and their profile.
func readSource(t testing.TB, path string) (header []string, rows [][]string, p *cells.Profile) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	p = cells.NewProfile(all[0])
	for _, row := range all[1:] {
		p.Add(row)
	}
	return all[0], all[1:], p
}

func sourceFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/sources/*.csv")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

// TestSources compares what is made of every column of the sheets that programs and people write with a file that was
// reviewed by eye. A column that is not listed there has no field.
func TestSources(t *testing.T) {
	var b strings.Builder
	for _, path := range sourceFiles(t) {
		header, _, p := readSource(t, path)
		fmt.Fprintf(&b, "# %s\n", filepath.Base(path))
		tell(&b, ClientCommanderContacts(), header, p)
		tell(&b, GrowContacts(), header, p)
		tell(&b, RogerRogerPeople(), header, p)
		tell(&b, CloverhoundContacts(), header, p)
	}
	wantReviewed(t, "testdata/sources.txt", b.String())
}

// tell writes how a table understands a sheet: each column with its field or the reason that it has none.
func tell[C any](b *strings.Builder, t *Table[C], header []string, p *cells.Profile) {
	m, err := t.Match(header, worded(MatchOptions{Profile: p}))
	if err != nil {
		fmt.Fprintf(b, "%s: %v\n", t.Vendor, err)
		return
	}
	fmt.Fprintf(b, "%s: %s\n", t.Vendor, cmp.Or(m.Program, "no program"))
	for _, c := range m.Columns {
		ref := c.Ref(m.Columns)
		switch {
		case c.State == columns.Mapped:
			fmt.Fprintf(b, "  %s = %s", ref, c.Field)
			if c.Reason != "" {
				fmt.Fprintf(b, " (%s)", c.Reason)
			}
			b.WriteByte('\n')
		case c.State == columns.Proposed || c.Filled > 0 && c.Reason != t.Vendor+" has no such field":
			fmt.Fprintf(b, "  %s: %s\n", ref, c.Reason)
		}
	}
}

// TestProgramsFitOnce: every file of a program is recognised as that, and a header that fits two equally as none.
func TestProgramsFitOnce(t *testing.T) {
	tests := []struct{ header, want string }{
		{"E-mail Address|E-mail Type|E-mail Display Name", "an Outlook export"},
		{"Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID|UNSUB_TIME", "a Mailchimp export of people who have unsubscribed: they must not be mailed"},
		{"E-MAIL ADDRESS|e-mail type|E-mail display name", "an Outlook export"},
		{"Record ID|Contact owner|E-mail Address|Given Yomi|Surname Yomi", "an Outlook export"}, // three marks against two
		{"Record ID|Contact owner|Id|IsDeleted|MasterRecordId", "a Salesforce data export"},
		{"Record ID|Lifecycle Stage|Cell Phone 1|TCPA Optin Date", ""}, // two against two
		{"Person - Name|Person - Email", "a Pipedrive export of people"},
		{"Person - Name|Email", ""},
		{"First name|Last name|Email|Phone", ""},
		{"", ""},
	}
	for _, tt := range tests {
		m, err := RogerRogerPeople().Match(strings.Split(tt.header, "|"), worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		if m.Program != tt.want {
			t.Errorf("%s: %q, want %q", tt.header, m.Program, tt.want)
		}
	}
}

// TestMarksAreWhole: the marks of a program are headers that it knows, or that mean something to everybody, and no
// program has the marks of another.
func TestMarksAreWhole(t *testing.T) {
	for _, p := range headers.Programs() {
		for _, line := range p.Marks {
			header := strings.Split(line, "|")
			m, err := CloverhoundContacts().Match(header, worded(MatchOptions{}))
			if err != nil {
				t.Fatal(err)
			}
			if len(header) < 2 || m.Program != "" && !strings.HasPrefix(m.Program, p.Name) {
				t.Errorf("%q, which are marks of %s, are taken for %s", line, p.Name, m.Program)
			}
		}
	}
}

// TestProgramCells: what a program writes where there is nothing is nothing, its words are parted its own way, a refusal
// is reported, and a row that only continues the one above is no contact.
func TestProgramCells(t *testing.T) {
	read := func(header, row string) (fields string, found, codes []string) {
		t.Helper()
		m, err := RogerRogerPeople().Match(strings.Split(header, "|"), worded(MatchOptions{NeedsRequired: true, ConvertOptions: ConvertOptions{Region: "NL"}}))
		if err != nil {
			t.Fatal(err)
		}
		got := m.Convert(strings.Split(row, "|"))
		for _, f := range got.Remarks {
			found = append(found, f.Code+" "+f.Column)
		}
		for _, p := range got.Problems {
			codes = append(codes, p.Code)
		}
		for _, tag := range got.Contact.Tags {
			fields += tag.Name + "/"
		}
		return fields + strings.Join(got.Contact.EmailAddresses, "/"), found, codes
	}
	outlook := "Last Name|E-mail Address|E-mail Type|E-mail Display Name|Categories|Home Phone"
	odoo := "External ID|Name|Company Type|Email|Tags"
	tests := []struct{ header, row, fields, found, codes string }{
		{outlook, "Berg|jan@example.com|SMTP||Friends, old;Clients|", "Friends, old/Clients/jan@example.com", "[]", "[]"},
		{outlook, "Berg|||||0/0/00", "", "[placeholder Home Phone]", "[]"},
		{"Last Name|Email|Categories", "Berg|jan@example.com|Friends, old;Clients", "Friends/old/Clients/jan@example.com", "[]", "[]"},
		{odoo, "x.1|Jan Berg|Person|jan@example.com|VIP,Partner", "VIP/Partner/jan@example.com", "[]", "[]"},
		{odoo, "x.1|Jan Berg|False|jan@example.com|False", "jan@example.com", "[placeholder Tags]", "[]"},
		{odoo, "x.1|Jan Berg|ONWAAR|FALSE|VIP", "VIP/", "[placeholder Email]", "[]"},
		{odoo + "|isTracked", "x.1|Jan Berg|Person|jan@example.com||False", "jan@example.com", "[]", "[]"},
		{"Debiteurnummer|Naam|Postcode|Contactpersoon|Email", "1|Acme|1234 AB|N.V.T.|jan@example.com", "jan@example.com", "[placeholder Contactpersoon]", "[required]"},
		{odoo, "||||Newsletter", "Newsletter/", "[]", "[continuation]"},
		{"Contact Id|Last Name|Email|Cell Phone 1|Email Optin", "7|Berg|jan@example.com||No", "jan@example.com", "[refused_mail Email Optin]", "[]"},
		{"Contact Id|Last Name|Email|Cell Phone 1|Email Optin", "7|Berg|jan@example.com||Yes", "jan@example.com", "[]", "[]"},
		{"Last Name|Email|Marketing e-mail", "Berg|jan@example.com|Unsubscribed", "jan@example.com", "[refused_mail Marketing e-mail]", "[]"},
		{"Last Name|Email|Marketing e-mail", "Berg|jan@example.com|Opted out", "jan@example.com", "[refused_mail Marketing e-mail]", "[]"},
		{"Last Name|Email|Marketing e-mail", "Berg|jan@example.com|Subscribed", "jan@example.com", "[]", "[]"},
		{"Last Name|Email|Email Opt Out", "Berg|jan@example.com|1", "jan@example.com", "[refused_mail Email Opt Out]", "[]"},
		{"Last Name|Email Address|LEID|MEMBER_RATING|UNSUB_TIME", "Berg|jan@example.com|1|2|2024-03-12 09:14:00", "jan@example.com", "[refused_mail UNSUB_TIME]", "[]"},
	}
	for _, tt := range tests {
		fields, found, codes := read(tt.header, tt.row)
		if fields != tt.fields || fmt.Sprint(found) != tt.found || fmt.Sprint(codes) != tt.codes {
			t.Errorf("%s\n%s: %q %v %v, want %q %s %s", tt.header, tt.row, fields, found, codes, tt.fields, tt.found, tt.codes)
		}
	}
}

// TestMapFileKeepsTheMapping: a map file that check writes changes nothing.
func TestMapFileKeepsTheMapping(t *testing.T) {
	for _, path := range sourceFiles(t) {
		header, rows, p := readSource(t, path)
		keepsMapping(t, path, ClientCommanderContacts(), header, rows, p)
		keepsMapping(t, path, GrowContacts(), header, rows, p)
		keepsMapping(t, path, RogerRogerPeople(), header, rows, p)
		keepsMapping(t, path, CloverhoundContacts(), header, rows, p)
	}
}

func keepsMapping[C any](t *testing.T, path string, table *Table[C], header []string, rows [][]string, p *cells.Profile) {
	t.Helper()
	m, err := table.Match(header, worded(MatchOptions{Profile: p}))
	if err != nil {
		return
	}
	var entries []columns.MapEntry
	for _, l := range columns.MapLines(m.Columns) {
		entries = append(entries, columns.MapEntry{Column: l.Column, Field: l.Field, How: l.How})
	}
	again, err := table.Match(header, worded(MatchOptions{Profile: p, MapFile: entries}))
	if err != nil {
		t.Errorf("%s, %s: %v", path, table.Vendor, err)
		return
	}
	if d := diff.Diff(mapped(m.Columns), mapped(again.Columns)); d != "" {
		t.Errorf("%s, %s: the map file changes the mapping:\n%s", path, table.Vendor, d)
	}
	for _, row := range rows {
		a, b := m.Convert(row), again.Convert(row)
		if differ := table.Same(a.Contact, b.Contact, append(a.Fields, b.Fields...)); len(differ) > 0 {
			t.Errorf("%s, %s: %v differ with the map file", path, table.Vendor, differ)
		}
	}
}

// TestMapFileDrift: a whole map file is not used for a sheet that has other columns.
func TestMapFileDrift(t *testing.T) {
	whole := []columns.MapEntry{{Column: "Wie", Field: "last_name", How: "alias"}, {Column: "E-mail", Field: "email", How: "alias"}, {Column: "#C", Field: "", How: "ignored"}}
	tests := []struct {
		header string
		o      MatchOptions
		want   string
	}{
		{"Wie|E-mail|", MatchOptions{}, ""},
		{"wie|E-MAIL|", MatchOptions{}, ""},
		{"E-mail|Wie|", MatchOptions{}, ""}, // headers may move
		{"Wie|Mail|", MatchOptions{}, `the columns of the sheet have changed since the map file was written; gone: "E-mail"; new: "Mail"`},
		{"Wie|E-mail|Fax", MatchOptions{}, `the columns of the sheet have changed since the map file was written; gone: "#C"; new: "Fax"`},
		{"Wie|E-mail||Fax", MatchOptions{}, `the columns of the sheet have changed since the map file was written; new: "Fax"`},
		{"Wie|E-mail||Fax", MatchOptions{Map: []string{"Fax="}}, ""},
		{"Wie|E-mail||crmferry_row", MatchOptions{}, ""},
		{"Wie|E-mail", MatchOptions{}, `the columns of the sheet have changed since the map file was written; gone: "#C"`},
	}
	for _, tt := range tests {
		tt.o.MapFile = whole
		_, err := GrowContacts().Match(strings.Split(tt.header, "|"), worded(tt.o))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.header, got, tt.want)
		}
	}
}

// TestAnyHeader matches headers made of words that mean something, in any company and above any cells.
func TestAnyHeader(t *testing.T) {
	words := strings.Split("||#C|#|Account.id|Email Count|Frist Name|=x|'a| Email |email|Person - Name|Organization - Name|External ID|Company Type|id|account_owner|Email *|a=b|x,y|crmferry_row", "|")
	for c := headers.None + 1; c < headers.ConceptCount; c++ {
		words = append(words, headers.Vocabulary(c)...)
	}
	values := strings.Split("|Jan|Jan Berg|jan@example.com|+31655501101|yes|TX|Hot|2024-01-01|12|1234 AB|Acme B.V.|Mr|NL|n.v.t.|a;b,c|de|1 Main St, Austin, TX", "|")
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		n := 1 + random.IntN(9)
		header, row := make([]string, n), make([]string, n)
		for i := range header {
			header[i], row[i] = words[random.IntN(len(words))], values[random.IntN(len(values))]
			if i > 0 && random.IntN(8) == 0 {
				header[i] = header[i-1]
			}
		}
		p := cells.NewProfile(header)
		for range 3 {
			p.Add(row)
		}
		matchAny(t, ClientCommanderContacts(), header, row, p)
		matchAny(t, GrowContacts(), header, row, p)
		matchAny(t, RogerRogerPeople(), header, row, p)
		matchAny(t, RogerRogerNotes(), header, row, p)
		matchAny(t, CloverhoundContacts(), header, row, p)
	}
}

// TestRefusalNamesProposals: what could fill a required field is named where it is missing.
func TestRefusalNamesProposals(t *testing.T) {
	header, _, p := readSource(t, "testdata/sources/trap-unknown-headers.csv")
	_, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: p, NeedsRequired: true}))
	var refused *match.Error
	if !errors.As(err, &refused) || !strings.Contains(refused.Hint, `confirm what is proposed with --map "Kolom1=givenName,familyName"`) {
		t.Fatalf("got %+v", err)
	}
	if len(refused.Columns) != len(header) || refused.Columns[1].State != columns.Proposed {
		t.Errorf("the refusal does not say how the columns were understood: %+v", refused.Columns)
	}
	_, err = RogerRogerPeople().Match(header, worded(MatchOptions{Profile: p, NeedsRequired: true, Map: []string{"Kolom1=givenName,familyName"}}))
	if !errors.As(err, &refused) || !strings.Contains(refused.Hint, `--map "Kolom2=emailAddresses"; if it is not, leave it out with --map "Kolom2="`) {
		t.Errorf("contacts without an e-mail, though a column has them: %v", err)
	}
	for _, email := range []string{"Kolom2=emailAddresses", "Kolom2="} {
		if _, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: p, NeedsRequired: true, Map: []string{"Kolom1=givenName,familyName", email}})); err != nil {
			t.Errorf("the proposals, confirmed: %v", err)
		}
	}
}

// TestProposalBesideAnother: cells propose a field that takes several columns although another column feeds it.
func TestProposalBesideAnother(t *testing.T) {
	header, p := []string{"Last name", "Phone", "Bereikbaar"}, cells.NewProfile([]string{"Last name", "Phone", "Bereikbaar"})
	for _, row := range []string{"Berg|+31612345678|0182-123456", "Ek|+31612345679|0182-123457", "Li||0182-123458"} {
		p.Add(strings.Split(row, "|"))
	}
	several, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: p}))
	if err != nil {
		t.Fatal(err)
	}
	if c := several.Columns[2]; c.State != columns.Proposed || c.Field != "phoneNumbers" {
		t.Errorf("several phones: %+v", c)
	}
}

// TestAgreements: a column that says by yes or no what a person has agreed to is reported where it says no, though its
// header names no field.
func TestAgreements(t *testing.T) {
	for header, want := range map[string]string{"Nieuwsbrief|nee|ja": "refused_mail", "Nieuwsbrief|ja|nee": "", "Unsubscribed|1|0": "refused_mail",
		"GDPR consent|no|yes": "refused_mail", "Newsletter|Spring|Autumn": "", "Nieuws|nee|ja": "",
		"Has Opted Out of Email|1|0": "refused_mail", "Do Not Call|1|0": "refused_mail", "Do Not Call|0|1": "", "Do Not Email|TRUE|FALSE": "refused_mail",
		"Do not mail|x|": "refused_mail", "Niet bellen|ja|nee": "refused_mail", "Unsubscribed|2024-01-01|": "refused_mail", "Subscribed|2024-01-01|": "",
		"Email status|unsubscribed|subscribed": "refused_mail", "Email status|subscribed|unsubscribed": "", "Contact status|Open|Closed": ""} {
		cells := strings.Split(header, "|")
		columns := []string{"Achternaam", cells[0]}
		m, err := RogerRogerPeople().Match(columns, worded(MatchOptions{Profile: profiled(columns, "Berg|"+cells[1], "Ek|"+cells[2])}))
		if err != nil {
			t.Fatal(err)
		}
		if got := found(m.Convert([]string{"Berg", cells[1]}).Remarks); got != want {
			t.Errorf("%s: got %q, want %q: %+v", header, got, want, m.Columns[1])
		}
	}
}

// TestRefusalsOfIgnoredColumns: a line of a map file, or a --map, that leaves a column out does not hide who refuses mail;
// one that gives it a field does.
func TestRefusalsOfIgnoredColumns(t *testing.T) {
	header := []string{"Achternaam", "Nieuwsbrief"}
	for i, o := range []MatchOptions{{MapFile: []columns.MapEntry{{Column: "Nieuwsbrief"}}}, {Map: []string{"Nieuwsbrief="}}, {Map: []string{"Nieuwsbrief=jobTitle"}}} {
		o.Profile = profiled(header, "Berg|nee", "Ek|ja")
		m, err := RogerRogerPeople().Match(header, worded(o))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := found(m.Convert([]string{"Berg", "nee"}).Remarks), []string{"refused_mail", "refused_mail", ""}[i]; got != want {
			t.Errorf("%v %v: got %q, want %q", o.Map, o.MapFile, got, want)
		}
	}
}

// TestColumnMappedTwice: two lines of one column are refused, unless they say the same or name both halves of a name.
func TestColumnMappedTwice(t *testing.T) {
	for lines, want := range map[string]string{
		"Name=first_name|Name=last_name":  "",
		"Phone=phone|Phone=phone":         "",
		"Phone=phone|Phone=position":      `column "Phone" becomes both phone and position`,
		"Phone=phone|#C=":                 `column "Phone" becomes both phone and nothing`,
		"Phone=|phone=position":           `column "Phone" becomes both nothing and position`,
		"Name=first_name|Name=position":   `column "Name" becomes both first_name and position`,
		"Name=first_name|Email=last_name": "",
	} {
		var file []columns.MapEntry
		for line := range strings.SplitSeq(lines, "|") {
			column, field, _ := strings.Cut(line, "=")
			file = append(file, columns.MapEntry{Column: column, Field: field})
		}
		for _, o := range []MatchOptions{{Map: strings.Split(lines, "|")}, {MapFile: file}} {
			_, err := GrowContacts().Match([]string{"Name", "Email", "Phone"}, worded(o))
			if got := fmt.Sprint(err); err == nil && want != "" || want != "" && !strings.Contains(got, want) || want == "" && err != nil {
				t.Errorf("%s: got %v, want %q", lines, err, want)
			}
		}
	}
}
