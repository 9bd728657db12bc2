package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"strings"
	"unicode"

	"crmferry/internal/transport"
)

// settings are what an account is reached by, read from the environment. They hold secrets: never print them whole.
type settings struct {
	vendor       *vendor
	base         *url.URL
	keys         []string // the secret settings, in the vendor's order
	organization string
}

// lookup finds a variable of the environment, as os.LookupEnv does.
type lookup func(name string) (string, bool)

// fileSuffix names the variable that names the file that holds the value.
const fileSuffix = "_FILE"

// maxSecretFile bounds what is read of a file with a setting, in bytes: a key is short, a wrong path may lead anywhere.
const maxSecretFile = 64 << 10

// readSettings reads the settings of a vendor. All that are missing are named at once; no error holds a value of a
// secret setting.
func readSettings(v *vendor, env lookup) (settings, error) {
	s := settings{vendor: v}
	var missing []setting
	for _, set := range v.Settings {
		value, err := readVariable(v.variable(set.Suffix), set.Secret, env)
		if err != nil {
			return settings{}, err
		}
		if value == "" && set.Suffix == suffixURL {
			value = v.DefaultURL
		}
		if value == "" && !set.Optional {
			missing = append(missing, set)
		}
		if strings.Trim(value, "0123456789") != "" && set.Number {
			return settings{}, usageError(v.variable(set.Suffix)+" is "+set.What, "%s=%q is not a number", v.variable(set.Suffix), value)
		}
		switch {
		case set.Suffix == suffixURL && value != "":
			if s.base, err = parseBase(v, value); err != nil {
				return settings{}, err
			}
		case set.Suffix == suffixOrganization:
			s.organization = value
		case set.Secret:
			s.keys = append(s.keys, value)
		}
	}
	if len(missing) > 0 {
		return settings{}, missingSettings(v, missing)
	}
	return s, nil
}

// missingSettings names what is missing, where it is made or found, and how it is given.
func missingSettings(v *vendor, missing []setting) error {
	var names, hints []string
	key := ""
	for _, set := range missing {
		name := v.variable(set.Suffix)
		names = append(names, name)
		switch {
		case set.Secret && key == "":
			key = name
			hints = append(hints, fmt.Sprintf("keys are made in %s under %s (%s=PATH reads one from a file)", v.Name, v.KeyMadeAt, key+fileSuffix))
		case set.Suffix == suffixURL:
			hints = append(hints, fmt.Sprintf("%s is %s", name, v.URLHint))
		case !set.Secret:
			hints = append(hints, fmt.Sprintf("%s is %s", name, set.What))
		}
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	hints = append(hints, "--sandbox needs none")
	return usageError(strings.Join(hints, "; "), "%s %s not set", listed(names), verb)
}

// listed is "a", "a and b", "a, b and c".
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// readVariable reads a setting from its variable or from the file that NAME_FILE names; "" if neither is set.
func readVariable(name string, secret bool, env lookup) (string, error) {
	value, _ := env(name)
	path, _ := env(name + fileSuffix)
	from := name
	switch {
	case value != "" && path != "":
		return "", usageError("unset one of them", "both %s and %s are set", name, name+fileSuffix)
	case path != "":
		// The path is not quoted: people put the key itself where its file should be named.
		from = name + fileSuffix
		data, err := readSecretFile(path)
		if err != nil {
			return "", usageError("it must name a file that holds nothing but the value", "read the file that %s names: %v", from, err)
		}
		if value = strings.TrimSpace(data); value == "" {
			return "", usageError("put the value into it", "the file that %s names is empty", from)
		}
	}
	value = strings.TrimSpace(value)
	for _, r := range value {
		// The value is not quoted: it may be a secret.
		if unicode.IsControl(r) {
			return "", usageError("it must be one line with nothing but the value", "the value of %s holds a line break or another control character", from)
		}
		if secret && r > unicode.MaxASCII {
			return "", usageError("copy the key again from where it was made", "the value of %s holds a character that no key has", from)
		}
	}
	return value, nil
}

// readSecretFile reads a short file. Its errors do not hold the path.
func readSecretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, maxSecretFile+1)); err == nil && len(data) <= maxSecretFile {
			return string(data), nil
		}
	}
	if err == nil {
		return "", fmt.Errorf("it is longer than %d bytes", maxSecretFile)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return "", pathErr.Err
	}
	return "", err
}

// parseBase checks a base URL. Its value is quoted only once it is sure to hold no password.
func parseBase(v *vendor, value string) (*url.URL, error) {
	name := v.variable(suffixURL)
	hint := fmt.Sprintf("%s is %s", name, v.URLHint)
	u, err := url.Parse(value)
	if strings.Contains(value, "@") {
		return nil, usageError("the key has variables of its own: "+v.keyNames(), "the value of %s holds a user name or password", name)
	}
	switch {
	case !strings.ContainsAny(value, ".:/") && !transport.IsThisMachine(value):
		// Not quoted: it may be a key that was put into the wrong variable.
		return nil, usageError(hint, "the value of %s is not a URL", name)
	case !strings.Contains(value, "://"):
		return nil, usageError(fmt.Sprintf("did you mean %q?", guessScheme(value)+value), "%s=%q has no scheme", name, value)
	case err != nil:
		return nil, usageError(hint, "%s=%q is not a URL", name, value)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, usageError(hint, "%s=%q has the scheme %q, only https is understood", name, value, u.Scheme)
	case u.Hostname() == "":
		return nil, usageError(hint, "%s=%q names no host", name, value)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, usageError("leave out what follows the path", "%s=%q holds more than host and path", name, value)
	case u.Scheme == "http" && !transport.IsThisMachine(u.Hostname()):
		return nil, usageError(fmt.Sprintf("use %q", "https"+strings.TrimPrefix(value, "http")),
			"%s=%q would send the key in clear to another machine", name, value)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}

func guessScheme(value string) string {
	host, _, _ := strings.Cut(value, "/")
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if transport.IsThisMachine(host) {
		return "http://"
	}
	return "https://"
}
