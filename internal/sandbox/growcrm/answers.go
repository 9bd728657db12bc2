package growcrm

import (
	"net/http"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

// writeRefusal writes a refusal as https://docs-api.growcrm.io/getting-started describes it.
func writeRefusal(f api.Failure) api.Reply {
	body := map[string]any{"message": f.Message}
	header := map[string]string{}
	switch f.Status {
	case http.StatusUnauthorized:
		body["message"] = "Unauthorized. A valid API key is required."
	case http.StatusTooManyRequests:
		body["message"] = "Too Many Attempts."
		header["Retry-After"] = api.RetryAfter(f.Wait)
	case http.StatusMethodNotAllowed:
		body["message"] = "The method is not supported for this route."
	case http.StatusNotFound:
		if f.Message == "" {
			body["message"] = "The route could not be found."
		}
	}
	if len(f.Problems) > 0 {
		f.Status = http.StatusUnprocessableEntity
		body["message"], body["errors"] = "The given data was invalid.", fieldErrors(f.Problems)
	}
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

func fieldErrors(problems []api.Problem) map[string][]string {
	errors := map[string][]string{}
	for _, p := range problems {
		field := strings.TrimSuffix(p.Field, "[]")
		name := strings.ReplaceAll(field, "_", " ")
		switch {
		case p.Text != "":
			name = p.Text
		case p.Code == api.BadMissing:
			name = "The " + name + " field is required."
		default:
			name = "The " + name + " " + p.Want + "."
		}
		errors[field] = append(errors[field], name)
	}
	return errors
}

func pageReply(data any, total, number, size int, message string) api.Reply {
	meta := map[string]int{"current_page": number, "per_page": size, "total": total, "last_page": api.LastPage(total, size)}
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"data": data, "meta": meta, "message": message}}
}

func itemReply(status int, data any, message string) api.Reply {
	return api.Reply{Status: status, Body: map[string]any{"data": data, "message": message}}
}

func datesOf(r *api.Record) map[string]string {
	const layout = "2006-01-02T15:04:05.000000Z"
	return map[string]string{"created": r.Created.Format(layout), "updated": r.Updated.Format(layout)}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (u *contactRecord) view() map[string]any {
	status := "active"
	if u.deleted {
		status = "deleted"
	}
	return map[string]any{
		"id": u.Seq, "first_name": u.first, "last_name": u.last, "name": u.name(), "email": u.email,
		"phone": api.OrNil(u.phone), "job_position": api.OrNil(u.position), "account_owner": yesNo(u.owner), "status": status,
		"client": map[string]any{"id": u.client.Seq, "company_name": u.client.company},
		"role":   map[string]any{"id": 2, "name": "Client"},
		"social": map[string]any{"facebook": nil, "twitter": nil, "linkedin": nil, "github": nil, "dribbble": nil},
		"dates":  datesOf(&u.Record),
	}
}

func (g *vendor) view(k *clientRecord) map[string]any {
	var owner any
	for _, u := range g.byClient[k] {
		if u.owner {
			owner = map[string]any{"id": u.Seq, "name": u.name()}
		}
	}
	address := func(prefix string) map[string]any {
		a := map[string]any{}
		for _, name := range []string{"street", "city", "state", "zip", "country"} {
			a[name] = api.OrNil(k.texts[prefix+name])
		}
		return a
	}
	billing := address("client_billing_")
	category := api.NumeralOr(k.texts["client_categoryid"], 2)
	categoryName, _ := g.category(api.Decimal(category), clientCategory)
	billing["invoice_due_days"] = api.OrNil(k.texts["client_billing_invoice_due_days"]) // a text, as the example shows it
	return map[string]any{
		"id": k.Seq, "company_name": k.company, "description": api.OrNil(k.texts["client_description"]), "status": k.status,
		"phone": api.OrNil(k.texts["client_phone"]), "website": api.OrNil(k.texts["client_website"]), "vat": api.OrNil(k.texts["client_vat"]),
		"category": map[string]any{"id": category, "name": categoryName}, "owner": owner,
		"billing": billing, "shipping": address("client_shipping_"), "dates": datesOf(&k.Record), "tags": slices.Clip(append([]string{}, k.tags...)),
	}
}
