package api

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// UnpublishedLimit is the limit of vendors that publish none.
func UnpublishedLimit() *Window { return &Window{Limit: 100, Span: 10 * time.Second} }

// RetryAfter is a wait as whole seconds, rounded up.
func RetryAfter(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

// OrNil is null for an empty string.
func OrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Decimal is a record's number as its id.
func Decimal(seq int) string { return fmt.Sprint(seq) }

// Str is a text of a checked body, "" if it is absent or null.
func Str(body map[string]any, name string) string {
	s, _ := body[name].(string)
	return s
}

// Texts are the items of a checked list of texts.
func Texts(items []any) []string {
	all := make([]string, 0, len(items))
	for _, item := range items {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// AnyList is a decoded list, nil if the value is none.
func AnyList(v any) []any {
	items, _ := v.([]any)
	return items
}

// Whole is a checked integer, 0 if there is none.
func Whole(v any) int {
	n, _ := v.(json.Number)
	f, _ := n.Float64()
	return int(f)
}
