package growcrm

import (
	"encoding/json"
	"slices"

	"crmferry/internal/crm"
)

// contactsPage is a page of contacts. An answer whose values are of the documented types is read into those, which takes
// two thirds of the time; any other answer is read leniently.
type contactsPage struct {
	plain   plainPage
	lenient *pageOf[contactJSON] // not nil: plain is not to be used
}

// plainPage is the documented shape of a page of contacts (https://docs-api.growcrm.io/contacts).
type plainPage struct {
	Data []plainContact `json:"data"`
	Meta *struct {
		Total    *int `json:"total"`
		LastPage int  `json:"last_page"`
	} `json:"meta"`
}

type plainContact struct {
	ID           int64     `json:"id"`
	FirstName    string    `json:"first_name"`
	LastName     string    `json:"last_name"`
	Name         string    `json:"name"`
	Email        string    `json:"email"`
	Phone        string    `json:"phone"`
	JobPosition  string    `json:"job_position"`
	AccountOwner string    `json:"account_owner"`
	Status       string    `json:"status"`
	Client       plainName `json:"client"`
	Role         plainName `json:"role"`
	Social       Social    `json:"social"`
	Dates        struct {
		Created string `json:"created"`
		Updated string `json:"updated"`
	} `json:"dates"`
}

type plainName struct {
	ID          json.Number `json:"id"`
	Name        string      `json:"name"`
	CompanyName string      `json:"company_name"`
}

// Decode reads the answer.
func (p *contactsPage) Decode(body []byte) error {
	*p = contactsPage{} // a page that made no sense may come again
	if json.Unmarshal(body, &p.plain) == nil && p.plain.Meta != nil && p.plain.Meta.Total != nil && p.plain.Meta.LastPage > 0 {
		return nil
	}
	p.lenient = &pageOf[contactJSON]{}
	return json.Unmarshal(body, p.lenient)
}

// Mismatch says what makes no list of the answer.
func (p *contactsPage) Mismatch() string {
	switch {
	case p.lenient != nil:
		return p.lenient.Mismatch()
	case p.plain.Data == nil:
		return noData
	case slices.ContainsFunc(p.plain.Data, func(c plainContact) bool { return c.ID <= 0 }):
		return noItemID
	}
	return ""
}

func (p *contactsPage) page(n int) crm.NumberedPage[Contact] {
	if p.lenient != nil {
		return readPage(p.lenient, n, (*contactJSON).contact)
	}
	page := crm.NumberedPage[Contact]{Items: make([]Contact, len(p.plain.Data)), Total: *p.plain.Meta.Total, Last: p.plain.Meta.LastPage}
	for i := range p.plain.Data {
		p.plain.Data[i].fill(&page.Items[i])
	}
	return page
}

func (j *plainContact) fill(c *Contact) {
	*c = Contact{
		ID: j.ID, FirstName: j.FirstName, LastName: j.LastName, Name: j.Name, Email: j.Email, Phone: j.Phone, Position: j.JobPosition,
		AccountOwner: j.AccountOwner, Status: j.Status, Social: j.Social,
		Client:  crm.Ref{ID: j.Client.ID.String(), Name: j.Client.CompanyName},
		Role:    crm.Ref{ID: j.Role.ID.String(), Name: j.Role.Name},
		Created: crm.ParseTime(j.Dates.Created), Updated: crm.ParseTime(j.Dates.Updated),
	}
}
