package sandbox

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

func TestSamplePeople(t *testing.T) {
	emails := map[string]bool{}
	email, phone := regexp.MustCompile(`^[a-z.]+\.\d+@example\.(com|org|net)$`), regexp.MustCompile(`^\+1\d{3}55501\d\d$`)
	particles := 0
	for i := range 10_000 {
		p := seed.SamplePerson(i)
		if emails[p.Email] || !email.MatchString(p.Email) || !phone.MatchString(p.Phone) {
			t.Fatalf("person %d: %+v", i, p)
		}
		emails[p.Email] = true
		if strings.HasPrefix(p.Last, "van ") && i < seed.SampleEnd {
			particles++
		}
	}
	if particles == 0 {
		t.Error("no family name has a particle")
	}
	if p := seed.SamplePerson(42); p.FullName() != seed.SamplePerson(42).FullName() || len(p.Tags) == 0 {
		t.Errorf("person 42: %+v", p)
	}
}

// TestSeededPeople shows that importing the samples creates 170 people, changes 20 and leaves 10.
func TestSeededPeople(t *testing.T) {
	s := New(Options{})
	for i := range seed.SampleEnd {
		p := seed.SamplePerson(i)
		for vendor, same := range map[string]func(*testing.T, *Server, seed.Person) (known, same bool){
			clientcommander.Name: commanderHas, growcrm.Name: growHas, rogerroger.Name: rogerHas, cloverhound.Name: cloverHas} {
			known, same := same(t, s, p)
			if known != (i >= seed.FirstOlder) || same != (i >= seed.FirstSame) {
				t.Errorf("%s: person %d known %v, the same %v", vendor, i, known, same)
			}
		}
	}
}

func commanderHas(t *testing.T, s *Server, p seed.Person) (bool, bool) {
	found := send(t, s, "GET", commanderPeople+"/search?email="+p.Email, "", "").body["data"].([]any)
	if len(found) == 0 {
		return false, false
	}
	c := found[0].(map[string]any)
	phones := c["phones"].([]any)
	return true, c["firstName"] == p.First && c["lastName"] == p.Last && phones[0].(map[string]any)["value"] == p.Phone && c["source"] == p.Source &&
		c["stageId"] == p.StageID && c["stageName"] == p.StageName && c["price"] == float64(p.Price) && c["timeframe"] == p.Timeframe &&
		c["background"] == p.Note && c["tags"] == strings.Join(p.Tags, ", ")
}

func growHas(t *testing.T, s *Server, p seed.Person) (bool, bool) {
	found := send(t, s, "GET", "/growcrm/api/contacts?search="+p.Email, "", "").body["data"].([]any)
	if len(found) == 0 {
		return false, false
	}
	c := found[0].(map[string]any)
	return true, c["first_name"] == p.First && c["last_name"] == p.Last && c["phone"] == p.Phone && c["job_position"] == p.JobTitle &&
		c["client"].(map[string]any)["company_name"] == p.Company
}

func rogerHas(t *testing.T, s *Server, p seed.Person) (bool, bool) {
	found := send(t, s, "GET", "/rogerroger/people?identifiers[]="+p.Email, "", "").body["member"].([]any)
	if len(found) == 0 {
		return false, false
	}
	c := found[0].(map[string]any)
	phones, address := c["phoneNumbers"].([]any), c["address"].(map[string]any)
	titles := func(list string) []string {
		var all []string
		for _, iri := range c[list].([]any) {
			all = append(all, send(t, s, "GET", "/rogerroger"+iri.(string), "", "").body["title"].(string))
		}
		return all
	}
	return true, c["givenName"] == p.First && c["familyName"] == p.Last && phones[0].(map[string]any)["phoneNumber"] == p.Phone &&
		c["jobTitle"] == p.JobTitle && c["customerId"] == p.CustomerID && address["street"] == p.NL.Street && address["postalCode"] == p.NL.Zip &&
		slices.Equal(titles("tags"), p.Tags) && slices.Equal(titles("segments"), []string{p.Segment}) && slices.Equal(titles("organizations"), []string{p.Company})
}

func cloverHas(t *testing.T, s *Server, p seed.Person) (bool, bool) {
	raw := send(t, s, "GET", "/cloverhound/1/contacts?email="+p.Email, "", "").raw
	return raw != "[]", strings.Contains(raw, `"full_name":"`+p.FullName()+`"`) && strings.Contains(raw, `"number":"`+p.Phone+`"`) &&
		strings.Contains(raw, `"description":"`+p.Note+`"`)
}
