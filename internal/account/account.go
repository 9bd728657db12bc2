package account

import (
	"fmt"
	"strings"

	"crmferry/internal/failure"
)

// Account is whose data it is: the default account of a vendor, or one that has a name of its own.
type Account struct {
	Vendor *Vendor
	Name   string // "" for the default account
}

// maxName is the most characters of an account's name.
const maxName = 32

// ID is the account as commands take it: "growcrm", "growcrm@acme".
func (a Account) ID() string { return InAccount(a.Vendor.ID, a.Name) }

// Ref is a resource of the vendor in the account, as commands take it: "growcrm@acme/clients".
func (a Account) Ref(resource string) string { return InAccount(resource, a.Name) }

// InAccount is a resource in the account of a name, as commands take it: "growcrm@acme/clients".
func InAccount(resource, name string) string {
	if name == "" {
		return resource
	}
	vendor, tail, deeper := strings.Cut(resource, "/")
	if deeper {
		tail = "/" + tail
	}
	return vendor + "@" + name + tail
}

// Variable is the name of a setting of the account in the environment. No variable serves two accounts: those of the
// default account serve no other.
func (a Account) Variable(suffix string) string {
	words := []string{"CRMFERRY", strings.ToUpper(a.Vendor.ID)}
	if a.Name != "" {
		words = append(words, strings.ReplaceAll(strings.ToUpper(a.Name), "-", "_"))
	}
	return strings.Join(append(words, suffix), "_")
}

// KeyNames lists the variables that hold the credentials.
func (a Account) KeyNames() string { return place{a, Environment}.keyNames() }

// isName reports whether an account can have that name.
func isName(name string) bool {
	return name != "" && len(name) <= maxName && strings.Trim(name, lowercase+"0123456789-") == ""
}

// splitName takes the name of an account out of what names a resource in it: "growcrm@acme/clients" is "growcrm/clients"
// in "acme".
func splitName(given string) (resource, name string, err error) {
	vendor, rest, named := strings.Cut(given, "@")
	if !named {
		return given, "", nil
	}
	name, tail, deeper := strings.Cut(rest, "/")
	if strings.Contains(vendor, "/") {
		return "", "", failure.Unknown("account", given, InAccount(vendor, rest), "")
	}
	if !isName(name) {
		return "", "", failure.Usage(fmt.Sprintf("a name is 1 to %d of the characters a-z, 0-9 and -, such as %s@acme", maxName, vendor),
			"%q names no account: %q is no name of one", given, name)
	}
	if deeper {
		vendor += "/" + tail
	}
	return vendor, name, nil
}
