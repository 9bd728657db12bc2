package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// unpublishedLimit is the limit of vendors that publish none.
func unpublishedLimit() *window { return &window{limit: 100, span: 10 * time.Second} }

// retryAfter is a wait as whole seconds, rounded up.
func retryAfter(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

// orNil is null for an empty string.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func decimal(seq int) string { return fmt.Sprint(seq) }

// str is a text of a checked body, "" if it is absent or null.
func str(body map[string]any, name string) string {
	s, _ := body[name].(string)
	return s
}

// texts are the items of a checked list of texts.
func texts(items []any) []string {
	all := make([]string, 0, len(items))
	for _, item := range items {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

func anyList(v any) []any {
	items, _ := v.([]any)
	return items
}

// whole is a checked integer, 0 if there is none.
func whole(v any) int {
	n, _ := v.(json.Number)
	f, _ := n.Float64()
	return int(f)
}
