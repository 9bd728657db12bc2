package account

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// settings are what an account is reached by, read from the environment. They hold secrets: never print them whole.
type settings struct {
	account      Account
	base         *url.URL
	keys         []string // the secret settings, in the vendor's order
	organization string
	warnings     []string // about how they are kept
}

// Lookup finds a variable of the environment, as os.LookupEnv does.
type Lookup func(name string) (string, bool)

// FileSuffix names the variable that names the file that holds the value.
const FileSuffix = "_FILE"

// readSettings reads the settings of an account. All that are missing are named at once, with advice as the last hint on
// what to do about it; no error holds a value of a secret setting.
func readSettings(a Account, env Lookup, advice string) (settings, error) {
	s, v := settings{account: a}, a.Vendor
	var missing []Setting
	for _, set := range v.Settings {
		value, err := readVariable(a.Variable(set.Suffix), set.Secret, env)
		if err != nil {
			return settings{}, err
		}
		if path, _ := env(a.Variable(set.Suffix) + FileSuffix); set.Secret && readByOthers(path) {
			name := a.Variable(set.Suffix) + FileSuffix
			s.warnings = append(s.warnings, fmt.Sprintf("other users of this machine can read the file that %s names: chmod 600 \"$%s\"", name, name))
		}
		if value == "" && set.Suffix == SuffixURL {
			value = v.DefaultURL
		}
		if value == "" && !set.Optional {
			missing = append(missing, set)
		}
		if strings.Trim(value, "0123456789") != "" && set.Number {
			return settings{}, failure.Usage(a.Variable(set.Suffix)+" is "+set.What, "the value of %s is not a number", a.Variable(set.Suffix)) // not quoted: it may be a key in the wrong variable
		}
		switch {
		case set.Suffix == SuffixURL && value != "":
			if s.base, err = parseBase(a, value); err != nil {
				return settings{}, err
			}
		case set.Suffix == suffixOrganization:
			s.organization = value
		case set.Secret:
			s.keys = append(s.keys, value)
		}
	}
	if len(missing) > 0 {
		return settings{}, missingSettings(a, missing, advice)
	}
	return s, nil
}

// missingSettings names what is missing, where it is made or found, and how it is given.
func missingSettings(a Account, missing []Setting, advice string) error {
	v := a.Vendor
	var names, hints []string
	key := ""
	for _, set := range missing {
		name := a.Variable(set.Suffix)
		names = append(names, name)
		switch {
		case set.Secret && key == "":
			key = name
			hints = append(hints, fmt.Sprintf("keys are made in %s under %s (%s=PATH reads one from a file)", v.Name, v.KeyMadeAt, key+FileSuffix))
		case set.Suffix == SuffixURL:
			hints = append(hints, fmt.Sprintf("%s is %s", name, v.URLHint))
		case !set.Secret:
			hints = append(hints, fmt.Sprintf("%s is %s", name, set.What))
		}
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	return failure.Usage(strings.Join(append(hints, advice), "; "), "%s %s not set", humanize.List(names), verb)
}

// readVariable reads a setting from its variable or from the file that NAME_FILE names; "" if neither is set.
func readVariable(name string, secret bool, env Lookup) (string, error) {
	value, _ := env(name)
	path, _ := env(name + FileSuffix)
	from := name
	switch {
	case value != "" && path != "":
		return "", failure.Usage("unset one of them", "both %s and %s are set", name, name+FileSuffix)
	case path != "":
		// The path is not quoted: people put the key itself where its file should be named.
		from = name + FileSuffix
		data, err := readSecretFile(path)
		if err != nil {
			return "", failure.Usage("it must name a file that holds nothing but the value", "read the file that %s names: %v", from, err)
		}
		if value = strings.TrimSpace(data); value == "" {
			return "", failure.Usage("put the value into it", "the file that %s names is empty", from)
		}
	}
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
