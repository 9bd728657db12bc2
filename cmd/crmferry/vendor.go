package main

import (
	"net/http"
	"strings"
)

// vendor is what the user of a vendor has to know, and what a connection to it needs, as data.
type vendor struct {
	ID        string // as commands take it
	Name      string // as the vendor writes it
	Settings  []setting
	KeyMadeAt string // where in the vendor's product
	URLHint   string // what the base URL has to be

	DefaultURL string    // "" if an account has its own
	Limit      rateLimit // as documented; zero if the vendor documents none
	Docs       []string  // pages of the vendor

	// Undocumented says what --allow-undocumented turns on, "" if it does nothing for this vendor.
	Undocumented string
	// Authorize returns what adds the vendor's credentials to a request: the values of the secret settings, in order.
	Authorize func(key ...string) func(*http.Request)
}

// setting is one variable of the environment that a vendor needs.
type setting struct {
	Suffix   string // of CRMFERRY_<VENDOR>_<SUFFIX>
	What     string // for people: "API key"
	Secret   bool
	Optional bool
	Number   bool // digits only
}

// variable is the name of a setting in the environment.
func (v *vendor) variable(suffix string) string {
	return "CRMFERRY_" + strings.ToUpper(v.ID) + "_" + suffix
}

// keyNames lists the variables that hold the credentials.
func (v *vendor) keyNames() string {
	var names []string
	for _, s := range v.Settings {
		if s.Secret {
			names = append(names, v.variable(s.Suffix))
		}
	}
	return strings.Join(names, " and ")
}

// Suffixes of variables that mean the same for every vendor.
const (
	suffixURL          = "URL"
	suffixKey          = "KEY"
	suffixOrganization = "ORGANIZATION"
)
