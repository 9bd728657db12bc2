package listing

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/account/login"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
)

// Tried says that a key works.
func Tried(t *account.Tried) string {
	a := t.Resource.Account()
	whose := a.ID()
	if a.Name == "" {
		whose = a.Vendor.Name
	}
	return fmt.Sprintf("the key of %s works at %s: %s", whose, t.Base, t.Found)
}

// AccountJSON is an account that is known, for programs: never its credentials.
type AccountJSON struct {
	Account      string   `json:"account"`
	Vendor       string   `json:"vendor"`
	Name         string   `json:"name,omitempty"`
	URL          string   `json:"url,omitempty"`
	Organization string   `json:"organization,omitempty"`
	Settings     string   `json:"settings"` // where they are: environment or kept
	KeyFile      string   `json:"key_file,omitempty"`
	Overruled    bool     `json:"overruled,omitempty"` // it is kept too, which does not count
	Works        *bool    `json:"works,omitempty"`     // with --check, where that can be tried
	Found        string   `json:"found,omitempty"`
	Error        string   `json:"error,omitempty"`
	Hints        []string `json:"hints,omitempty"`
}

// NewAccountJSON is an account as it is known: tried is what its key has shown, nil if it was not tried or does not work;
// failed is what is wrong with it, nil for nothing.
func NewAccountJSON(k *account.Known, tried *account.Tried, failed *failure.Error) AccountJSON {
	a, works := k.Account(), tried != nil
	out := AccountJSON{Account: a.ID(), Vendor: a.Vendor.ID, Name: a.Name, Organization: k.Organization, Settings: "kept", KeyFile: k.KeyFile, Overruled: k.Overruled}
	if k.Source == account.Environment {
		out.Settings = "environment"
	}
	if k.Base != nil {
		out.URL = k.Base.String()
	}
	if works || failed != nil && !errors.As(failed.Err, new(*account.UntriableError)) {
		out.Works = &works
	}
	if works {
		out.Found = tried.Found
	}
	if failed != nil {
		out.Error, out.Hints = failed.Err.Error(), failed.Hints
	}
	return out
}

// Accounts is a table of accounts.
func Accounts(list []AccountJSON) (header []string, rows [][]string) {
	for _, a := range list {
		settings := a.Settings
		switch {
		case a.Overruled:
			settings += " (what is kept does not count)"
		case a.KeyFile != "":
			settings += ", key in " + a.KeyFile
		}
		rows = append(rows, []string{a.Account, cmp.Or(a.URL, "-"), cmp.Or(a.Organization, "-"), settings})
	}
	return []string{"ACCOUNT", "ADDRESS", "ORGANIZATION", "SETTINGS"}, rows
}

// LoggedIn says what is kept of an account now; untried is why its key was not tried, nil if it was.
func LoggedIn(r account.Resource, l *login.Result, untried *failure.Error) []text.Message {
	a := r.Account()
	var list []text.Message
	if untried != nil {
		list = append(list, text.Warnf("%s: %s", untried.Err, strings.Join(untried.Hints, "; ")))
	} else {
		list = append(list, text.Notef("%s", Tried(l.Tried)))
	}
	if l.KeyFile != "" {
		list = append(list, text.Notef("the address of %s is kept in %s, its key stays in %s", a.ID(), l.Path, l.KeyFile))
	} else {
		list = append(list, text.Notef("address and key of %s are kept in %s", a.ID(), l.Path))
	}
	next := fmt.Sprintf("crmferry import %s FILE --dry-run", a.ID())
	if r.Capabilities(false).List {
		next = fmt.Sprintf("crmferry export %s -o contacts.xlsx, or %s", a.ID(), next)
	}
	return append(list, text.Notef("next    %s", next))
}
