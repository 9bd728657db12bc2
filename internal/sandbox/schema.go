package sandbox

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

// kind is the type of a field. The kinds up to object are those of JSON; the others are written in text, as forms
// and query strings do.
type kind int

const (
	text kind = iota
	number
	integer
	boolean
	moment // text that is an RFC 3339 date-time
	list
	object
	numeral // text that is a whole number
	flag    // text that is true or false
)

func (k kind) String() string {
	return [...]string{"a string", "a number", "an integer", "a boolean", "a date-time", "an array", "an object", "an integer", "true or false"}[k]
}

// field is what a vendor documents of one field. The zero value of a limit is no limit.
type field struct {
	name     string
	kind     kind
	required bool
	nullable bool
	readOnly bool
	min, max int // characters of a text, items of a list, value of a numeral
	notNeg   bool
	email    bool
	pattern  *regexp.Regexp
	words    []string // the only values
	item     *field   // of a list
	members  []field  // of an object
}

// schema is what a vendor documents of a request's body or query.
type schema struct {
	name   string // vendor and resource: "growcrm.contact"
	page   string // the vendor's page
	texts  bool   // a form or a query, where every value is text
	fields []field
}

// The ways to break a field's rule; they end the ids of rules.
const (
	badType     = "type"
	badMissing  = "required"
	badLength   = "length"
	badPattern  = "pattern"
	badRange    = "range"
	badWord     = "values"
	badUnknown  = "unknown"
	badReadOnly = "read-only"
)

// problem is a rule that a field breaks.
type problem struct {
	rule  string
	field string
	code  string
	want  string // what would do, in words
	text  string // the vendor's words where it documents them
}

// emailPattern is what HTML calls a valid e-mail address, with a dot in its domain.
func emailPattern() *regexp.Regexp {
	return regexp.MustCompile(`^[a-zA-Z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$`)
}

var validEmail = emailPattern() // never written

// check returns every rule that the values break. With partial, fields that are required elsewhere may be missing.
func (s *schema) check(values map[string]any, partial bool) []problem {
	return checkFields(s.name, "", s.fields, values, partial)
}

func checkFields(rule, path string, fields []field, values map[string]any, partial bool) []problem {
	var problems []problem
	for i := range fields {
		f := &fields[i]
		v, ok := values[f.name]
		if !ok && f.required && !partial {
			problems = append(problems, problem{rule: ruleID(rule, path+f.name, badMissing), field: path + f.name, code: badMissing, want: "must be given"})
		}
		if ok {
			problems = append(problems, f.check(rule, path+f.name, v)...)
		}
	}
	return append(problems, unknown(rule, path, fields, values)...)
}

func unknown(rule, path string, fields []field, values map[string]any) []problem {
	var problems []problem
	for name := range values {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			id := ruleID(rule, strings.TrimSuffix(path, "."), badUnknown)
			problems = append(problems, problem{rule: id, field: path + name, code: badUnknown, want: "must not be given: there is no such field"})
		}
	}
	slices.SortFunc(problems, func(a, b problem) int { return strings.Compare(a.field, b.field) })
	return problems
}

func ruleID(parts ...string) string {
	id := strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ".")
	return listIndex.ReplaceAllString(id, "[]")
}

// check returns the rules that value breaks; path names the field in messages.
func (f *field) check(rule, path string, value any) []problem {
	bad := func(code, want string, args ...any) []problem {
		return []problem{{rule: ruleID(rule, path, code), field: path, code: code, want: fmt.Sprintf(want, args...)}}
	}
	if f.readOnly {
		return bad(badReadOnly, "must not be given: it is read-only")
	}
	if value == nil {
		switch {
		case !f.nullable:
			return bad(badType, "must be %s", f.kind)
		case f.required:
			return bad(badMissing, "must be given")
		}
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		if f.kind == object {
			return checkFields(rule, path+".", f.members, v, false)
		}
	case []any:
		if f.kind == list {
			return f.checkList(rule, path, v, bad)
		}
	case bool:
		if f.kind == boolean {
			return nil
		}
	case json.Number:
		return f.checkNumber(v, bad)
	case string:
		return f.checkText(v, bad)
	}
	return bad(badType, "must be %s", f.kind)
}

var listIndex = regexp.MustCompile(`\[\d+\]`) // never written

type complain func(code, want string, args ...any) []problem

