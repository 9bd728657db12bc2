package cloverhound

import (
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
		Error, Message text
	}
	if json.Unmarshal(body, &e) != nil {
		return "", nil
	}
	message := string(e.Error)
	if message == "" {
		message = string(e.Message)
	}
	var fields map[string]words
	if json.Unmarshal(e.Errors, &fields) == nil {
		return message, fieldProblems(fields)
	}
	var list words
	_ = list.UnmarshalJSON(e.Errors) // never fails
	if message == "" {
		message = strings.Join(list, "; ")
	}
	return message, nil
}

// fieldProblems lists what is said of each field, fields in order of their names.
func fieldProblems(fields map[string]words) []crm.FieldProblem {
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

// words are one or more sentences.
type words []string

func (w *words) UnmarshalJSON(b []byte) error {
	var list []text
	if json.Unmarshal(b, &list) != nil {
		list = make([]text, 1)
		_ = list[0].UnmarshalJSON(b) // never fails
	}
	for _, s := range list {
		if s != "" {
			*w = append(*w, string(s))
		}
	}
	return nil
}
