package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/mapping"
)

func newFieldsCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fields VENDOR[/RESOURCE] [--json]",
		Short: "list a vendor's fields, their limits and the headers that are recognised",
		Example: `  crmferry fields growcrm
  crmferry fields rogerroger --json`,
		Long: `A column of a sheet finds its field by the field's name, its label or one of the headers listed here, whatever
the case, spacing, punctuation and accents; --map "Header=field" of import and check says otherwise.`,
		Args:              func(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 1, 1) },
		ValidArgsFunction: a.completeVendor,
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := a.registry.Find(args[0])
			if err != nil {
				return err
			}
			return a.printFields(r)
		},
	}
	a.addJSON(cmd)
	return cmd
}

// fieldJSON is a field as --json lists it.
type fieldJSON struct {
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

func (a *app) printFields(r account.Resource) error {
	fields := r.Fields()
	if a.ui.JSON {
		list := make([]fieldJSON, len(fields))
		for i, f := range fields {
			list[i] = fieldJSON{f.Name, f.Label, f.Type, f.Limits, f.FullNote(advice.Hint), f.Required, f.Writable, f.CreateOnly, f.WriteOnly,
				f.List, f.Never, f.Link, f.Undocumented, append([]string{}, f.Aliases...)}
		}
		return a.ui.WriteJSON(list)
	}
	var rows, headers [][]string
	for _, f := range fields {
		rows = append(rows, []string{f.Name, f.Label, f.Type, f.Limits, strings.Join(fieldRules(f), ", "), note(f)})
		others := slices.DeleteFunc(slices.Clone(f.Aliases), func(h string) bool {
			return strings.EqualFold(h, f.Name) || strings.EqualFold(h, f.Label)
		})
		if len(others) > 0 {
			headers = append(headers, []string{f.Name, strings.Join(others, ", ")})
		}
	}
	a.ui.Table([]string{"FIELD", "LABEL", "TYPE", "LIMITS", "RULES", "NOTE"}, rows)
	a.ui.Printf("\n")
	a.ui.Table([]string{"FIELD", "HEADERS RECOGNISED BESIDE NAME AND LABEL (# IS ANY NUMBER)"}, headers)
	return nil
}

// note is a field's note, unless it says no more than its rules.
func note(f mapping.Info) string {
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
		{f.Kept, "cannot be cleared"},
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
