package listing

import (
	"slices"
	"strings"

	"crmferry/internal/cli/advice"
	"crmferry/mapping"
)

// FieldJSON is a field as --json lists it.
type FieldJSON struct {
	Name         string   `json:"name"`
	Label        string   `json:"label"`
	Type         string   `json:"type"`
	Limits       string   `json:"limits,omitempty"`
	Note         string   `json:"note,omitempty"`
	Required     bool     `json:"required"`
	Writable     bool     `json:"writable"`
	CreateOnly   bool     `json:"create_only,omitempty"`
	WriteOnly    bool     `json:"write_only,omitempty"`
	List         bool     `json:"list,omitempty"`
	Never        bool     `json:"only_by_flag,omitempty"`
	Link         string   `json:"link,omitempty"`
	Undocumented bool     `json:"undocumented,omitempty"`
	Headers      []string `json:"headers"`
}

// NewFieldsJSON are fields for programs.
func NewFieldsJSON(fields []mapping.Info) []FieldJSON {
	list := make([]FieldJSON, len(fields))
	for i, f := range fields {
		list[i] = FieldJSON{f.Name, f.Label, f.Type, f.Limits, f.FullNote(advice.Hint), f.Required, f.Writable, f.CreateOnly, f.WriteOnly,
			f.List, f.Never, f.Link, f.Undocumented, append([]string{}, f.Aliases...)}
	}
	return list
}

// Fields is a table of fields.
func Fields(fields []mapping.Info) (header []string, rows [][]string) {
	for _, f := range fields {
		rows = append(rows, []string{f.Name, f.Label, f.Type, f.Limits, strings.Join(fieldRules(f), ", "), fieldNote(f)})
	}
	return []string{"FIELD", "LABEL", "TYPE", "LIMITS", "RULES", "NOTE"}, rows
}

// FieldHeaders is a table of the headers by which fields are recognised.
func FieldHeaders(fields []mapping.Info) (header []string, rows [][]string) {
	for _, f := range fields {
		told := map[string]bool{strings.ToLower(f.Name): true, strings.ToLower(f.Label): true} // languages share words
		others := slices.DeleteFunc(slices.Clone(f.Aliases), func(h string) bool {
			again := told[strings.ToLower(h)]
			told[strings.ToLower(h)] = true
			return again
		})
		if len(others) > 0 {
			rows = append(rows, []string{f.Name, strings.Join(others, ", ")})
		}
	}
	return []string{"FIELD", "HEADERS RECOGNISED BESIDE NAME AND LABEL (# IS ANY NUMBER)"}, rows
}

// fieldNote is a field's note, unless it says no more than its rules.
func fieldNote(f mapping.Info) string {
	full := f.FullNote(advice.Hint)
	if full == "read-only" {
		return ""
	}
	return strings.TrimPrefix(full, "read-only; ")
}

// fieldRules are what holds for a field beside its limits.
func fieldRules(f mapping.Info) []string {
	var rules []string
	for _, r := range []struct {
		holds bool
		text  string
	}{
		{f.Required, "required"},
		{!f.Writable, "read-only"},
		{f.CreateOnly, "at creation only"},
		{f.WriteOnly, "cannot be read back"},
		{f.NotClearable, "cannot be cleared"},
		{f.List, "takes several"},
		{f.Never, "by --set or --map only"},
		{f.Undocumented, "not documented"},
	} {
		if r.holds {
			rules = append(rules, r.text)
		}
	}
	return rules
}
