package growcrm

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// contactJSON is the contact object as read.
type contactJSON struct {
	ID           crm.Text             `json:"id"`
	FirstName    crm.Text             `json:"first_name"`
	LastName     crm.Text             `json:"last_name"`
	Name         crm.Text             `json:"name"`
	Email        crm.Text             `json:"email"`
	Phone        crm.Text             `json:"phone"`
	JobPosition  crm.Text             `json:"job_position"`
	AccountOwner crm.Text             `json:"account_owner"`
	Status       crm.Text             `json:"status"`
	Client       crm.Loose[nameJSON]  `json:"client"`
	Role         crm.Loose[nameJSON]  `json:"role"`
	Social       crm.Loose[Social]    `json:"social"`
	Dates        crm.Loose[datesJSON] `json:"dates"`
}

type nameJSON struct {
	ID          crm.Text `json:"id"`
	Name        crm.Text `json:"name"`
	CompanyName crm.Text `json:"company_name"`
}

type datesJSON struct {
	Created crm.Text `json:"created"`
	Updated crm.Text `json:"updated"`
}

// clientJSON is what is read of a client (https://docs-api.growcrm.io/clients).
type clientJSON struct {
	ID          crm.Text            `json:"id"`
	CompanyName crm.Text            `json:"company_name"`
	Owner       crm.Loose[nameJSON] `json:"owner"`
}

func (j contactJSON) RecordID() string { return numeral(j.ID) }

// numeral is an id that is a positive number, as all of Grow CRM are; else "".
func numeral(id crm.Text) string {
	if n, err := strconv.ParseInt(string(id), 10, 64); err != nil || n <= 0 {
		return ""
	}
	return string(id)
}

func (j clientJSON) RecordID() string { return string(j.ID) }

func (j *contactJSON) contact() Contact {
	client, role, dates := j.Client.Value, j.Role.Value, j.Dates.Value
	id, _ := strconv.ParseInt(string(j.ID), 10, 64) // 0, which no contact has, if it is no number
	return Contact{
		ID:           id,
		FirstName:    string(j.FirstName),
		LastName:     string(j.LastName),
		Name:         string(j.Name),
		Email:        string(j.Email),
		Phone:        string(j.Phone),
		Position:     string(j.JobPosition),
		AccountOwner: string(j.AccountOwner),
		Status:       string(j.Status),
		Client:       crm.Ref{ID: string(client.ID), Name: string(client.CompanyName)},
		Role:         crm.Ref{ID: string(role.ID), Name: string(role.Name)},
		Social:       j.Social.Value,
		Created:      crm.ParseTime(string(dates.Created)),
		Updated:      crm.ParseTime(string(dates.Updated)),
	}
}

// encodeNew is the form that makes a contact. A field whose value is empty is left out.
func encodeNew(want Contact, fields crm.Fields) []byte {
	form := url.Values{"send_email": {"no"}}
	for name, value := range map[string]string{
		"first_name": want.FirstName, "last_name": want.LastName, "email": want.Email, "clientid": want.Client.ID,
		"phone": want.Phone, "position": want.Position, "send_email": want.SendEmail,
	} {
		if value != "" && fields.Has(name) {
			form.Set(name, value)
		}
	}
	return []byte(form.Encode())
}

// encodeUpdate is the form that changes a contact. A field that is set to nothing is sent empty.
func encodeUpdate(found, want Contact, fields crm.Fields) []byte {
	form := url.Values{}
	set := func(name, found, want string, required bool) {
		switch {
		case fields.Has(name):
			form.Set(name, want)
		case required || found != "":
			form.Set(name, found)
		}
	}
	set("first_name", found.FirstName, want.FirstName, true)
	set("last_name", found.LastName, want.LastName, true)
	set("email", found.Email, want.Email, true)
	set("phone", found.Phone, want.Phone, false)
	set("position", found.Position, want.Position, false)
	return []byte(form.Encode())
}

// decodeError reads {"message": ..., "errors": {field: [text, ...]}}.
func decodeError(_ int, body []byte) (string, []crm.FieldProblem) {
	var e struct {
		Message crm.Text                        `json:"message"`
		Errors  crm.Loose[map[string]crm.Texts] `json:"errors"`
	}
	if json.Unmarshal(body, &e) != nil {
		return "", nil
	}
	var problems []crm.FieldProblem
	for _, field := range slices.Sorted(maps.Keys(e.Errors.Value)) {
		for _, text := range e.Errors.Value[field] {
			problems = append(problems, crm.FieldProblem{Field: field, Code: problemCode(field, text), Message: text})
		}
	}
	return string(e.Message), problems
}

// problemCode tells an address that somebody has from other refusals. The vendor gives no code, only the documented
// sentence "The email has already been taken."
func problemCode(field, text string) string {
	if field == "email" && strings.Contains(strings.ToLower(text), "already been taken") {
		return crm.CodeTaken
	}
	return crm.CodeInvalid
}

const (
	typeForm = "application/x-www-form-urlencoded"
	yes      = "yes"
)
