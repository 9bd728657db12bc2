package account

import (
	"fmt"
	"strings"
)

// Source is where the settings of an account are: all of them are in one place. An address from one and a key from another
// would send the key elsewhere.
type Source int

// Where settings are.
const (
	Nowhere     Source = iota
	Environment        // in variables
	InFile             // in the file of accounts that are kept
	Typed              // just given, and not kept yet
)

// place is where the settings of an account are.
type place struct {
	account Account
	source  Source
}

// name calls a setting as it is called where the settings are.
func (p place) name(set Setting) string {
	if p.source == Environment || p.source == Nowhere {
		return p.account.Variable(set.Suffix)
	}
	return fmt.Sprintf("the %s of %s", set.Word(), p.account.ID())
}

// with is a setting with its value, which is no secret.
func (p place) with(set Setting, value string) string {
	if p.source == Environment {
		return fmt.Sprintf("%s=%q", p.name(set), value)
	}
	return fmt.Sprintf("%s, %q,", p.name(set), value)
}

// keyNames lists the credentials as they are called where the settings are.
func (p place) keyNames() string {
	var names []string
	for _, set := range p.account.Vendor.Settings {
		if set.Secret {
			names = append(names, p.name(set))
		}
	}
	return strings.Join(names, " and ")
}

// theKey calls the credentials as one thing.
func (p place) theKey() string {
	if p.source == Environment {
		return "the key of " + p.keyNames()
	}
	return "the key of " + p.account.ID()
}
