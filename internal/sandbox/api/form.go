package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// FormMedia is the content type of a form.
const FormMedia = "application/x-www-form-urlencoded"

func decode(media string, raw []byte) (map[string]any, bool) {
	if media == FormMedia {
		form, err := url.ParseQuery(string(raw))
		return formValues(form), err == nil
	}
	var body map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&body) != nil || body == nil {
		return nil, false
	}
	_, err := d.Token()
	return body, err == io.EOF
}

var numbered = regexp.MustCompile(`\[\d+\]$`) // never written

// formValues turns a form or query into values: names that end in [] are lists, and so are those that end in [0], [1];
// of the others the last one counts.
func formValues(form url.Values) map[string]any {
	values := make(map[string]any, len(form))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		all := form[name]
		list := numbered.ReplaceAllString(name, "[]")
		if !strings.HasSuffix(list, "[]") {
			values[name] = all[len(all)-1]
			continue
		}
		for _, item := range all {
			values[list] = append(AnyList(values[list]), item)
		}
	}
	return values
}

// asForm is a JSON object as the form that says the same.
func asForm(body map[string]any) map[string]any {
	values := make(map[string]any, len(body))
	for name, v := range body {
		switch v := v.(type) {
		case []any:
			values[name+"[]"] = v
		case json.Number:
			values[name] = fmt.Sprint(v)
		default:
			values[name] = v
		}
	}
	return values
}
