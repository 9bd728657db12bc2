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

// commanderPerson is a contact of Client Commander.
type commanderPerson struct {
	api.Record
	first, last, email, phone            string
	source, stage, timeframe, background string
	street, city, state, zip             string
	price                                json.Number
	tags                                 []string
	words                                string // the full name, folded
	trashed                              bool
}

type commander struct {
	*api.Vendor
	people api.Collection[*commanderPerson]
	gone   map[string]int // numbers of people deleted for good, so that cursors stay good
	emails api.Index[*commanderPerson]
	phones api.Index[*commanderPerson]
	keys   map[string]keyed
}

// keyed is what was answered to a create with an idempotency key.
type keyed struct {
	body   string
	answer []byte
	at     time.Time
}

// commanderID is an id such as jd1x2y3z4a5b6c.
func (m *commander) commanderID(seq int) string {
	return "jd" + fmt.Sprintf("%013s", strconv.FormatUint(api.Scramble(seq, m.Settings.Seed), 36))
}

func (p *commanderPerson) fullName() string { return strings.TrimSpace(p.first + " " + p.last) }

func (m *commander) link(p *commanderPerson) {
	p.words = api.Fold(p.fullName())
	m.emails.Add(api.Fold(p.email), p)
	m.phones.Add(api.Digits(p.phone), p)
}

func (m *commander) unlink(p *commanderPerson) {
	m.emails.Remove(api.Fold(p.email), p)
	m.phones.Remove(api.Digits(p.phone), p)
}

func (m *commander) insert(p *commanderPerson, at time.Time) {
	m.people.Add(p, at, m.commanderID)
	m.link(p)
}

var commanderIDPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]{8,}$`) // never written

// person returns the contact that the path names, trashed or not, or a refusal.
func (m *commander) person(c *api.Call) (*commanderPerson, *api.Failure) {
	id := c.PathValue("id")
	if !commanderIDPattern.MatchString(id) {
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
func (m *commander) livePerson(c *api.Call) (*commanderPerson, *api.Failure) {
	p, f := m.person(c)
	if f == nil && p.trashed {
		f = noPerson()
	}
	return p, f
}

// match is the contact that a body is about, nil if it is new.
func (m *commander) match(body map[string]any) *commanderPerson {
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
func (m *commander) change(c *api.Call, p *commanderPerson, do func()) {
	m.unlink(p)
	do()
	m.link(p)
	m.people.Touch(p, c.At)
}

// set takes over what the body names.
func (p *commanderPerson) set(body map[string]any) {
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

func (m *commander) log(c *api.Call, p *commanderPerson, action string) {
	m.Commit(c, api.Entry{Action: action, Kind: "contact", ID: p.ID, Email: p.email, Phone: p.phone, Name: p.fullName()})
}

func (m *commander) listed(p *commanderPerson) bool { return !p.trashed }
