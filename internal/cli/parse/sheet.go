package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet/charset"
	"crmferry/mapping/cells/phones"
)

// OneOf refuses a value that is not one of those known; "" is always allowed.
func OneOf(flag, value string, known ...string) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return failure.Unknown("value for "+flag, value, humanize.Nearest(value, known), "known: "+strings.Join(known, ", "))
}

// Delimiter reads the value of --delimiter; 0 is the default.
func Delimiter(value string) (rune, error) {
	switch strings.ToLower(value) {
	case "":
		return 0, nil
	case "tab", `\t`:
		return '\t', nil
	}
	r, size := utf8.DecodeRuneInString(value)
	if size != len(value) || strings.ContainsRune("\"\r\n\uFFFD\uFEFF", r) {
		return 0, failure.Usage(`give one character, or tab: --delimiter ";"`, "--delimiter %q is not one character that can stand between cells", value)
	}
	return r, nil
}

// Encoding refuses the name of an encoding that is not known.
func Encoding(value string) error {
	if charset.Known(value) {
		return nil
	}
	var alike []string // with another number it is another encoding, and garbles
	for _, name := range charset.Names() {
		if digits(name) == digits(value) {
			alike = append(alike, name)
		}
	}
	return failure.Unknown("value for --encoding", value, humanize.Nearest(value, alike), "known: "+strings.Join(charset.Names(), ", "))
}

// digits are the digits of a text.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// Region refuses a country that phone numbers are not known of; "" is always allowed.
func Region(value string) error {
	if value == "" || phones.KnownRegion(phones.Region(value)) {
		return nil
	}
	return failure.Usage("give a country by its name or its two letters: US, NL, DE, GB, ...", "--region %q is not a country that phone numbers are known of", value)
}

// Replace refuses --replace of what is not a list.
func Replace(r account.Resource, names []string) error {
	var lists []string
	for _, f := range r.Fields() {
		if f.List && f.Writable {
			lists = append(lists, f.Name)
		}
	}
	for _, name := range names {
		if !slices.Contains(lists, name) {
			hint := r.ID() + " has no lists"
			if len(lists) > 0 {
				hint = "lists of " + r.ID() + ": " + strings.Join(lists, ", ")
			}
			return failure.Unknown("list for --replace", name, humanize.Nearest(name, lists), hint)
		}
	}
	return nil
}

// SplitLong refuses to split the texts of a resource of which none is split.
func SplitLong(r account.Resource, wanted bool, all []account.Resource) error {
	splits := func(r account.Resource) bool {
		for _, f := range r.Fields() {
			if f.CanSplit {
				return true
			}
		}
		return false
	}
	if !wanted || splits(r) {
		return nil
	}
	return failure.Usage("leave --split-long out: it splits the texts of "+listOf(all, splits), "%s: no --split-long: the texts of a %s cannot be put into several", r.ID(), r.Noun())
}

// KeepSourceID refuses to keep the ids of another program in a resource that has no place for them.
func KeepSourceID(r account.Resource, wanted string, all []account.Resource) error {
	keeps := func(r account.Resource) bool {
		for _, f := range r.Fields() {
			if f.KeepsOrigin {
				return true
			}
		}
		return false
	}
	if wanted == "" || keeps(r) {
		return nil
	}
	return failure.Usage("leave it out: the list of ids, FILE.ids.csv, says which id each row has got; "+listOf(all, keeps)+" have a place for it", "%s: no --keep-source-id: a %s has no place for the id of another program", r.ID(), r.Noun())
}

// listOf lists the resources that can do something.
func listOf(all []account.Resource, can func(account.Resource) bool) string {
	var ids []string
	for _, r := range all {
		if can(r) {
			ids = append(ids, r.ID())
		}
	}
	return humanize.List(ids)
}

// Table reads a file that a flag names, if it names one.
func Table[T any](path string, read func(path string) ([]T, error)) ([]T, error) {
	if path == "" {
		return nil, nil
	}
	if err := files.CheckReadable(path); err != nil {
		return nil, err
	}
	return read(path)
}
