package account

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// settings are what an account is reached by. They hold secrets: never print them whole.
type settings struct {
	place
	base         *url.URL
	keys         []string // the secret settings, in the vendor's order
	organization string
	warnings     []string // about how they are kept
}

// given are the values of settings as they were found.
type given struct {
	place
	values   map[string]string // by suffix; what is not given is not there
	warnings []string
}

// readSettings reads the settings of an account. All that are missing are named at once, with advice as the last hint on
// what to do about it; no error holds a value of a secret setting.
func readSettings(a Account, env Lookup, advice string) (settings, error) {
	g, err := find(a, env)
	if err != nil {
		return settings{}, err
	}
	s, missing, err := g.understand()
	if err == nil && len(missing) > 0 {
		err = missingSettings(g, missing, overruled(a, env), advice)
	}
	return s, err
}

// Check refuses settings of an account that cannot be right; some may still be missing.
func (e Entry) Check(a Account) error {
	g, err := fromEntry(a, Typed, e)
	if err == nil {
		_, _, err = g.understand()
	}
	return err
}

// settingsOf understands settings that were just given.
func settingsOf(a Account, e Entry) (settings, error) {
	g, err := fromEntry(a, Typed, e)
	if err != nil {
		return settings{}, err
	}
	s, missing, err := g.understand()
	if err == nil && len(missing) > 0 {
		err = missingSettings(g, missing)
	}
	return s, err
}

// find finds the settings of an account where they are.
func find(a Account, env Lookup) (*given, error) {
	if _, set := a.IsSet(env); set {
		return fromEnvironment(a, env)
	}
	kept, err := ReadKept(env)
	if err != nil {
		return nil, err
	}
	if entry, ok := kept.Accounts[a.ID()]; ok {
		return fromEntry(a, InFile, entry)
	}
	return &given{place: place{a, Nowhere}}, nil
}

// overruled says that an account is kept which variables take the place of, "" if it is not.
func overruled(a Account, env Lookup) string {
	variable, set := a.IsSet(env)
	kept, err := ReadKept(env)
	if err != nil || !set || kept.Accounts[a.ID()] == nil {
		return ""
	}
	return fmt.Sprintf("what is kept of %s does not count while %s is set", a.ID(), variable)
}

// understand makes settings of what was given. missing are those that are not there.
func (g *given) understand() (s settings, missing []Setting, err error) {
	s = settings{place: g.place, warnings: g.warnings}
	for _, set := range g.account.Vendor.Settings {
		value := g.values[set.Suffix]
		if value == "" && set.Suffix == SuffixURL {
			value = g.account.Vendor.DefaultURL
		}
		if value == "" && !set.Optional {
			missing = append(missing, set)
		}
		if strings.Trim(value, "0123456789") != "" && set.Number {
			// Not quoted: it may be a key in the wrong place.
			return settings{}, nil, failure.Usage(g.name(set)+" is "+set.What, "the value of %s is not a number", g.name(set))
		}
		switch {
		case set.Suffix == SuffixURL && value != "":
			if s.base, err = g.parseBase(set, value); err != nil {
				return settings{}, nil, err
			}
		case set.Suffix == suffixOrganization:
			s.organization = value
		case set.Secret:
			s.keys = append(s.keys, value)
		}
	}
	return s, missing, nil
}

// missingSettings names what is missing, where it is made or found, and how it is given.
func missingSettings(g *given, missing []Setting, further ...string) error {
	v := g.account.Vendor
	var names, hints []string
	key := ""
	for _, set := range missing {
		name := g.name(set)
		names = append(names, name)
		switch {
		case set.Secret && key == "":
			key = name
			hints = append(hints, fmt.Sprintf("keys are made in %s under %s", v.Name, v.KeyMadeAt))
			if g.source != InFile {
				hints[len(hints)-1] += fmt.Sprintf(" (%s=PATH reads one from a file)", key+FileSuffix)
			}
		case set.Suffix == SuffixURL:
			hints = append(hints, fmt.Sprintf("%s is %s", name, v.URLHint))
		case !set.Secret:
			hints = append(hints, fmt.Sprintf("%s is %s", name, set.What))
		}
	}
	for _, hint := range further {
		if hint != "" {
			hints = append(hints, hint)
		}
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	return failure.Usage(strings.Join(hints, "; "), "%s %s not set", humanize.List(names), verb)
}

// cleanValue is the value of a setting without what is around it. from is where it comes from.
func cleanValue(value, from string, secret bool) (string, error) {
	value = strings.TrimSpace(strings.TrimPrefix(value, "\ufeff"))
	for _, r := range value {
		// The value is not quoted: it may be a secret.
		if unicode.IsControl(r) {
			return "", failure.Usage("it must be one line with nothing but the value", "the value of %s holds a line break or another control character", from)
		}
		if secret && r > unicode.MaxASCII {
			return "", failure.Usage("copy the key again from where it was made", "the value of %s holds a character that no key has", from)
		}
	}
	return value, nil
}
