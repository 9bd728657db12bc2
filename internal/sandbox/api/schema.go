package api

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind is the type of a field. The kinds up to object are those of JSON; the others are written in text, as forms
// and query strings do.
type Kind int

const (
	Text Kind = iota
	Number
	Integer
	Boolean
	DateTime // text that is an RFC 3339 date-time
	List
	Object
	Numeral // text that is a whole number
	Flag    // text that is true or false
)

func (k Kind) String() string {
	return [...]string{"a string", "a number", "an integer", "a boolean", "a date-time", "an array", "an object", "an integer", "true or false"}[k]
}

// Field is what a vendor documents of one field. The zero value of a limit is no limit.
type Field struct {
	Name     string
	Kind     Kind
	Required bool
	Nullable bool
	ReadOnly bool
	Min, Max int // characters of a text, items of a list, value of a numeral
	NotNeg   bool
	Email    bool
	Pattern  *regexp.Regexp
	Words    []string // the only values
	Item     *Field   // of a list
	Members  []Field  // of an object
}

// Schema is what a vendor documents of a request's body or query.
type Schema struct {
	Name   string // vendor and resource: "growcrm.contact"
	Page   string // the vendor's page
	Texts  bool   // a form or a query, where every value is text
	Fields []Field
}

// The ways to break a field's rule; they end the ids of rules.
const (
	BadType     = "type"
	BadMissing  = "required"
	badLength   = "length"
	badPattern  = "pattern"
	badRange    = "range"
	badWord     = "values"
	BadUnknown  = "unknown"
	BadReadOnly = "read-only"
)

// Problem is a rule that a field breaks.
type Problem struct {
	Rule  string
	Field string
	Code  string
	Want  string // what would do, in words
	Text  string // the vendor's words where it documents them
}

// emailPattern is what HTML calls a valid e-mail address, with a dot in its domain.
func emailPattern() *regexp.Regexp {
	return regexp.MustCompile(`^[a-zA-Z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$`)
}

var validEmail = emailPattern() // never written

// check returns every rule that the values break. With partial, fields that are required elsewhere may be missing.
func (s *Schema) check(values map[string]any, partial bool) []Problem {
	return checkFields(s.Name, "", s.Fields, values, partial)
}

func checkFields(rule, path string, fields []Field, values map[string]any, partial bool) []Problem {
	var problems []Problem
	for i := range fields {
		f := &fields[i]
		v, ok := values[f.Name]
		if !ok && f.Required && !partial {
			problems = append(problems, Problem{Rule: ruleID(rule, path+f.Name, BadMissing), Field: path + f.Name, Code: BadMissing, Want: "must be given"})
		}
		if ok {
			problems = append(problems, f.check(rule, path+f.Name, v)...)
		}
	}
	return append(problems, unknown(rule, path, fields, values)...)
}

func unknown(rule, path string, fields []Field, values map[string]any) []Problem {
	var problems []Problem
	for name := range values {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name }) {
			id := ruleID(rule, strings.TrimSuffix(path, "."), BadUnknown)
			problems = append(problems, Problem{Rule: id, Field: path + name, Code: BadUnknown, Want: "must not be given: there is no such field"})
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.Field, b.Field) })
	return problems
}

func ruleID(parts ...string) string {
	id := strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ".")
	return listIndex.ReplaceAllString(id, "[]")
}

// check returns the rules that value breaks; path names the field in messages.
func (f *Field) check(rule, path string, value any) []Problem {
	bad := func(code, want string, args ...any) []Problem {
		return []Problem{{Rule: ruleID(rule, path, code), Field: path, Code: code, Want: fmt.Sprintf(want, args...)}}
	}
	if f.ReadOnly {
		return bad(BadReadOnly, "must not be given: it is read-only")
	}
	if value == nil {
		switch {
		case !f.Nullable:
			return bad(BadType, "must be %s", f.Kind)
		case f.Required:
			return bad(BadMissing, "must be given")
		}
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		if f.Kind == Object {
			return checkFields(rule, path+".", f.Members, v, false)
		}
	case []any:
		if f.Kind == List {
			return f.checkList(rule, path, v, bad)
		}
	case bool:
		if f.Kind == Boolean {
			return nil
		}
	case json.Number:
		return f.checkNumber(v, bad)
	case string:
		return f.checkText(v, bad)
	}
	return bad(BadType, "must be %s", f.Kind)
}

var listIndex = regexp.MustCompile(`\[\d+\]`) // never written

type complain func(code, want string, args ...any) []Problem

func (f *Field) checkList(rule, path string, items []any, bad complain) []Problem {
	if f.Max > 0 && len(items) > f.Max || len(items) < f.Min {
		return bad(badLength, "must have %s items", span(f.Min, f.Max))
	}
	var problems []Problem
	for i, item := range items {
		problems = append(problems, f.Item.check(rule, fmt.Sprintf("%s[%d]", path, i), item)...)
	}
	return problems
}

