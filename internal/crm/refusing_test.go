package crm

import "testing"

// TestRefusing: a refusal is in the vendor's form by one of its members, by nothing at all, or as fields with what is wrong with them.
func TestRefusing(t *testing.T) {
	a := &API{Refusals: []string{"message"}}
	for body, want := range map[string]answerForm{
		`{"message": "no"}`:                     formJSON,
		`{}`:                                    formJSON,
		`[]`:                                    formJSON,
		`{"email": ["has already been taken"]}`: formJSON,
		`{"email": []}`:                         formOther,
		`{"status": 404, "path": "/contacts"}`:  formOther,
		`{"fault": {"faultstring": "no target"}}`: formOther,
		`["Not Found"]`:   formOther,
		`{"message": "no`: formHalf,
	} {
		if got := a.refusing(formJSON, []byte(body)); got != want {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}
