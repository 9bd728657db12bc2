package growcrm

import (
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// clientRecordJSON is the client object as read.
type clientRecordJSON struct {
	ID          crm.Text               `json:"id"`
	CompanyName crm.Text               `json:"company_name"`
	Description crm.Text               `json:"description"`
	Status      crm.Text               `json:"status"`
	Phone       crm.Text               `json:"phone"`
	Website     crm.Text               `json:"website"`
	VAT         crm.Text               `json:"vat"`
	Category    crm.Loose[nameJSON]    `json:"category"`
	Owner       crm.Loose[nameJSON]    `json:"owner"`
	Billing     crm.Loose[addressJSON] `json:"billing"`
	Shipping    crm.Loose[addressJSON] `json:"shipping"`
	Dates       crm.Loose[datesJSON]   `json:"dates"`
	Tags        crm.Texts              `json:"tags"`
}

type addressJSON struct {
	Street         crm.Text `json:"street"`
	City           crm.Text `json:"city"`
	State          crm.Text `json:"state"`
	Zip            crm.Text `json:"zip"`
	Country        crm.Text `json:"country"`
	InvoiceDueDays crm.Text `json:"invoice_due_days"`
}

func (j addressJSON) address() ClientAddress {
	return ClientAddress{Street: string(j.Street), City: string(j.City), State: string(j.State), Zip: string(j.Zip), Country: string(j.Country)}
}

func (j nameJSON) ref() crm.Ref { return crm.Ref{ID: string(j.ID), Name: string(j.Name)} }

func (j clientRecordJSON) RecordID() string { return string(j.ID) }

func (j *clientRecordJSON) record() ClientRecord {
	id, _ := strconv.ParseInt(string(j.ID), 10, 64) // 0, which no client has, if it is no number
	r := ClientRecord{
		ID:          id,
		CompanyName: string(j.CompanyName),
		Description: string(j.Description),
		Status:      string(j.Status),
		Phone:       string(j.Phone),
		Website:     string(j.Website),
		VAT:         string(j.VAT),
		Category:    j.Category.Value.ref(),
		Owner:       j.Owner.Value.ref(),
		Billing:     j.Billing.Value.address(),
		Shipping:    j.Shipping.Value.address(),
		Created:     crm.ParseTime(string(j.Dates.Value.Created)),
		Updated:     crm.ParseTime(string(j.Dates.Value.Updated)),
		Tags:        j.Tags,
	}
	if days, err := strconv.ParseFloat(string(j.Billing.Value.InvoiceDueDays), 64); err == nil { // a text, as the vendor shows it
		r.InvoiceDueDays = &days
	}
	return r
}

// complete reports whether an answer has the whole client. The vendor's examples are shortened.
func (j *clientRecordJSON) complete() bool { return j.Status != "" }

// texts are the fields that travel as texts, by the names that they are written with.
func (r *ClientRecord) texts() map[string]string {
	days := ""
	if r.InvoiceDueDays != nil {
		days = strconv.FormatFloat(*r.InvoiceDueDays, 'f', -1, 64)
	}
	return map[string]string{
		"client_company_name": r.CompanyName, "client_description": r.Description, "client_phone": r.Phone, "client_website": r.Website,
		"client_vat": r.VAT, "client_categoryid": r.Category.ID, "client_billing_street": r.Billing.Street, "client_billing_city": r.Billing.City,
		"client_billing_state": r.Billing.State, "client_billing_zip": r.Billing.Zip, "client_billing_country": r.Billing.Country,
		"client_billing_invoice_due_days": days,
	}
}

// encodeNewClient is the form that makes a client and its primary contact, who never gets the welcome mail. A field whose value
// is empty is left out.
func encodeNewClient(want ClientRecord, fields crm.Fields) []byte {
	form := url.Values{"send_email": {"no"}}
	texts := want.texts()
	texts["first_name"], texts["last_name"], texts["email"] = want.FirstName, want.LastName, want.Email
	for name, value := range texts {
		if value != "" && fields.Has(name) {
			form.Set(name, value)
		}
	}
	if fields.Has("tags") {
		setTags(form, want.Tags)
	}
	setCustom(form, want.Custom, fields)
	return []byte(form.Encode())
}

// encodeClient is the form that changes a client: whether the vendor keeps what is left out it does not say, so that what was
// read is sent along. A field that is set to nothing is sent empty.
func encodeClient(found, want ClientRecord, fields crm.Fields) []byte {
	form := url.Values{}
	was, will := found.texts(), want.texts()
	for name := range was {
		switch {
		case fields.Has(name):
			form.Set(name, will[name])
		case was[name] != "" || name == "client_company_name":
			form.Set(name, was[name])
		}
	}
	setCustom(form, want.Custom, fields)
	return []byte(form.Encode())
}

// setCustom adds custom fields, which go by their own names; those that an account requires are refused where they are missing
// (https://docs-api.growcrm.io/clients, https://docs-api.growcrm.io/leads). No answer shows them.
func setCustom(form url.Values, custom crm.Custom, fields crm.Fields) {
	for name, value := range custom.In(fields) {
		form.Set(name, value)
	}
}

func setTags(form url.Values, tags []string) {
	for _, tag := range tags {
		form.Add("tags[]", tag)
	}
}