func (f *Field) checkNumber(n json.Number, bad complain) []Problem {
	x, err := n.Float64()
	whole := err == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53
	if f.Kind != Number && f.Kind != Integer || err != nil || f.Kind == Integer && !whole {
		return bad(BadType, "must be %s", f.Kind)
	}
	if f.NotNeg && x < 0 {
		return bad(badRange, "must be 0 or more")
	}
	return nil
}

func (f *Field) checkText(s string, bad complain) []Problem {
	switch f.Kind {
	case Numeral:
		return f.checkNumeral(s, bad)
	case Flag:
		if s != "true" && s != "false" {
			return bad(BadType, "must be %s", f.Kind)
		}
		return nil
	case DateTime:
		if _, ok := ParseMoment(s); !ok {
			return bad(BadType, "must be %s", f.Kind)
		}
		return nil
	case Text:
		return f.checkString(s, bad)
	}
	return bad(BadType, "must be %s", f.Kind)
}

func (f *Field) checkString(s string, bad complain) []Problem {
	n := utf8.RuneCountInString(s)
	switch {
	case f.Required && s == "":
		return bad(BadMissing, "must be given")
	case n < f.Min || f.Max > 0 && n > f.Max:
		return bad(badLength, "must have %s characters", span(f.Min, f.Max))
	case f.Email && !validEmail.MatchString(s):
		return bad(badPattern, "must be an e-mail address")
	case f.Pattern != nil && !f.Pattern.MatchString(s):
		return bad(badPattern, "must match %s", f.Pattern)
	case len(f.Words) > 0 && !slices.Contains(f.Words, s):
		return bad(badWord, "must be one of %s", strings.Join(f.Words, ", "))
	}
	return nil
}

func (f *Field) checkNumeral(s string, bad complain) []Problem {
	n, err := strconv.Atoi(s)
	switch {
	case f.Required && s == "":
		return bad(BadMissing, "must be given")
	case err != nil:
		return bad(BadType, "must be %s", f.Kind)
	case n < f.Min || f.Max > 0 && n > f.Max:
		return bad(badRange, "must be %s", span(f.Min, f.Max))
	}
	return nil
}

func span(min, max int) string {
	switch {
	case max == 0:
		return fmt.Sprintf("at least %d", min)
	case min == 0:
		return fmt.Sprintf("at most %d", max)
	}
	return fmt.Sprintf("%d to %d", min, max)
}

// ParseMoment reads a date-time, or a date as the start of its day.
func ParseMoment(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// Rules lists the rules that the schema states.
func (s *Schema) Rules() []Rule { return fieldRules(s, "", s.Fields) }

func fieldRules(s *Schema, path string, fields []Field) []Rule {
	rules := []Rule{{ID: ruleID(s.Name, strings.TrimSuffix(path, "."), BadUnknown), Text: "no other fields", Page: s.Page}}
	for i := range fields {
		rules = append(rules, fields[i].Rules(s, path+fields[i].Name)...)
	}
	return rules
}

func (f *Field) Rules(s *Schema, path string) []Rule {
	var rules []Rule
	state := func(holds bool, code, format string, args ...any) {
		if holds {
			rules = append(rules, Rule{ID: ruleID(s.Name, path, code), Text: path + ": " + fmt.Sprintf(format, args...), Page: s.Page})
		}
	}
	if f.ReadOnly {
		state(true, BadReadOnly, "read-only")
		return rules
	}
	inText := f.Kind == Numeral
	state(f.typed(s), BadType, "%s", f.Kind)
	state(f.Required, BadMissing, "required")
	state(!inText && (f.Min > 0 || f.Max > 0), badLength, "%s long", span(f.Min, f.Max))
	state(inText && (f.Min > 0 || f.Max > 0), badRange, "%s", span(f.Min, f.Max))
	state(f.NotNeg, badRange, "0 or more")
	state(f.Email, badPattern, "an e-mail address")
	state(f.Pattern != nil, badPattern, "matches %s", f.Pattern)
	state(len(f.Words) > 0, badWord, "one of %s", strings.Join(f.Words, ", "))
	if f.Item != nil {
		rules = append(rules, f.Item.Rules(s, path+"[]")...)
	}
	if f.Kind == Object {
		rules = append(rules, fieldRules(s, path+".", f.Members)...)
	}
	return rules
}

// typed reports whether a value of another type can be sent at all: everything in a form or a query is text.
func (f *Field) typed(s *Schema) bool {
	return !s.Texts || f.Kind == Numeral || f.Kind == Flag || f.Kind == DateTime
}