func (f *field) checkList(rule, path string, items []any, bad complain) []problem {
	if f.max > 0 && len(items) > f.max || len(items) < f.min {
		return bad(badLength, "must have %s items", span(f.min, f.max))
	}
	var problems []problem
	for i, item := range items {
		problems = append(problems, f.item.check(rule, fmt.Sprintf("%s[%d]", path, i), item)...)
	}
	return problems
}

func (f *field) checkNumber(n json.Number, bad complain) []problem {
	x, err := n.Float64()
	whole := err == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53
	if f.kind != number && f.kind != integer || err != nil || f.kind == integer && !whole {
		return bad(badType, "must be %s", f.kind)
	}
	if f.notNeg && x < 0 {
		return bad(badRange, "must be 0 or more")
	}
	return nil
}

func (f *field) checkText(s string, bad complain) []problem {
	switch f.kind {
	case numeral:
		return f.checkNumeral(s, bad)
	case flag:
		if s != "true" && s != "false" {
			return bad(badType, "must be %s", f.kind)
		}
		return nil
	case moment:
		if _, ok := parseMoment(s); !ok {
			return bad(badType, "must be %s", f.kind)
		}
		return nil
	case text:
		return f.checkString(s, bad)
	}
	return bad(badType, "must be %s", f.kind)
}

func (f *field) checkString(s string, bad complain) []problem {
	n := utf8.RuneCountInString(s)
	switch {
	case f.required && s == "":
		return bad(badMissing, "must be given")
	case n < f.min || f.max > 0 && n > f.max:
		return bad(badLength, "must have %s characters", span(f.min, f.max))
	case f.email && !validEmail.MatchString(s):
		return bad(badPattern, "must be an e-mail address")
	case f.pattern != nil && !f.pattern.MatchString(s):
		return bad(badPattern, "must match %s", f.pattern)
	case len(f.words) > 0 && !slices.Contains(f.words, s):
		return bad(badWord, "must be one of %s", strings.Join(f.words, ", "))
	}
	return nil
}

func (f *field) checkNumeral(s string, bad complain) []problem {
	n, err := strconv.Atoi(s)
	switch {
	case f.required && s == "":
		return bad(badMissing, "must be given")
	case err != nil:
		return bad(badType, "must be %s", f.kind)
	case n < f.min || f.max > 0 && n > f.max:
		return bad(badRange, "must be %s", span(f.min, f.max))
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

// parseMoment reads a date-time, or a date as the start of its day.
func parseMoment(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// rules lists the rules that the schema states.
func (s *schema) rules() []Rule { return fieldRules(s, "", s.fields) }

func fieldRules(s *schema, path string, fields []field) []Rule {
	rules := []Rule{{ID: ruleID(s.name, strings.TrimSuffix(path, "."), badUnknown), Text: "no other fields", Page: s.page}}
	for i := range fields {
		rules = append(rules, fields[i].rules(s, path+fields[i].name)...)
	}
	return rules
}

func (f *field) rules(s *schema, path string) []Rule {
	var rules []Rule
	state := func(holds bool, code, format string, args ...any) {
		if holds {
			rules = append(rules, Rule{ID: ruleID(s.name, path, code), Text: path + ": " + fmt.Sprintf(format, args...), Page: s.page})
		}
	}
	if f.readOnly {
		state(true, badReadOnly, "read-only")
		return rules
	}
	inText := f.kind == numeral
	state(f.typed(s), badType, "%s", f.kind)
	state(f.required, badMissing, "required")
	state(!inText && (f.min > 0 || f.max > 0), badLength, "%s long", span(f.min, f.max))
	state(inText && (f.min > 0 || f.max > 0), badRange, "%s", span(f.min, f.max))
	state(f.notNeg, badRange, "0 or more")
	state(f.email, badPattern, "an e-mail address")
	state(f.pattern != nil, badPattern, "matches %s", f.pattern)
	state(len(f.words) > 0, badWord, "one of %s", strings.Join(f.words, ", "))
	if f.item != nil {
		rules = append(rules, f.item.rules(s, path+"[]")...)
	}
	if f.kind == object {
		rules = append(rules, fieldRules(s, path+".", f.members)...)
	}
	return rules
}

// typed says whether a value of another type can be sent at all: everything in a form or a query is text.
func (f *field) typed(s *schema) bool {
	return !s.texts || f.kind == numeral || f.kind == flag || f.kind == moment
}
