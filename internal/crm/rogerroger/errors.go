package rogerroger

import (
	"cmp"
	"encoding/json"
	"strings"

	"crmferry/internal/crm"
)

// decodeError reads the vendor's words. The error page documents message (https://developer.rogerroger.io/getting-started/error-handling),
// the vendor's own node reads detail; violations are what the framework behind such an API sends, not documented here.
func decodeError(_ int, body []byte) (string, []crm.FieldProblem) {
	var e struct {
		Detail, Message crm.Text
		Violations      list[violation]
	}
	if json.Unmarshal(body, &e) != nil {
		return "", nil
	}
	var problems []crm.FieldProblem
	for _, v := range e.Violations {
		if v.Path != "" || v.Message != "" {
			problems = append(problems, v.problem())
		}
	}
	return string(cmp.Or(e.Detail, e.Message)), problems
}

// refusalMembers are what tells a refusal: message as documented, or one of the others that are read.
func refusalMembers() []string { return []string{"message", "detail", "violations"} }

// violation is what the vendor says of one field.
type violation struct {
	Path    crm.Text `json:"propertyPath"` // "familyName", "emailAddresses[0].email"
	Message crm.Text `json:"message"`
}

// UnmarshalJSON takes anything that is not an object as no violation.
func (v *violation) UnmarshalJSON(b []byte) error {
	type plain violation
	var p plain
	if json.Unmarshal(b, &p) == nil {
		*v = violation(p)
	}
	return nil
}

func (v violation) problem() crm.FieldProblem {
	field, _, _ := strings.Cut(string(v.Path), "[")
	p := crm.FieldProblem{Field: field, Code: crm.CodeInvalid, Message: string(v.Message)}
	if strings.Contains(strings.ToLower(p.Message), "already") {
		p.Code = crm.CodeTaken
	}
	return p
}
