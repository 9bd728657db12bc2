package importer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// promised runs an import, compares the requests that it makes with those that its plan says it makes at most, and returns the
// results and the number.
func promised[C any](t *testing.T, s *sandbox.Server, vendorName string, table *mapping.Table[C], vendor crm.Creator[C], lines []string, o importer.Options) (results, int) {
	t.Helper()
	o.Path, o.Name, o.Run, o.Workers = writeFile(t, lines...), "in.csv", t.Name(), 1
	if o.Mode == "" {
		o.Mode = modes.Default(vendor)
	}
	im, err := importer.New(t.Context(), table, o)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := im.Connect(t.Context(), vendor)
	if err != nil {
		t.Fatal(err)
	}
	got, before := &faked{}, s.Requests(vendorName)
	if _, err := im.Run(t.Context(), &got.results, got); err != nil {
		t.Fatal(err)
	}
	made := s.Requests(vendorName) - before
	if made > plan.Requests() {
		t.Errorf("%d requests, at most %d were said: %v", made, plan.Requests(), got.results.short())
	}
	return got.results, made
}

// TestCommonNames: a name whose words many records have takes no more requests than were said, and where these do not tell
// which record is meant the row is rejected before anything is sent.
func TestCommonNames(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize(s.Variable("", "CRMFERRY_GROWCRM_KEY")), Workers: 2})
	config := growcrm.Config{Base: crmtest.Serve(t, s.Handler(), "/growcrm/api"), HTTP: tr.Client()}
	client, clients, leads := growcrm.New(config), growcrm.NewClients(config), growcrm.NewLeads(config)
	made := 0
	add := func(n int, name string, args ...any) {
		t.Helper()
		for range n {
			made++
			called := name
			if strings.Contains(name, "%") {
				called = fmt.Sprintf(name, made)
			}
			c := growcrm.Contact{FirstName: "Ann", LastName: "Smith", Email: fmt.Sprintf("owner.%d@example.org", made)}
			if _, _, err := client.CreateLink(t.Context(), "clients", called, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(310, "Holding %d")
	add(120, "Delta %d")
	add(60, "Twin BV")
	add(1, "Delta Holding Rare")
	add(1, "Delta Holding")
	for i := range 610 {
		l := growcrm.Lead{Title: fmt.Sprintf("Website %d", i), Status: crm.Ref{ID: "1"}, Category: crm.Ref{ID: "3"}, CompanyName: "Acme"}
		if _, err := leads.Create(t.Context(), l, crm.Fields{"lead_title", "lead_status", "lead_categoryid", "lead_company_name"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	const head = "Company,First name,Last name,Email"
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
		most  int
	}{
		{"a word that is rare", []string{head, "delta holding RARE,Ann,Smith,new.1@example.org"}, []string{"2 unchanged none not_updatable"}, 5},
		{"words that are common, in three pages at most", []string{head, "Delta Holding,Ann,Smith,new.2@example.org"}, []string{"2 unchanged none not_updatable"}, 5},
		{"a word that too many have", []string{head, "Holding,Ann,Smith,new.3@example.org"}, []string{"2 rejected  ambiguous_match"}, 4},
		{"many of one name", []string{head, "Twin BV,Ann,Smith,new.4@example.org"}, []string{"2 rejected  ambiguous_match"}, 2},
		{"one of many of one name", []string{head, "Twin BV,Ann,Jones,owner.440@example.org"}, []string{"2 unchanged none not_updatable"}, 3},
		{"ids", []string{"id,client_company_name", "3,Three", "4,Four"}, []string{"2 updated update", "3 updated update"}, 6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := importer.Options{}
			o.Match.MatchID = tt.name == "ids"
			got, made := promised(t, s, "growcrm", mapping.GrowClients(), clients, tt.lines, o)
			if !slices.Equal(got.short(), tt.want) || made > tt.most {
				t.Errorf("%d requests: %v, %v", made, got.short(), got[0].Message())
			}
		})
	}
	for title, want := range map[string]string{"Website": "2 rejected  ambiguous_match", "Website 7 for Bolt": "2 created create"} {
		t.Run(title, func(t *testing.T) {
			got, _ := promised(t, s, "growcrm", mapping.GrowLeads(), leads, []string{"lead_title,lead_company_name,lead_status,lead_categoryid", title + ",Bolt,1,3"}, importer.Options{})
			if !slices.Equal(got.short(), []string{want}) {
				t.Errorf("%v, %v", got.short(), got[0].Message())
			}
		})
	}
	t.Run("contacts", func(t *testing.T) {
		got, _ := promised(t, s, "growcrm", mapping.GrowContacts(), client, []string{"First name,Last name,Phone", "Ann,Smith,+15125550142"}, importer.Options{})
		if want := []string{"2 rejected  ambiguous_match"}; !slices.Equal(got.short(), want) {
			t.Error(got.short(), got[0].Message())
		}
	})
}

// TestIDsAreProvedBefore: whether the ids in rows are there is asked before it is said how many requests are to come, of rows too that
// their own ids match; a list that was read for names is not read again, and one tag is read by itself.
func TestIDsAreProvedBefore(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: rogerroger.Authorize(s.Variable("", "CRMFERRY_ROGERROGER_KEY")), Workers: 2})
	config := rogerroger.Config{Base: crmtest.Serve(t, s.Handler(), "/rogerroger"), HTTP: tr.Client()}
	client := rogerroger.New(config)
	person, err := client.Create(t.Context(), rogerroger.Person{GivenName: "Ann", FamilyName: "Lee", EmailAddresses: []string{"ann@example.org"}}, crm.Fields{"givenName", "familyName", "emailAddresses"}, "")
	if err != nil {
		t.Fatal(err)
	}
	idOf := func(kind, name string) string {
		found, err := client.Resolve(t.Context(), kind, []string{name})
		if err != nil || len(found[name]) != 1 {
			t.Fatal(found, err)
		}
		return found[name][0].ID
	}
	tag, company := idOf("tags", "VIP"), idOf("organizations", "Acme Inc")
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
		asks  int // before it is said, beside two for the row itself
	}{
		{"a tag", []string{"id,tags", person.ID + "," + tag}, "2 updated update", 1},
		{"no tag", []string{"id,tags", person.ID + ",/tags/none"}, "2 rejected  bad_id", 2},
		{"a company", []string{"id,organizations", person.ID + "," + company}, "2 updated update", 1},
		{"a company, by name and by id", []string{"id,organizations", person.ID + `,"/organizations/none; Acme Inc"`}, "2 failed update invalid", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := s.Requests("rogerroger")
			got, made := promised(t, s, "rogerroger", mapping.RogerRogerPeople(), rogerroger.New(config), tt.lines, importer.Options{})
			if asked := s.Requests("rogerroger") - before - made - 2; asked != tt.asks || !slices.Equal(got.short(), []string{tt.want}) {
				t.Errorf("asked %d before, made %d: %v, %v", asked, made, got.short(), got[0].Message())
			}
		})
	}
}

