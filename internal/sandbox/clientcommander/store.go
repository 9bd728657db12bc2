package clientcommander

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// personRecord is a contact of Client Commander.
type personRecord struct {
	api.Record
	first, last, email, phone            string
	source, stage, timeframe, background string
	street, city, state, zip             string
	price                                json.Number
	tags                                 []string
	words                                string // the full name, folded
	trashed                              bool
}

// vendor is Client Commander, simulated: its records, and what finds them.
type vendor struct {
	*api.Vendor
	people api.Collection[*personRecord]
	gone   map[string]int // numbers of people deleted for good, so that cursors stay good
	emails api.Index[*personRecord]
	phones api.Index[*personRecord]
	keys   map[string]keyed
}

// keyed is what was answered to a create with an idempotency key.
type keyed struct {
	body   string
	answer []byte
	at     time.Time
}

// newID is an id such as jd1x2y3z4a5b6c.
func (m *vendor) newID(seq int) string {
	return "jd" + fmt.Sprintf("%013s", strconv.FormatUint(api.Scramble(seq, m.Settings.Seed), 36))
}

func (p *personRecord) fullName() string { return strings.TrimSpace(p.first + " " + p.last) }

func (m *vendor) link(p *personRecord) {
	p.words = api.Fold(p.fullName())
	m.emails.Add(api.Fold(p.email), p)
	m.phones.Add(api.Digits(p.phone), p)
}

func (m *vendor) unlink(p *personRecord) {
	m.emails.Remove(api.Fold(p.email), p)
	m.phones.Remove(api.Digits(p.phone), p)
}

func (m *vendor) insert(p *personRecord, at time.Time) {
	m.people.Add(p, at, m.newID)
	m.link(p)
}

var idPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]{8,}$`) // never written

// person returns the contact that the path names, trashed or not, or a refusal.
func (m *vendor) person(c *api.Call) (*personRecord, *api.Failure) {
	id := c.PathValue("id")
	if !idPattern.MatchString(id) {
		return nil, &api.Failure{Status: http.StatusBadRequest, Rule: "clientcommander.person.id", Message: "Invalid contact ID"}
	}
	if p, ok := m.people.Get(id); ok {
		return p, nil
	}
	return nil, noPerson()
}

func noPerson() *api.Failure {
	return &api.Failure{Status: http.StatusNotFound, Rule: "clientcommander.person.exists", Message: "Contact not found"}
}

// livePerson is person without those in the trash.
func (m *vendor) livePerson(c *api.Call) (*personRecord, *api.Failure) {
	p, f := m.person(c)
	if f == nil && p.trashed {
		f = noPerson()
	}
	return p, f
}

// match is the contact that a body is about, nil if it is new.
func (m *vendor) match(body map[string]any) *personRecord {
	found := m.emails[api.Fold(api.Str(body, "email"))]
	if api.Str(body, "email") == "" {
		found = m.phones[api.Digits(api.Str(body, "phone"))]
	}
	for _, p := range found {
		if !p.trashed {
			return p
		}
	}
	return nil
}

// change runs a change of a contact and keeps what finds it.
func (m *vendor) change(c *api.Call, p *personRecord, do func()) {
	m.unlink(p)
	do()
	m.link(p)
	m.people.Touch(p, c.At)
}

// set takes over what the body names.
func (p *personRecord) set(body map[string]any) {
	for name, at := range map[string]*string{
		"firstName": &p.first, "lastName": &p.last, "email": &p.email, "phone": &p.phone, "source": &p.source, "stage": &p.stage,
		"timeframe": &p.timeframe, "background": &p.background, "street": &p.street, "city": &p.city, "state": &p.state, "zipCode": &p.zip,
	} {
		if s, ok := body[name].(string); ok {
			*at = s
		}
	}
	if n, ok := body["price"].(json.Number); ok {
		p.price = n
	}
	if items, ok := body["tags"].([]any); ok {
		p.tags = api.Texts(items)
	}
}

func (m *vendor) log(c *api.Call, p *personRecord, action string) {
	m.Commit(c, api.Entry{Action: action, Kind: "contact", ID: p.ID, Email: p.email, Phone: p.phone, Name: p.fullName()})
}

func (m *vendor) listed(p *personRecord) bool { return !p.trashed }
