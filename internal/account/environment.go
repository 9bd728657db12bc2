package account

import (
	"fmt"
	"strings"

	"crmferry/internal/failure"
)

// Lookup finds a variable of the environment, as os.LookupEnv does.
type Lookup func(name string) (string, bool)

// FileSuffix names the variable that names the file that holds the value.
const FileSuffix = "_FILE"

// IsSet reports whether a variable of the account is set, and names the first one.
func (a Account) IsSet(env Lookup) (variable string, set bool) {
	for _, s := range a.Vendor.Settings {
		for _, name := range []string{a.Variable(s.Suffix), a.Variable(s.Suffix) + FileSuffix} {
			if value, _ := env(name); value != "" {
				return name, true
			}
		}
	}
	return "", false
}

// Lookup reads a setting of the account from its variable or from the file that one names; "" if neither is set.
func (a Account) Lookup(s Setting, env Lookup) (string, error) {
	return readVariable(a.Variable(s.Suffix), s.Secret, env)
}

// fromEnvironment reads the variables of an account, and the files that they name.
func fromEnvironment(a Account, env Lookup) (*given, error) {
	g := &given{place: place{a, Environment}, values: map[string]string{}}
	for _, set := range a.Vendor.Settings {
		value, err := a.Lookup(set, env)
		if err != nil {
			return nil, err
		}
		g.values[set.Suffix] = value
		name := a.Variable(set.Suffix) + FileSuffix
		if path, _ := env(name); set.Secret && readByOthers(path) {
			g.warnings = append(g.warnings, fmt.Sprintf("other users of this machine can read the file that %s names: chmod 600 \"$%s\"", name, name))
		}
	}
	return g, nil
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
	return cleanValue(value, from, secret)
}
