package crmtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/internal/crm"
)

// Lost names the values of a JSON text that are nowhere in a contact decoded from it. Times are compared as times, and
// a text of several parts, joined by ", ", may be several values of the contact.
func Lost(answer []byte, contact any) ([]string, error) {
	given, err := leaves(answer)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	decoded, err := json.Marshal(contact)
	if err != nil {
		return nil, fmt.Errorf("write the contact: %w", err)
	}
	kept, err := leaves(decoded)
	if err != nil {
		return nil, fmt.Errorf("read the contact: %w", err)
	}
	has := map[string]bool{}
	for _, l := range kept {
		has[l.value] = true
	}
	var lost []string
	for _, l := range given {
		parts := strings.Split(l.value, ", ")
		if !has[l.value] && slices.ContainsFunc(parts, func(p string) bool { return !has[p] }) {
			lost = append(lost, l.path+" = "+l.value)
		}
	}
	return lost, nil
}

// leaf is a value that is neither null nor composed.
type leaf struct{ path, value string }

func leaves(text []byte) ([]leaf, error) {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return walk("", v), nil
}

func walk(path string, v any) []leaf {
	var all []leaf
	switch v := v.(type) {
	case nil:
	case map[string]any:
		for name, item := range v {
			all = append(all, walk(path+"."+name, item)...)
		}
	case []any:
		for i, item := range v {
			all = append(all, walk(fmt.Sprintf("%s[%d]", path, i), item)...)
		}
	default:
		value := fmt.Sprint(v)
		if t := crm.ParseTime(value); !t.IsZero() {
			value = t.UTC().Format(time.RFC3339Nano)
		}
		all = append(all, leaf{path, value})
	}
	slices.SortFunc(all, func(a, b leaf) int { return strings.Compare(a.path, b.path) })
	return all
}
