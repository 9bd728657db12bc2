package cells

import (
	"slices"
	"strings"
	"testing"
)

func TestEmails(t *testing.T) {
	good := []string{"jan@example.com", "Jan.de.Vries+crm@sub.example.org", "o'neil@example.com", "a_b-c@ex-ample.co.uk", "jan@müller.example", strings.Repeat("a", 64) + "@example.com"}
	bad := []string{"jan", "jan@", "@example.com", "jan@example", "jan..x@example.com", ".jan@example.com", "jan.@example.com", "jan@example..com",
		"jan@-example.com", "jan@example-.com", "jan@example.com.", "jan x@example.com", "jan＠example.com", "jan@exa_mple.com", "jän@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com", strings.Repeat("a", 60) + "@" + strings.Repeat("abcdefgh.", 24) + "com"}
	for _, v := range good {
		if !IsEmail(v) {
			t.Errorf("%q is an address", v)
		}
	}
	for _, v := range bad {
		if IsEmail(v) {
			t.Errorf("%q is no address", v)
		}
	}
	cells := map[string][]string{
		"Jan de Vries <jan@example.com>":             {"jan@example.com"},
		"mailto:jan@example.com":                     {"jan@example.com"},
		"smtp: jan@example.com":                      {"jan@example.com"},
		"<> <jan@example.com>":                       {"jan@example.com"},
		"SMTP:jan@example.com":                       {"jan@example.com"},
		"smtp:":                                      nil,
		"mailto: mailto:":                            nil,
		"[Jan](mailto:jan@example.com)":              {"jan@example.com"},
		"jan@example.com; piet@example.org":          {"jan@example.com", "piet@example.org"},
		"jan@example.com / piet@example.org":         {"jan@example.com", "piet@example.org"},
		"jan@example.com ::: piet@example.org":       {"jan@example.com", "piet@example.org"},
		"Jan <jan@example.com>, <piet@example.org>":  {"jan@example.com", "piet@example.org"},
		"jan@example.com geen":                       {"jan@example.com"},
		"jan@example.com thuis":                      nil,
		"Jan <jan>":                                  nil,
		"'jan@example.com":                           {"jan@example.com"},
		"'jan@example.com'":                          {"jan@example.com"},
		"`jan@example.com":                           {"jan@example.com"},
		"=jan@example.com":                           {"jan@example.com"},
		`="jan@example.com"`:                         {"jan@example.com"},
		`"=""jan@example.com"""`:                     {"jan@example.com"},
		`"jan@example.com"`:                          {"jan@example.com"},
		"’jan@example.com":                           {"jan@example.com"},
		"‘jan@example.com’":                          {"jan@example.com"},
		"'jan@example.com; 'piet@example.org":        {"jan@example.com", "piet@example.org"},
		"Jan <'jan@example.com'>":                    {"jan@example.com"},
		"o'neil@example.com":                         {"o'neil@example.com"},
		"mailto:jan@example.com?subject=Hello":       {"jan@example.com"},
		`=HYPERLINK("mailto:jan@example.com","Jan")`: {"jan@example.com"},
		"'jan": nil,
		"=":    nil,
		"<":    nil,
		"n/a":  nil,
	}
	for cell, want := range cells {
		got, n := ReadEmails(cell, nil, 0)
		if n.OK() != (want != nil) || n.OK() && !slices.Equal(got, want) {
			t.Errorf("%q: got %q %v, want %q", cell, got, n.OK(), want)
		}
	}
}

func FuzzEmail(f *testing.F) {
	for _, v := range []string{"jan@example.com", "Jan <jan@example.com>", "a@b.c; d@e.f", "<", "mailto:", "smtp: a@b.c", "<> <a@b.c>", "[a](mailto:a@b.c)", "@", "'a@b.c", `="a@b.c"`, `=HYPERLINK("mailto:a@b.c","A")`} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		list, n := ReadEmails(v, nil, 0)
		if n.OK() && len(list) == 0 {
			t.Errorf("%q: no address, and no fault", v)
		}
		for _, e := range list {
			if !IsEmail(e) || !strings.Contains(v, e) {
				t.Errorf("%q gave %q", v, e)
			}
		}
	})
}
