package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// untriableError says so of a vendor by name.
type untriableError struct{ vendor string }

func (e untriableError) Error() string {
	return e.vendor + " documents no read, so its key cannot be tried without creating a contact"
}

func newVendorsCommand(a *app) *cobra.Command {
	var check bool
	o := connectOptions{workers: 1}
	cmd := &cobra.Command{
		Use:   "vendors [VENDOR] [--check] [--json]",
		Short: "list vendors, what they can do and need; --check tries the key",
		Example: `  crmferry vendors
  crmferry vendors growcrm
  crmferry vendors growcrm --check`,
		Long: `Settings come from the environment, each one also from a file: with NAME_FILE=PATH the value is what the file
PATH holds. Their values are never shown.`,
		Args:              func(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 0, 1) },
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			if check {
				return a.checkKeys(cmd.Context(), args, o)
			}
			return a.listVendors(args)
		},
	}
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.BoolVar(&check, "check", false, "make one read and say whether the key works")
		o.addUndocumented(fs, a.registry)
	})
	addFlags(cmd, groupSafety, o.addSandbox)
	addFlags(cmd, groupTalk, o.addVerbose)
	a.addJSON(cmd)
	return cmd
}

// vendorJSON is a resource as --json lists it.
type vendorJSON struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	Resource     string         `json:"resource"`
	Capabilities []string       `json:"capabilities"`
	Undocumented []string       `json:"undocumented_capabilities,omitempty"`
	Limit        string         `json:"documented_limit,omitempty"`
	DefaultURL   string         `json:"default_url,omitempty"`
	Variables    []variableJSON `json:"variables"`
	Docs         []string       `json:"docs"`
}

// variableJSON is a setting as --json lists it: never its value.
type variableJSON struct {
	Name     string `json:"name"`
	What     string `json:"what"`
	Required bool   `json:"required"`
	Set      bool   `json:"set"`
}

func (a *app) describe(r account.Resource) vendorJSON {
	v := r.Vendor()
	d := vendorJSON{ID: r.ID(), Name: v.Name, Resource: r.Name(), DefaultURL: v.DefaultURL, Docs: v.Docs,
		Capabilities: abilities(r.Capabilities(false))}
	if v.Undocumented != "" {
		d.Undocumented = abilities(r.Capabilities(true))
	}
	if v.Limit.Documented() {
		d.Limit = v.Limit.String()
	}
	for _, s := range v.Settings {
		d.Variables = append(d.Variables, variableJSON{Name: v.Variable(s.Suffix), What: s.What,
			Required: s.Suffix != account.SuffixURL || v.DefaultURL == "", Set: a.state(v, s) != ""})
	}
	return d
}

// state says how a setting is given: "set", "set by a file", or "" if it is not.
func (a *app) state(v *account.Vendor, s account.Setting) string {
	name := v.Variable(s.Suffix)
	if value, _ := a.env(name); value != "" {
		return "set"
	}
	if path, _ := a.env(name + account.FileSuffix); path != "" {
		return "set by the file of " + name + account.FileSuffix
	}
	return ""
}

// abilities lists what a client can do.
func abilities(c account.Capabilities) []string {
	var words []string
	for _, w := range []struct {
		holds bool
		word  string
	}{
		{c.Create, "create"},
		{c.Update, "update"},
		{c.Find, "look up"},
		{c.List, "list"},
		{c.Delete != "", "delete"},
		{c.Traits.CreateUpserts, "upsert by the vendor"},
		{c.Traits.Idempotent, "idempotency key"},
		{c.Check, "key check"},
	} {
		if w.holds {
			words = append(words, w.word)
		}
	}
	var linked, made []string
	for _, l := range c.Links {
		if l.CanCreate {
			made = append(made, l.Name)
		} else {
			linked = append(linked, l.Name)
		}
	}
	if linked != nil {
		words = append(words, "link "+humanize.List(linked))
	}
	if made != nil {
		words = append(words, "link and create "+humanize.List(made))
	}
	return words
}

// chosen are the resources of a vendor, or all.
func (a *app) chosen(args []string) ([]account.Resource, error) {
	if len(args) == 0 {
		return a.registry.Resources(), nil
	}
	r, err := a.registry.Find(args[0])
	return []account.Resource{r}, err
}

func (a *app) listVendors(args []string) error {
	resources, err := a.chosen(args)
	if err != nil {
		return err
	}
	switch {
	case a.ui.JSON:
		list := make([]vendorJSON, len(resources))
		for i, r := range resources {
			list[i] = a.describe(r)
		}
		return a.ui.WriteJSON(list)
	case len(args) == 1:
		a.printVendor(resources[0])
		return nil
	}
	var rows [][]string
	for _, r := range resources {
		d := a.describe(r)
		set := 0
		for _, v := range d.Variables {
			if v.Set {
				set++
			}
		}
		limit := d.Limit
		if limit == "" {
			limit = "none documented"
		}
		rows = append(rows, []string{d.ID, d.Name, d.Resource, limit, fmt.Sprintf("%d of %d", set, len(d.Variables)), strings.Join(d.Capabilities, ", ")})
	}
	a.ui.Table([]string{"VENDOR", "NAME", "RESOURCE", "LIMIT", "VARIABLES SET", "CAN"}, rows)
	return nil
}

