package account

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Known is an account of which settings are here, without its credentials.
type Known struct {
	Resource     Resource // the contacts of the account
	Source       Source
	Base         *url.URL // nil where the settings cannot be used
	Organization string
	KeyFile      string // of an account that is kept, whose credentials are elsewhere
	Overruled    bool   // it is kept too, and that does not count
	Err          error  // why the settings cannot be used
}

// Account is whose settings they are.
func (k *Known) Account() Account { return k.Resource.Account() }

// Known lists the accounts of which settings are here: in the environment, whose variables environ lists as os.Environ
// does, or kept. They stand in the order of the vendors, and of their names. The error says why what is kept cannot be read; those
// of the environment are listed all the same.
func (r *Registry) Known(env Lookup, environ []string) ([]*Known, error) {
	kept, err := ReadKept(env)
	if err != nil {
		kept = &Kept{}
	}
	var list []*Known
	for _, v := range r.Vendors() {
		names := map[string]bool{}
		for _, name := range namesIn(v, environ) {
			names[name] = true
		}
		for id := range kept.Accounts {
			if vendor, name, _ := strings.Cut(id, "@"); vendor == v.ID {
				names[name] = true
			}
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if res, err := r.Find(InAccount(v.ID, name)); err == nil {
				list = append(list, known(res, env, kept))
			}
		}
	}
	return list, err
}

// known looks at the settings of an account.
func known(r Resource, env Lookup, kept *Kept) *Known {
	a := r.Account()
	entry, isKept := kept.Accounts[a.ID()]
	k := &Known{Resource: r, Source: InFile}
	if _, set := a.IsSet(env); set {
		k.Source, k.Overruled = Environment, isKept
	} else {
		k.KeyFile = entry.KeyFile()
	}
	s, err := readSettings(a, env, "")
	if err != nil {
		k.Err = err
		return k
	}
	k.Base, k.Organization = s.base, s.organization
	return k
}

// namesIn are the names of a vendor's accounts that have a variable in an environment, "" for the default account.
func namesIn(v *Vendor, environ []string) []string {
	var names []string
	for _, line := range environ {
		variable, value, _ := strings.Cut(line, "=")
		rest, ours := strings.CutPrefix(variable, Account{Vendor: v}.Variable(""))
		if name, ok := v.nameIn(rest); ours && ok && value != "" {
			names = append(names, name)
		}
	}
	return names
}

// nameIn is the name of the account in what follows the vendor in a variable: "acme" in ACME_KEY_ID. The longest suffix
// counts: KEY_ID is the default account's, and of no account "key".
func (v *Vendor) nameIn(rest string) (name string, ok bool) {
	longest := ""
	for _, s := range v.Settings {
		for _, suffix := range []string{s.Suffix, s.Suffix + FileSuffix} {
			if before, found := strings.CutSuffix(rest, suffix); found && len(suffix) > len(longest) && (before == "" || strings.HasSuffix(before, "_")) {
				longest, name = suffix, before
			}
		}
	}
	if longest == "" || name == "" {
		return "", longest != ""
	}
	name = strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(name, "_")), "_", "-")
	return name, isName(name)
}
