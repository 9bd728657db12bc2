package account

import (
	"net/url"
	"strings"
)

// Identity says which account it is, in records and files: never a secret.
type Identity struct {
	Vendor       string `json:"vendor"`
	Name         string `json:"name,omitempty"`
	Host         string `json:"host"`           // with its port; "sandbox" inside this process
	Path         string `json:"path,omitempty"` // of the base URL; "" also if it is not known
	Organization string `json:"organization,omitempty"`
}

// NewIdentity is that of an account at a base URL.
func NewIdentity(vendor, name string, base *url.URL, organization string) Identity {
	return Identity{Vendor: vendor, Name: name, Host: base.Host, Path: base.EscapedPath(), Organization: organization}
}

const (
	atHost         = " at "
	inOrganization = ", organization "
)

// String is the identity for people, and in the properties of workbooks: "growcrm@acme at crm.acme.example/api, organization 7".
func (i Identity) String() string {
	text := InAccount(i.Vendor, i.Name) + atHost + i.Host + i.Path
	if i.Organization != "" {
		text += inOrganization + i.Organization
	}
	return text
}

// parseIdentity reads what String has written.
func parseIdentity(text string) (i Identity, ok bool) {
	account, rest, ok := strings.Cut(text, atHost)
	i.Vendor, i.Name, _ = strings.Cut(account, "@")
	rest, i.Organization, _ = strings.Cut(rest, inOrganization)
	i.Host, i.Path, _ = strings.Cut(rest, "/")
	if i.Path != "" {
		i.Path = "/" + i.Path
	}
	return i, ok && i.Vendor != "" && i.Host != "" && !strings.ContainsAny(i.Vendor+i.Name+i.Host+i.Path, " ,\r\n")
}

// Origin is what a workbook says of where its contacts are from.
type Origin struct {
	Identity
	Run string // the export that wrote it, "" if it does not say
}

const byRun = ", run "

// String is the origin in the properties of a workbook.
func (o Origin) String() string {
	if o.Run == "" {
		return o.Identity.String()
	}
	return o.Identity.String() + byRun + o.Run
}

// ParseOrigin reads what String has written. People may have written more below it.
func ParseOrigin(text string) (o Origin, ok bool) {
	text, _, _ = strings.Cut(strings.ReplaceAll(text, "_x000d_", "\n"), "\n")
	text = strings.TrimSpace(text)
	text, o.Run, _ = strings.Cut(text, byRun)
	o.Identity, ok = parseIdentity(text)
	return o, ok
}

// Identity says which account the connection leads to.
func (c *Connection) Identity() Identity {
	if c.sandbox != nil {
		return Identity{Vendor: c.account.Vendor.ID, Name: c.account.Name, Host: "sandbox"}
	}
	return NewIdentity(c.account.Vendor.ID, c.account.Name, c.settings.base, c.settings.organization)
}

// IsAnother reports whether an identity is that of another account, by what is known of it: ids of one mean other people in
// the other. Names tell accounts apart where address and organization do not. Workbooks of earlier versions know no path.
func (i Identity) IsAnother(b Identity) bool {
	return i.Vendor != b.Vendor || !strings.EqualFold(i.Host, b.Host) || i.Organization != b.Organization || differ(i.Path, b.Path) || differ(i.Name, b.Name)
}

// TellsApart reports whether two names at one address are two accounts.
func (v *Vendor) TellsApart(name, other string) bool {
	return v.sharesAddress() && differ(name, other)
}

// differ reports whether both are known and not the same.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// sharesAddress reports whether several accounts of the vendor have one address and no organization.
func (v *Vendor) sharesAddress() bool {
	for _, s := range v.Settings {
		if s.Suffix == suffixOrganization {
			return false
		}
	}
	return v.DefaultURL != ""
}
