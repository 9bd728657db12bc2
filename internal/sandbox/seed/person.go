package seed

import (
	"fmt"
	"strings"
)

// Numbers of the people that the samples hold. Importing people 0 to SampleEnd-1 creates those below FirstOlder,
// changes those below FirstSame, and leaves the others as they are.
const (
	FirstOlder = 170 // from here on a person is known to the vendors, as it was earlier
	FirstSame  = 190 // from here on a person is known to the vendors just as it is
	SampleEnd  = 200
	// FirstExtra is the number of the first of Options.Contacts.
	FirstExtra = 1000
)

// E-mail addresses of further seeded people.
const (
	// TeamEmail is the address of a team member of Grow CRM, so that no contact may take it.
	TeamEmail = "team.member@example.com"
	// TwiceEmail is the address of two people of Client Commander, RogerRoger and Cloverhound, which do not
	// document e-mail addresses to be unique.
	TwiceEmail = "info@twice.example.com"
	// ArchivedEmail is the address of an archived person of RogerRoger.
	ArchivedEmail = "archived@example.com"
)

// TwiceName is the name of two stages of Client Commander, two clients of Grow CRM and two organizations of RogerRoger.
const TwiceName = "Twice"

// SampleStages is the number of stages that sample people are in; the others are those of TwiceName.
const SampleStages = 4

// Person is an invented person. What a vendor holds of it, each value exactly as it stands here:
//
//	clientcommander  First, Last, Email, Phone, Source, StageID (read with StageName), Price, Timeframe, Note
//	                 (background), Tags, US
//	growcrm          First, Last, Email, Phone, JobTitle (position), Company (the client's name)
//	rogerroger       First (givenName), Last, Prefix (honorificPrefix), Email, Phone, JobTitle, CustomerID, Company
//	                 (the organization's title), Tags, Segment, NL (country "NL")
//	cloverhound      FullName, Email, Phone, Note (description)
type Person struct {
	First, Last string
	Email       string // at example.com, .org or .net
	Phone       string // E.164, of the range reserved for fiction
	Company     string
	JobTitle    string
	Prefix      string
	CustomerID  string
	Source      string
	StageID     string
	StageName   string
	Timeframe   string
	Note        string
	Segment     string
	Price       int
	Tags        []string
	US, NL      Address
}

// Address is a postal address; State is empty in the Netherlands.
type Address struct{ Street, City, State, Zip string }

// FullName is first and last name.
func (p Person) FullName() string { return p.First + " " + p.Last }

// SamplePerson returns the i-th invented person, the same at every call; i counts from 0. No two share an e-mail
// address.
func SamplePerson(i int) Person {
	first, last := pick(firstNames, i), pick(lastNames, i)
	stage := pick(Stages[:SampleStages], i)
	return Person{
		First: first, Last: last,
		Email:      fmt.Sprintf("%s.%s.%d@example.%s", Plain(first), Plain(last), i, pick([]string{"com", "org", "net"}, i)),
		Phone:      fmt.Sprintf("+1%s55501%02d", pick(areaCodes, i/100), i%100),
		Company:    pick(Companies, i),
		JobTitle:   pick(jobTitles, i),
		Prefix:     pick([]string{"", "Mr", "Ms", "Dr"}, i),
		CustomerID: fmt.Sprintf("C-%05d", 10000+i),
		Source:     pick([]string{"Website", "Referral", "Trade fair", "Newsletter", "Phone call"}, i),
		StageID:    stage.ID, StageName: stage.Name,
		Timeframe: pick([]string{"0-3 months", "3-6 months", "6-12 months"}, i),
		Note:      pick([]string{"Prefers e-mail.", "Call in the morning.", "Met at the trade fair in Utrecht.", "Asked for a quote."}, i),
		Segment:   pick(Segments, i),
		Price:     100000 + 5000*(i%60),
		Tags:      sampleTags(i),
		US:        usAddress(i),
		NL:        Address{Street: fmt.Sprintf("%s %d", pick(nlStreets, i), 1+i%180), City: pick(nlCities, i), Zip: fmt.Sprintf("%d %c%c", 1000+i*7%9000, 'A'+i%5, 'B'+i%3)},
	}
}

// earlier is the person before its last change: an even one had another phone number, an odd one another position
// and note.
func (p Person) earlier(i int) Person {
	if i%2 == 0 {
		p.Phone = "+1303" + p.Phone[len("+1512"):]
		return p
	}
	p.JobTitle, p.Note = "Trainee", "First contact by phone."
	return p
}

