package mapping

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
)

// party is a table without its type: what an export of it holds, and what it makes of another's.
type party struct {
	facts  map[string]string // what its export can tell: the field by fact
	takes  map[string]string // what it can be told: the field by fact
	set    []string          // what it demands and nobody else has
	export func(labels bool) (header, cells []string)
	read   func(t *testing.T, header, cells, set []string) map[string]string // the values set, by field
}

// heard are the facts about one person that vendors tell each other.
var heard = map[string]string{
	"first": "Jane", "last": "van der Berg", "full": "Jane van der Berg", "email": "jane@example.com", "phone": "+15125550123", "job": "CTO",
	"note": "Likes\nboats", "tags": "VIP; a, b", "company": "Acme Inc", "linkedin": "janedoe", "street": "1 Main St", "city": "Austin", "zip": "78701",
}

func newParty[C any](table *Table[C], c C, set []string, facts, takes map[string]string) party {
	p := party{facts: facts, takes: takes, set: set}
	p.export = func(labels bool) (header, cells []string) {
		columns, _ := table.Columns(nil, advice.Hint)
		for _, e := range table.ExportColumns() {
			h := e.Name
			if labels {
				h = e.Label
			}
			header = append(header, h)
		}
		for _, cell := range table.Cells(&c, columns, nil) {
			cells = append(cells, cell.String())
		}
		return header, cells
	}
	p.read = func(t *testing.T, header, cells, set []string) map[string]string {
		t.Helper()
		m, err := table.Match(header, worded(MatchOptions{NeedsRequired: true, Set: set}))
		if err != nil {
			t.Fatalf("%s takes %q: %v", table.Vendor, header, err)
		}
		row := m.Convert(cells)
		if len(row.Problems) > 0 {
			t.Errorf("%s takes %q: %v", table.Vendor, header, row.Problems)
		}
		values := map[string]string{}
		for _, f := range row.Fields {
			values[f] = table.Text(row.Contact, f)
		}
		return values
	}
	return p
}

func parties() map[string]party {
	price, yes := 450000.0, true
	refs := func(prefix string, names ...string) (list []crm.Ref) {
		for _, n := range names {
			list = append(list, crm.Ref{ID: prefix + n, Name: n})
		}
		return list
	}
	commander := clientcommander.Contact{ID: "jd79abc123def", FirstName: heard["first"], LastName: heard["last"], FullName: heard["full"], Email: heard["email"],
		Phone: heard["phone"], Emails: []clientcommander.Email{{Value: heard["email"], Type: "work", IsPrimary: true}},
		Phones: []clientcommander.Phone{{Value: heard["phone"], Type: "mobile", Status: "Valid", IsPrimary: true}}, Background: heard["note"],
		Tags: []string{"VIP", "a, b"}, Source: "Website", Timeframe: "now", Price: &price, Stage: crm.Ref{ID: "stage456", Name: "Lead"},
		AssignedAgentName: "Joe", AssignedAgentEmail: "joe@example.org", AssignedAgentID: "agent123", Relationship: &yes}
	grow := growcrm.Contact{ID: 45, FirstName: heard["first"], LastName: heard["last"], Name: heard["full"], Email: heard["email"], Phone: heard["phone"],
		Position: heard["job"], AccountOwner: "no", Status: "active", Client: crm.Ref{ID: "12", Name: heard["company"]}, Role: crm.Ref{ID: "2", Name: "Client"},
		Social: growcrm.Social{LinkedIn: "https://www.linkedin.com/in/janedoe", Facebook: "jane"}}
	roger := rogerroger.Person{ID: "p1", GivenName: heard["first"], FamilyName: heard["last"], JobTitle: heard["job"], EmailAddresses: []string{heard["email"]},
		PhoneNumbers: []rogerroger.Phone{{Number: heard["phone"], Type: "fax"}}, Tags: refs("/tags/", "VIP", "a, b"), Segments: refs("/segments/", "News"),
		Organizations: refs("/organizations/", heard["company"]), LinkedInID: heard["linkedin"], Owner: crm.Ref{ID: "/users/u1"}, CustomerID: "C-1",
		Address: rogerroger.Address{Street: heard["street"], City: heard["city"], PostalCode: heard["zip"], Country: "US"}, AvatarURL: "https://example.com/a.png"}
	clover := cloverhound.Contact{ID: 7, OrganizationID: 3, FullName: heard["full"], Email: heard["email"], Description: heard["note"],
		Phones: []cloverhound.Phone{{ID: 9, ContactID: 7, OrganizationID: 3, Number: heard["phone"], PhoneType: "mobile"}}}
	names := map[string]string{"first": "firstName", "last": "lastName", "full": "fullName", "email": "email", "phone": "phone", "note": "background", "tags": "tags"}
	rogerFacts := map[string]string{"first": "givenName", "last": "familyName", "email": "emailAddresses", "phone": "phoneNumbers", "job": "jobTitle", "tags": "tags",
		"company": "organizations", "linkedin": "linkedinId", "street": "address.street", "city": "address.city", "zip": "address.postalCode"}
	growTakes := map[string]string{"first": "first_name", "last": "last_name", "email": "email", "phone": "phone", "job": "position"}
	growFacts := maps.Clone(growTakes)
	growFacts["full"], growFacts["company"], growFacts["linkedin"] = "name", "client.company_name", "social.linkedin"
	cloverFacts := map[string]string{"full": "full_name", "email": "email", "phone": "contact_phones_attributes", "note": "description"}
	commanderTakes := maps.Clone(names)
	delete(commanderTakes, "full")
	for _, f := range []string{"street", "city"} {
		commanderTakes[f] = f
	}
	commanderTakes["zip"] = "zipCode"
	return map[string]party{
		"clientcommander": newParty(ClientCommanderContacts(), commander, nil, names, commanderTakes),
		"growcrm":         newParty(GrowContacts(), grow, []string{"clientid=12"}, growFacts, growTakes),
		"rogerroger":      newParty(RogerRogerPeople(), roger, nil, rogerFacts, rogerFacts),
		"cloverhound":     newParty(CloverhoundContacts(), clover, nil, cloverFacts, cloverFacts),
	}
}

// TestExportsOfOthers: whatever two vendors both have arrives when an export of one is imported into the other, and
// nothing else does.
func TestExportsOfOthers(t *testing.T) {
	all := parties()
	for from, a := range all {
		for to, b := range all {
			if from == to {
				continue
			}
			for _, labels := range []bool{false, true} {
				header, row := a.export(labels)
				got := b.read(t, header, row, b.set)
				want := map[string]string{}
				for _, set := range b.set {
					name, value, _ := strings.Cut(set, "=")
					want[name] = value
				}
				for fact, field := range b.takes {
					if knows(a.facts, fact) {
						want[field] = heard[fact]
					}
				}
				for _, field := range slices.Sorted(maps.Keys(want)) {
					if cells.PlainText(strings.NewReplacer(`"`, "").Replace(got[field])) != want[field] {
						t.Errorf("%s into %s, labels %v: %s is %q, want %q", from, to, labels, field, got[field], want[field])
					}
				}
				for field, value := range got {
					if _, ok := want[field]; !ok {
						t.Errorf("%s into %s, labels %v: %s is %q, but nothing said so", from, to, labels, field, value)
					}
				}
			}
		}
	}
}

// knows reports whether facts hold one, be it in parts or as a whole.
func knows(facts map[string]string, fact string) bool {
	switch {
	case facts[fact] != "":
		return true
	case fact == "full":
		return facts["first"] != "" && facts["last"] != ""
	case fact == "first", fact == "last":
		return facts["full"] != ""
	}
	return false
}
