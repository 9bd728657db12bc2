package listing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/humanize"
)

// VendorJSON is a resource as --json lists it.
type VendorJSON struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	Resource     string         `json:"resource"`
	Capabilities []string       `json:"capabilities"`
	Undocumented []string       `json:"undocumented_capabilities,omitempty"`
	Limit        string         `json:"documented_limit,omitempty"`
	DefaultURL   string         `json:"default_url,omitempty"`
	Variables    []VariableJSON `json:"variables"`
	Docs         []string       `json:"docs"`
}

// VariableJSON is a setting as --json lists it: never its value.
type VariableJSON struct {
	Name     string `json:"name"`
	What     string `json:"what"`
	Required bool   `json:"required"`
	Set      bool   `json:"set"`
}

// SettingState says how a setting is given, in words; "" if it is not.
type SettingState func(account.Account, account.Setting) string

// GivenState is a state of variables, and says as well what is kept: that counts where no variable of the account is set.
func GivenState(env account.Lookup, variables SettingState) SettingState {
	return func(of account.Account, s account.Setting) string {
		if _, set := of.IsSet(env); set {
			return variables(of, s)
		}
		kept, err := account.ReadKept(env)
		if err != nil {
			return "not set, and what is kept cannot be read"
		}
		entry := kept.Accounts[of.ID()]
		switch {
		case s.Secret && entry.KeyFile() != "":
			return "kept, in " + entry.KeyFile()
		case entry.Get(s) != "":
			return "kept"
		}
		return ""
	}
}

// NewVendorJSON is a resource and what its vendor needs.
func NewVendorJSON(r account.Resource, state SettingState) VendorJSON {
	v, a := r.Vendor(), r.Account()
	d := VendorJSON{ID: r.Ref(), Name: v.Name, Resource: r.Name(), DefaultURL: v.DefaultURL, Docs: v.Docs,
		Capabilities: abilities(r.Capabilities(false))}
	if all := abilities(r.Capabilities(true)); !slices.Equal(all, d.Capabilities) {
		d.Undocumented = all
	}
	if v.Limit.Documented() {
		d.Limit = v.Limit.String()
	}
	for _, s := range v.Settings {
		d.Variables = append(d.Variables, VariableJSON{Name: a.Variable(s.Suffix), What: s.What,
			Required: s.Suffix != account.SuffixURL || v.DefaultURL == "", Set: state(a, s) != ""})
	}
	return d
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

// Vendors is a table of resources.
func Vendors(list []VendorJSON) (header []string, rows [][]string) {
	for _, d := range list {
		set := 0
		for _, v := range d.Variables {
			if v.Set {
				set++
			}
		}
		rows = append(rows, []string{d.ID, d.Name, d.Resource, cmp.Or(d.Limit, "none documented"), fmt.Sprintf("%d of %d", set, len(d.Variables)), strings.Join(d.Capabilities, ", ")})
	}
	return []string{"VENDOR", "NAME", "RESOURCE", "LIMIT", "VARIABLES SET", "CAN"}, rows
}

// Vendor is all there is to know of one resource, line by line. ids are all resources of its vendor.
func Vendor(r account.Resource, d VendorJSON, ids []string, state SettingState) [][]string {
	v, a := r.Vendor(), r.Account()
	rows := [][]string{
		{"vendor", fmt.Sprintf("%s (%s)", d.ID, d.Name)},
		{"resource", fmt.Sprintf("%s, see crmferry fields %s", d.Resource, r.ID())},
		{"can", strings.Join(d.Capabilities, ", ")},
	}
	for _, id := range ids {
		if id != r.ID() {
			rows = append(rows, []string{"see also", "crmferry vendors " + a.Ref(id)})
		}
	}
	if d.Undocumented != nil {
		rows = append(rows, []string{"can as well", "with --allow-undocumented: " + v.Undocumented})
	}
	rows = append(rows, []string{"rate", text.Pace(account.NewPace(v, nil, false), v)}, []string{"key", fmt.Sprintf("made in %s under %s", v.Name, v.KeyMadeAt)})
	for _, s := range v.Settings {
		rows = append(rows, []string{"variable", a.Variable(s.Suffix) + ": " + variableText(v, s, state(a, s))})
	}
	for _, page := range d.Docs {
		rows = append(rows, []string{"page", page})
	}
	return rows
}

// variableText reports whether a setting is given and what it is, never its value.
func variableText(v *account.Vendor, s account.Setting, given string) string {
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
