// Package lists merges, compares and shows the values of fields that hold several.
package lists

import (
	"slices"
	"strings"

	"crmferry/mapping/cells/words"
	"crmferry/mapping/headers"
)

// Merge returns what have becomes: with what want adds, or just what want says (then, or if want is empty, which
// clears). Values known already are kept as they are, because they may carry more than a row can say. It shares no
// memory with have.
func Merge[V any](have, want []V, replace bool, like Like[V]) []V {
	if len(want) == 0 {
		return nil
	}
	var merged []V
	if !replace {
		merged = slices.Clone(have)
	}
	known := newSet(have, like)
	for _, w := range want {
		if i := known.find(w); i < 0 {
			merged = append(merged, w)
		} else if replace {
			merged = append(merged, have[i])
		}
	}
	return merged
}

// SameSet reports whether two lists hold the same values, in any order.
func SameSet[V any](a, b []V, like Like[V]) bool {
	return len(without(a, b, like)) == 0 && len(without(b, a, like)) == 0
}

// Join shows a list as one cell that words.SplitAll reads back, without values that are blank.
func Join[V any](values []V, show func(V) string) string {
	shown := make([]string, 0, len(values))
	for _, v := range values {
		if s := show(v); headers.Clean(s) != "" {
			shown = append(shown, words.Quote(s))
		}
	}
	return strings.Join(shown, "; ")
}

// JoinEach joins facts about the values of a list, in their order; all "" makes "".
func JoinEach(n int, fact func(i int) string) string {
	facts := make([]string, n)
	empty := true
	for i := range facts {
		facts[i] = words.Quote(fact(i))
		empty = empty && facts[i] == ""
	}
	if empty {
		return ""
	}
	return strings.Join(facts, "; ")
}

// WithFacts puts what is known of a value behind it, in the form that the fields of e-mails and phones leave aside.
func WithFacts(value string, facts ...string) string {
	facts = slices.DeleteFunc(facts, func(f string) bool { return f == "" })
	if len(facts) == 0 {
		return value
	}
	return value + " (" + strings.Join(facts, "/") + ")"
}

// WithoutFacts is a joined list of values that WithFacts wrote, without the facts, and apart the values that one of them is
// about, such as bad.
func WithoutFacts(list, fact string) (kept, apart string) {
	var keep, without []string
	for _, item := range strings.Split(list, "; ") {
		value, facts, ok := strings.Cut(strings.TrimSuffix(item, ")"), " (")
		if ok && slices.Contains(strings.Split(facts, "/"), fact) {
			without = append(without, value)
		} else {
			keep = append(keep, value)
		}
	}
	return strings.Join(keep, "; "), strings.Join(without, "; ")
}

// Fact is a word for WithFacts, if it is so.
func Fact(is bool, word string) string {
	if is {
		return word
	}
	return ""
}