// printVendor prints all there is to know of one resource.
func (a *app) printVendor(r account.Resource) {
	v, d := r.Vendor(), a.describe(r)
	rows := [][]string{
		{"vendor", fmt.Sprintf("%s (%s)", d.ID, d.Name)},
		{"resource", fmt.Sprintf("%s, see crmferry fields %s", d.Resource, d.ID)},
		{"can", strings.Join(d.Capabilities, ", ")},
	}
	for _, id := range a.registry.Of(v) {
		if id != r.ID() {
			rows = append(rows, []string{"see also", "crmferry vendors " + id})
		}
	}
	if d.Undocumented != nil {
		rows = append(rows, []string{"can as well", "with --allow-undocumented: " + v.Undocumented})
	}
	rows = append(rows, []string{"rate", text.Pace(account.NewPace(v, nil, false), v)}, []string{"key", fmt.Sprintf("made in %s under %s", v.Name, v.KeyMadeAt)})
	for _, s := range v.Settings {
		rows = append(rows, []string{"variable", v.Variable(s.Suffix) + ": " + a.variableText(v, s)})
	}
	for _, page := range d.Docs {
		rows = append(rows, []string{"page", page})
	}
	a.ui.Rows(rows)
}

// variableText reports whether a setting is given and what it is, never its value.
func (a *app) variableText(v *account.Vendor, s account.Setting) string {
	given := a.state(v, s)
	switch {
	case s.Suffix == account.SuffixURL && v.DefaultURL != "" && given == "":
		return "not set, not needed (" + v.DefaultURL + ")"
	case given == "":
		given = "not set"
	}
	if s.Suffix == account.SuffixURL {
		return given + " (" + v.URLHint + ")"
	}
	return given + " (" + s.What + ")"
}

// checkKeys tries the key of one vendor, or of each that has a variable set.
func (a *app) checkKeys(ctx context.Context, args []string, o connectOptions) error {
	resources, err := a.chosen(args)
	if err != nil {
		return err
	}
	if len(args) == 0 && !o.sandbox {
		resources = slices.DeleteFunc(slices.Clone(resources), func(r account.Resource) bool { return !a.anySet(r.Vendor()) })
		if len(resources) == 0 {
			return failure.Usage("see crmferry vendors VENDOR for what each needs", "no vendor has a variable set, so there is no key to try")
		}
	}
	seen := map[*account.Vendor]bool{}
	code := failure.ExitOK
	for _, r := range resources {
		if seen[r.Vendor()] {
			continue
		}
		seen[r.Vendor()] = true
		err := a.checkKey(ctx, r, o)
		if ctx.Err() != nil {
			return err
		}
		if err == nil {
			continue
		}
		f := a.explain(err)
		if len(args) == 0 && errors.As(err, &untriableError{}) { // nobody asked about this vendor in particular
			a.ui.Notef("%s", f.Err)
			continue
		}
		a.ui.Error(f.Err, f.Hints...)
		code = max(code, f.Code)
	}
	return failure.Quietly(code)
}

func (a *app) anySet(v *account.Vendor) bool {
	return slices.ContainsFunc(v.Settings, func(s account.Setting) bool { return a.state(v, s) != "" })
}

// checkKey makes one read with a vendor's key.
func (a *app) checkKey(ctx context.Context, r account.Resource, o connectOptions) error {
	c, err := a.connect(r, o)
	if err != nil {
		return err
	}
	defer c.Close()
	v := r.Vendor()
	found, err := r.TryKey(ctx, c.Connection.Connection)
	switch {
	case errors.Is(err, account.ErrNoRead):
		return failure.New(failure.ExitFailed, untriableError{v.Name},
			fmt.Sprintf("import one row and look at its report: crmferry import %s FILE --limit 1", r.ID()))
	case err != nil:
		f := failure.Explain(c.explain(err))
		if f.Code == failure.ExitStopped && ctx.Err() == nil {
			return failure.New(failure.ExitFailed, f.Err, f.Hints...) // nothing was under way that could be stopped
		}
		return f
	}
	if a.ui.JSON {
		return a.ui.WriteJSON(map[string]any{"id": r.ID(), "url": c.Base().String(), "works": true, "found": found})
	}
	a.ui.Printf("the key of %s works at %s: %s\n", v.Name, c.Base(), found)
	return nil
}
