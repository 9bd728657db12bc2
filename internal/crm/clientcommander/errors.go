package clientcommander

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// decodeError reads a refusal. The vendor documents none: what is read here are the shapes that such services use, one
// text under message, error or detail, and texts per field under errors or details as an object or as a list.
func decodeError(_ int, body []byte) (string, []crm.FieldProblem) {
	var e struct {
		refusalJSON
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &e) != nil {
		return "", nil
	}
	message, problems := e.read()
	var inner refusalJSON
	var text crm.Text
	if json.Unmarshal(e.Error, &inner) == nil {
		innerMessage, innerProblems := inner.read()
		message, problems = cmp.Or(innerMessage, message), append(problems, innerProblems...)
	} else if json.Unmarshal(e.Error, &text) == nil {
		message = cmp.Or(message, string(text))
	}
	return message, problems
}

// refusalMembers are what tells a refusal, as far as that can be said of what is not documented.
func refusalMembers() []string { return []string{"message", "error", "errors", "detail", "details"} }

// refusalJSON is a message with problems of fields.
type refusalJSON struct {
	Message crm.Text        `json:"message"`
	Detail  crm.Text        `json:"detail"`
	Errors  json.RawMessage `json:"errors"`
	Details json.RawMessage `json:"details"`
}

func (r refusalJSON) read() (string, []crm.FieldProblem) {
	var texts crm.Texts // {"errors": ["text", ...]}
	_ = json.Unmarshal(r.Errors, &texts)
	message := cmp.Or(string(r.Message), string(r.Detail))
	return cmp.Or(message, strings.Join(texts, "; ")), append(fieldProblems(r.Errors), fieldProblems(r.Details)...)
}

// fieldProblems reads {field: text or [text, ...]} or [{field or path, message}, ...].
func fieldProblems(raw json.RawMessage) []crm.FieldProblem {
	var problems []crm.FieldProblem
	var byField map[string]crm.Texts
	if json.Unmarshal(raw, &byField) == nil {
		for _, field := range slices.Sorted(maps.Keys(byField)) {
			for _, text := range byField[field] {
				problems = append(problems, problem(field, text))
			}
		}
		return problems
	}
	var list []struct {
		Field   crm.Text  `json:"field"`
		Path    crm.Texts `json:"path"` // of an item of a list: the name and the number
		Message crm.Text  `json:"message"`
	}
	if json.Unmarshal(raw, &list) == nil {
		for _, p := range list {
			problems = append(problems, problem(cmp.Or(string(p.Field), strings.Join(p.Path, ".")), string(p.Message)))
		}
	}
	return problems
}

func problem(field, text string) crm.FieldProblem {
	return crm.FieldProblem{Field: field, Code: crm.CodeInvalid, Message: text}
}
