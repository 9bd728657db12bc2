package account

import (
	"net/http"
	"strings"
)

// Vendor is what the user of a vendor has to know, and what a connection to it needs, as data.
type Vendor struct {
	ID        string // as commands take it
	Name      string // as the vendor writes it
	Settings  []Setting
	KeyMadeAt string // where in the vendor's product
	URLHint   string // what the base URL has to be

	DefaultURL string    // "" if an account has its own
	Limit      RateLimit // as documented; zero if the vendor documents none
	Docs       []string  // pages of the vendor

	// Undocumented says what --allow-undocumented turns on, "" if it does nothing for this vendor.
	Undocumented string
	// Authorize returns what adds the vendor's credentials to a request: the values of the secret settings, in order.
	Authorize func(key ...string) func(*http.Request)
}

// Setting is one variable of the environment that a vendor needs.
type Setting struct {
	Suffix   string // of CRMFERRY_<VENDOR>_<SUFFIX>, see Account.Variable
	What     string // for people: "API key"
	Secret   bool
	Optional bool
	Number   bool // digits only
}

// Variable is the name of a setting of the default account in the environment.
func (v *Vendor) Variable(suffix string) string { return Account{Vendor: v}.Variable(suffix) }

// Word is the setting for people: "base URL", "key id".
func (s Setting) Word() string {
	if s.Suffix == SuffixURL {
		return "base URL"
	}
	return strings.ToLower(strings.ReplaceAll(s.Suffix, "_", " "))
}

// secrets says what a file of the vendor's credentials holds.
func (v *Vendor) secrets() string {
	var words []string
	for _, s := range v.Settings {
		if s.Secret {
			words = append(words, "the "+s.What)
		}
	}
	if len(words) == 1 {
		return words[0] + " and nothing else"
	}
	return strings.Join(words, " and ") + ", each in a line of its own"
}

// urlSetting is the base URL, which every vendor has.
func urlSetting() Setting { return Setting{Suffix: SuffixURL, What: "base URL"} }

// Suffixes of variables that mean the same for every vendor.
const (
	SuffixURL          = "URL"
	suffixKey          = "KEY"
	suffixOrganization = "ORGANIZATION"
)
