package cloverhound

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// decodeError reads the vendor's words. Error bodies are not documented: the shapes are those that Rails applications
// commonly answer with, {"errors": {field: [...]}}, {"errors": [...]}, {"error": "..."} and {"message": "..."}.
func decodeError(_ int, body []byte) (string, []crm.FieldProblem) {
	var e struct {
		Errors         json.RawMessage
		Error, Message crm.Text
	}
	if json.Unmarshal(body, &e) != nil {
		return "", nil
	}
	message := string(cmp.Or(e.Error, e.Message))
	var fields map[string]crm.Texts
	if json.Unmarshal(e.Errors, &fields) == nil {
		return message, fieldProblems(fields)
	}
	var list crm.Texts
	_ = list.UnmarshalJSON(e.Errors) // never fails
	return cmp.Or(message, strings.Join(list, "; ")), nil
}

// refusalMembers are what tells a refusal, as far as that can be said of what is not documented.
func refusalMembers() []string { return []string{"errors", "error", "message"} }

// fieldProblems lists what is said of each field, fields in order of their names.
func fieldProblems(fields map[string]crm.Texts) []crm.FieldProblem {
	var out []crm.FieldProblem
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, m := range fields[name] {
			p := crm.FieldProblem{Field: name, Code: crm.CodeInvalid, Message: m}
			if strings.HasPrefix(name, "contact_phones") { // "contact_phones.number"
				p.Field = "contact_phones_attributes"
			}
			if strings.Contains(strings.ToLower(m), "already") {
				p.Code = crm.CodeTaken
			}
			out = append(out, p)
		}
	}
	return out
}
