package account

import "strings"

// Identity says which account it is, in records and files: never a secret.
type Identity struct {
	Vendor       string `json:"vendor"`
	Name         string `json:"name,omitempty"`
	Host         string `json:"host"` // with its port; "sandbox" inside this process
	Organization string `json:"organization,omitempty"`
}

const (
	atHost         = " at "
	inOrganization = ", organization "
)

// String is the identity for people, and in the properties of workbooks: "growcrm@acme at crm.acme.example, organization 7".
func (i Identity) String() string {
	text := InAccount(i.Vendor, i.Name) + atHost + i.Host
	if i.Organization != "" {
		text += inOrganization + i.Organization
	}
	return text
}

// ParseIdentity reads what String has written.
func ParseIdentity(text string) (i Identity, ok bool) {
	account, rest, ok := strings.Cut(text, atHost)
	i.Vendor, i.Name, _ = strings.Cut(account, "@")
	i.Host, i.Organization, _ = strings.Cut(rest, inOrganization)
	return i, ok && i.Vendor != "" && i.Host != "" && !strings.ContainsAny(i.Vendor+i.Name+i.Host, " ,")
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

// ParseOrigin reads what String has written.
func ParseOrigin(text string) (o Origin, ok bool) {
	text, o.Run, _ = strings.Cut(text, byRun)
	o.Identity, ok = ParseIdentity(text)
	return o, ok
}

// Identity says which account the connection leads to.
func (c *Connection) Identity() Identity {
	i := Identity{Vendor: c.account.Vendor.ID, Name: c.account.Name, Host: "sandbox"}
	if c.sandbox == nil {
		i.Host, i.Organization = c.settings.base.Host, c.settings.organization
	}
	return i
}

// IsAnother reports whether an identity is that of another account, by what is known of it: ids of one mean other people in
// the other. Names tell accounts apart where address and organization do not.
func (v *Vendor) IsAnother(a, b Identity) bool {
	return a.Vendor != b.Vendor || !strings.EqualFold(a.Host, b.Host) || a.Organization != b.Organization || v.TellsApart(a.Name, b.Name)
}

// TellsApart reports whether two names at one address are two accounts.
func (v *Vendor) TellsApart(name, other string) bool {
	return v.sharesAddress() && name != "" && other != "" && name != other
}

// sharesAddress reports whether several accounts of the vendor have one address and no organization.
func (v *Vendor) sharesAddress() bool {
	for _, s := range v.Settings {
		if s.Suffix == suffixOrganization {
			return false
		}
	}
	return v.DefaultURL != ""
}