func sampleTags(i int) []string {
	var tags []string
	for k := range 1 + i%3 {
		tags = append(tags, pick(TagTitles, i+2*k))
	}
	return tags
}

func usAddress(i int) Address {
	place := pick(usPlaces, i)
	return Address{Street: fmt.Sprintf("%d %s", 100+i%900, pick(usStreets, i)), City: place.City, State: place.State, Zip: place.Zip}
}

func pick[T any](from []T, i int) T { return from[i%len(from)] }

// Plain is a name as it stands in an e-mail address.
func Plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'é', 'ë':
			return 'e'
		case 'í':
			return 'i'
		case 'ö':
			return 'o'
		case 'ü':
			return 'u'
		}
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

type Stage struct{ ID, Name string }

// The words people are made of; never written. The lists' lengths have no common factors, so that combinations
// repeat late.
var (
	firstNames = []string{"Anna", "Bram", "Carla", "Daan", "Eva", "Femke", "Gerrit", "Hanna", "Ivo", "José", "Karin", "Liam", "Maria", "Noor",
		"Olivia", "Pieter", "Quinten", "Rosa", "Sven", "Tess", "Umar", "Vera", "Willem", "Xenia", "Yara", "Zoë", "Björn", "Chloé", "Dirk", "Emma",
		"Fatima", "George", "Henry", "Isabel", "James", "Kofi", "Lotte", "Mateo", "Nadia", "Oscar", "Priya"}
	lastNames = []string{"Jansen", "de Vries", "van der Berg", "Bakker", "Smith", "Johnson", "O'Brien", "Müller", "García", "van Dijk", "Visser",
		"Meyer", "Dupont", "Novak", "Silva", "de Boer", "Mulder", "Peters", "Hendriks", "van den Heuvel", "Brown", "Miller", "Davis", "Wilson",
		"Moore", "Taylor", "Clark", "Lewis", "Walker", "Hall", "Young", "King", "Wright", "Scott", "Green", "Adams", "Baker", "Nelson", "Carter",
		"Mitchell", "Pérez", "Roberts", "Turner", "Campbell", "Parker", "Evans", "Edwards", "Collins", "Stewart", "ten Hag", "Morris", "Rogers", "Reed"}
	Companies = []string{"Acme Inc", "Blauwe Molen BV", "Copper Kettle Ltd", "Delta Fietsen BV", "Evergreen Homes", "Fjord Shipping",
		"Groene Daken BV", "Harbor Light Realty", "Iris Optiek", "Juniper Legal", "Koper & Zoon", "Lakeside Dental"}
	jobTitles = []string{"Procurement Lead", "Office Manager", "Sales Director", "Owner", "Accountant", "Marketing Manager", "Engineer"}
	TagTitles = []string{"VIP", "Hot Lead", "Newsletter", "Partner", "Referral"}
	Segments  = []string{"Customers", "Prospects", "Suppliers"}
	Stages    = []Stage{{"stage_lead_01", "Lead"}, {"stage_talk_02", "In conversation"}, {"stage_show_03", "Showing"}, {"stage_done_04", "Closed"},
		{"stage_here_05", TwiceName}, {"stage_there_06", TwiceName}}
	areaCodes = []string{"512", "202", "206", "212", "213", "214", "215", "216", "217", "218", "219", "224", "225", "228", "229", "231", "234",
		"239", "240", "248", "251", "252", "253", "254", "256", "260", "262", "267", "269", "270", "276", "281", "301", "302"}
	usStreets = []string{"Main Street", "Oak Avenue", "Maple Drive", "Second Street", "Lake View Road", "Cedar Lane", "Hill Street"}
	usPlaces  = []Address{{City: "Austin", State: "TX", Zip: "78701"}, {City: "Denver", State: "CO", Zip: "80202"}, {City: "Portland", State: "OR", Zip: "97201"},
		{City: "Boston", State: "MA", Zip: "02108"}, {City: "Newark", State: "NJ", Zip: "07102-1234"}}
	nlStreets = []string{"Dorpsstraat", "Kerkweg", "Stationsplein", "Lange Voorhout", "Molenpad"}
	nlCities  = []string{"Utrecht", "Amsterdam", "Zwolle", "Den Haag", "Groningen", "Maastricht", "Eindhoven"}
)
