package cli

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/cli/help"
	"crmferry/internal/cli/listing"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/cli/text/verdict"
)

// TestDocsJSON: docs/json.md lists each key of each document, with whether it may be left out and what type it is of.
func TestDocsJSON(t *testing.T) {
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]any{
		"Failures":            text.FailureJSON{},
		"error":               text.ErrorJSON{},
		"import, apply, undo": text.ImportJSON{},
		"account":             account.Identity{},
		"export":              text.ExportJSON{},
		"check":               verdict.CheckJSON{},
		"columns":             verdict.ColumnJSON{},
		"runs":                pastruns.RunJSON{},
		"accounts":            listing.AccountJSON{},
		"fields":              listing.FieldJSON{},
		"vendors":             listing.VendorJSON{},
		"version":             help.Build{},
	}
	found := 0
	for _, part := range regexp.MustCompile(`(?m)^#{2,3} `).Split(string(page), -1)[1:] {
		title, body, _ := strings.Cut(part, "\n")
		of, ok := sections[title]
		if !ok {
			t.Errorf("section %q is about no document", title)
			continue
		}
		found++
		var got []string
		for _, line := range strings.Split(body, "\n") {
			if cells := strings.Split(line, " | "); strings.HasPrefix(line, "| `") {
				got = append(got, strings.TrimPrefix(cells[0], "| ")+" "+cells[1])
			}
		}
		if want := documented(reflect.TypeOf(of)); !slices.Equal(got, want) {
			t.Errorf("section %q lists\n%s\nwant\n%s", title, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if found != len(sections) {
		t.Errorf("%d of %d documents are described", found, len(sections))
	}
}

// documented is how each key of a document has to be listed: "`rows` number", "`plan` * string".
func documented(of reflect.Type) (lines []string) {
	for i := range of.NumField() {
		name, options, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		line := "`" + name + "`"
		if options == "omitempty" {
			line += " *"
		}
		lines = append(lines, line+" "+kindOf(of.Field(i).Type))
	}
	return lines
}

func kindOf(t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return kindOf(t.Elem())
	case t.String() == "time.Time":
		return "time"
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "true, false"
	case reflect.Slice:
		return "list"
	case reflect.Map, reflect.Struct:
		return "object"
	}
	return "number"
}
