package rogerroger

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"crmferry/internal/sandbox/api"
)

// writeRefusal writes a refusal with both members that the vendor is known to use, message and detail.
func writeRefusal(f api.Failure) api.Reply {
	message := map[int]string{
		http.StatusUnauthorized: "JWT Token not found", http.StatusNotFound: "Not Found",
		http.StatusMethodNotAllowed: "Method Not Allowed", http.StatusTooManyRequests: "Too Many Requests",
	}[f.Status]
	if f.Message != "" {
		message = f.Message
	}
	if f.Status == http.StatusUnauthorized {
		return api.Reply{Status: f.Status, Body: map[string]any{"code": f.Status, "message": message}, Rule: f.RuleOf()}
	}
	body := map[string]any{}
	if len(f.Problems) > 0 {
		message, body["violations"] = violationsOf(f.Problems)
	}
	header := map[string]string{}
	if f.Wait > 0 {
		header["Retry-After"] = api.RetryAfter(f.Wait)
	}
	body["status"], body["message"], body["detail"] = f.Status, message, message
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

func violationsOf(problems []api.Problem) (string, []map[string]string) {
	var lines []string
	var violations []map[string]string
	for _, p := range problems {
		text := "This value " + p.Want + "."
		if p.Code == api.BadMissing {
			text = "This value should not be blank."
		}
		lines = append(lines, p.Field+": "+text)
		violations = append(violations, map[string]string{"propertyPath": p.Field, "message": text})
	}
	return strings.Join(lines, "\n"), violations
}

// collect is a page of a list.
func collect[T any](c *api.Call, path string, all []T, view func(T) any) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), api.NumeralOr(c.Query.Get("itemsPerPage"), 15)
	member := []any{}
	for _, t := range api.Page(all, number, size) {
		member = append(member, view(t))
	}
	last := api.LastPage(len(all), size)
	at := func(n int) string {
		q := url.Values{}
		for name, values := range c.Query {
			q[name] = values
		}
		q.Set("page", fmt.Sprint(n))
		return path + "?" + q.Encode()
	}
	links := map[string]string{"@id": at(number), "type": "PartialCollectionView", "first": at(1), "last": at(last)}
	if number > 1 {
		links["previous"] = at(number - 1)
	}
	if number < last {
		links["next"] = at(number + 1)
	}
	search := map[string]any{"@type": "IriTemplate", "template": path + "{?page,itemsPerPage}", "variableRepresentation": "BasicRepresentation", "mapping": []any{}}
	return jsonReply(http.StatusOK, map[string]any{"member": member, "totalItems": len(all), "view": links, "search": search})
}

func jsonReply(status int, body any) api.Reply {
	return api.Reply{Status: status, Header: map[string]string{"Content-Type": "application/ld+json; charset=utf-8"}, Body: body}
}
