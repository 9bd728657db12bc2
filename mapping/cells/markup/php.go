package markup

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// phpArray finds a list as PHP stores it: a:2:{i:0;s:3:"VIP";i:1;s:5:"Buyer";}.
var phpArray = regexp.MustCompile(`^a:\d+:\{.*\}$`)

// phpList is such a list as JSON; one that is no list of texts, as a list of objects.
func phpList(v string) string {
	const objects = `[{"":""}]`
	inner := v[strings.IndexByte(v, '{')+1 : len(v)-1]
	items := []string{}
	for inner != "" {
		key, numbered, rest, ok := phpText(inner)
		if !ok {
			return objects
		}
		value, isNumber, after, ok := phpText(rest)
		switch {
		case ok && numbered && !isNumber:
			items = append(items, value)
		case !ok && !numbered && strings.HasPrefix(rest, "b:1;"): // of what a person is: s:10:"subscriber";b:1;
			items, after = append(items, key), rest[len("b:1;"):]
		default:
			return objects
		}
		inner = after
	}
	list, err := json.Marshal(items)
	if err != nil {
		return objects
	}
	return string(list)
}

// phpText cuts a text off, whose length in bytes stands before it, or a number.
func phpText(v string) (text string, number bool, rest string, ok bool) {
	kind, after, ok := strings.Cut(v, ":")
	if !ok || kind != "i" && kind != "s" {
		return "", false, v, false
	}
	if kind == "i" {
		text, rest, ok = strings.Cut(after, ";")
		return text, true, rest, ok
	}
	length, after, _ := strings.Cut(after, ":")
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || len(after) < n+len(`"";`) || after[0] != '"' || after[n+1] != '"' || after[n+2] != ';' {
		return "", false, v, false
	}
	return after[1 : n+1], false, after[n+3:], true
}