// TestLookUpsAheadArePromised: rows that are looked up to see whether they need what is missing, and need nothing, are looked up once
// more when their turn comes.
func TestLookUpsAheadArePromised(t *testing.T) {
	s := sandbox.New(sandbox.Options{Contacts: 3000})
	const rows = 12
	there, moved, anew := []string{"First name,Last name,Email,Phone,Company,Tags"}, []string(nil), []string(nil)
	moved, anew = append(moved, there...), append(anew, there...)
	for i := range rows {
		who := fmt.Sprintf("Ann,Lee,ann.%d@example.org,", i)
		there = append(there, who+",Acme Inc,")
		moved = append(moved, who+fmt.Sprintf("+1512555%d,Nobodys Ltd,Brandnew", 1000+i))
		anew = append(anew, fmt.Sprintf("Ann,New,new.%d@example.org,,Nobodys Ltd,Brandnew", i))
	}
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize(s.Variable("", "CRMFERRY_GROWCRM_KEY")), Workers: 2})
	grow := growcrm.New(growcrm.Config{Base: crmtest.Serve(t, s.Handler(), "/growcrm/api"), HTTP: tr.Client()})
	tr = transport.New(transport.Options{Authorize: rogerroger.Authorize(s.Variable("", "CRMFERRY_ROGERROGER_KEY")), Workers: 2})
	roger := rogerroger.New(rogerroger.Config{Base: crmtest.Serve(t, s.Handler(), "/rogerroger"), HTTP: tr.Client()})
	for _, lines := range [][]string{there, moved, anew} {
		for _, mode := range []modes.Mode{modes.CreateOnly, modes.Upsert} {
			promised(t, s, "growcrm", mapping.GrowContacts(), grow, lines, importer.Options{Mode: mode, CreateMissing: []string{"clients"}})
			promised(t, s, "rogerroger", mapping.RogerRogerPeople(), roger, lines, importer.Options{Mode: mode, CreateMissing: []string{"tags", "organizations"}})
		}
	}
}
