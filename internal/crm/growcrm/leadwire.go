package growcrm

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/crm"
)

// leadJSON is the lead object as read.
type leadJSON struct {
	ID            crm.Text                  `json:"id"`
	Title         crm.Text                  `json:"title"`
	Status        crm.Loose[statusJSON]     `json:"status"`
	Category      crm.Loose[nameJSON]       `json:"category"`
	Contact       crm.Loose[leadPersonJSON] `json:"contact"`
	Value         crm.Text                  `json:"value"`
	Source        crm.Text                  `json:"source"`
	LastContacted crm.Text                  `json:"last_contacted"`
	Description   crm.Text                  `json:"description"`
	Address       crm.Loose[addressJSON]    `json:"address"`
	Assigned      looseList[nameJSON]       `json:"assigned"`
	Tags          crm.Texts                 `json:"tags"`
	ActiveState   crm.Text                  `json:"active_state"`
	Converted     crm.Loose[convertedJSON]  `json:"converted"`
	Dates         crm.Loose[datesJSON]      `json:"dates"`
}

type statusJSON struct {
	ID    crm.Text `json:"id"`
	Title crm.Text `json:"title"`
}

type leadPersonJSON struct {
	FirstName   crm.Text `json:"first_name"`
	LastName    crm.Text `json:"last_name"`
	Email       crm.Text `json:"email"`
	Phone       crm.Text `json:"phone"`
	JobPosition crm.Text `json:"job_position"`
	CompanyName crm.Text `json:"company_name"`
	Website     crm.Text `json:"website"`
}

type convertedJSON struct {
	Is     crm.Text `json:"is_converted"`
	Client crm.Text `json:"client_id"`
	Date   crm.Text `json:"date"`
}

// looseList is a list of objects; what is none is empty.
type looseList[T any] []T

// UnmarshalJSON takes any JSON value.
func (l *looseList[T]) UnmarshalJSON(b []byte) error {
	*l = nil
	if len(b) == 0 || b[0] != '[' {
		return nil
	}
	var list []crm.Loose[T]
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	for _, item := range list {
		*l = append(*l, item.Value)
	}
	return nil
}

func (j leadJSON) RecordID() string { return numeral(j.ID) }

func (j *leadJSON) lead() Lead {
	id, _ := strconv.ParseInt(string(j.ID), 10, 64) // 0, which no lead has, if it is no number
	person, address, converted, dates := j.Contact.Value, j.Address.Value.address(), j.Converted.Value, j.Dates.Value
	l := Lead{
		ID: id, Title: string(j.Title),
		Status:    crm.Ref{ID: string(j.Status.Value.ID), Name: string(j.Status.Value.Title)},
		Category:  j.Category.Value.ref(),
		FirstName: string(person.FirstName), LastName: string(person.LastName), Email: string(person.Email), Phone: string(person.Phone),
		JobPosition: string(person.JobPosition), CompanyName: string(person.CompanyName), Website: string(person.Website),
		Source: string(j.Source), LastContacted: day(crm.ParseTime(string(j.LastContacted))), Description: string(j.Description),
		Street: address.Street, City: address.City, State: address.State, Zip: address.Zip, Country: address.Country,
		Tags: j.Tags, ActiveState: string(j.ActiveState),
		Converted: Conversion{Is: yesOrNo(string(converted.Is)), Client: string(converted.Client), At: crm.ParseTime(string(converted.Date))},
		Created:   crm.ParseTime(string(dates.Created)), Updated: crm.ParseTime(string(dates.Updated)),
	}
	if v, err := strconv.ParseFloat(string(j.Value), 64); err == nil {
		l.Value = &v
	}
	for _, member := range j.Assigned {
		l.Assigned = append(l.Assigned, member.ref())
	}
	return l
}

// day is the day of a time.
func day(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// yesOrNo is a truth as the vendor writes it elsewhere, "" if there is none.
func yesOrNo(s string) string {
	switch strings.ToLower(s) {
	case "true", "1", yes:
		return yes
	case "false", "0", "no":
		return "no"
	}
	return ""
}

// leadText is a field of the form of a lead.
type leadText struct {
	name  string
	value func(*Lead) string
}

// leadTexts are the documented fields that make a lead. A day is written as those of projects are documented to be.
func leadTexts() []leadText {
	return []leadText{
		{"lead_title", func(l *Lead) string { return l.Title }},
		{"lead_status", func(l *Lead) string { return l.Status.ID }},
		{"lead_categoryid", func(l *Lead) string { return l.Category.ID }},
		{"lead_firstname", func(l *Lead) string { return l.FirstName }},
		{"lead_lastname", func(l *Lead) string { return l.LastName }},
		{"lead_email", func(l *Lead) string { return l.Email }},
		{"lead_phone", func(l *Lead) string { return l.Phone }},
		{"lead_job_position", func(l *Lead) string { return l.JobPosition }},
		{"lead_company_name", func(l *Lead) string { return l.CompanyName }},
		{"lead_website", func(l *Lead) string { return l.Website }},
		{"lead_value", func(l *Lead) string { return decimal(l.Value) }},
		{"lead_source", func(l *Lead) string { return l.Source }},
		{"lead_last_contacted", func(l *Lead) string { return dayText(l.LastContacted) }},
		{"lead_description", func(l *Lead) string { return l.Description }},
		{"lead_street", func(l *Lead) string { return l.Street }},
		{"lead_city", func(l *Lead) string { return l.City }},
		{"lead_state", func(l *Lead) string { return l.State }},
		{"lead_zip", func(l *Lead) string { return l.Zip }},
		{"lead_country", func(l *Lead) string { return l.Country }},
	}
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
