package main

import (
	"strings"

	"github.com/spf13/cobra"

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

func (a *app) printFields(r resource) error {
	fields := r.Fields()
	if a.ui.JSON {
		list := make([]fieldJSON, len(fields))
		for i, f := range fields {
			list[i] = fieldJSON{f.Name, f.Label, f.Type, f.Limits, f.Note, f.Required, f.Writable, f.CreateOnly, f.WriteOnly,
				f.List, f.Never, f.Link, f.Undocumented, append([]string{}, f.Aliases...)}
		}
		return a.ui.WriteJSON(list)
	}
	var rows [][]string
	for _, f := range fields {
		rows = append(rows, []string{f.Name, f.Label, f.Type, f.Limits, strings.Join(fieldRules(f), ", "), strings.Join(f.Aliases, ", ")})
	}
	a.ui.Table([]string{"FIELD", "LABEL", "TYPE", "LIMITS", "RULES", "HEADERS"}, rows)
	for i, f := range fields {
		if f.Note == "" {
			continue
		}
		if i > 0 {
			a.ui.Printf("\n")
		}
		a.ui.Printf("%s: %s\n", f.Name, f.Note)
	}
	return nil
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

// completeVendor completes VENDOR[/RESOURCE] as the first argument; a second one is a file.
func (a *app) completeVendor(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return a.registry.IDs(), cobra.ShellCompDirectiveNoFileComp
}
