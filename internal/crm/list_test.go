package crm

import "testing"

func TestQueryValues(t *testing.T) {
	q := Query{Filters: []Filter{
		{Name: "q", Values: []string{"a b&c"}},
		{Name: "tags.id", Values: []string{"1", "2"}},
		{Name: "createdAt[after]", Values: []string{"2026-01-02"}},
	}}
	const want = "createdAt%5Bafter%5D=2026-01-02&q=a+b%26c&tags.id%5B%5D=1&tags.id%5B%5D=2"
	if got := q.Values().Encode(); got != want {
		t.Errorf("query %s, want %s", got, want)
	}
	if got := q.Get("tags.id"); len(got) != 2 || q.Get("page") != nil {
		t.Errorf("got %v and %v", got, q.Get("page"))
	}
	if got := (Query{}).Values(); len(got) != 0 {
		t.Errorf("nothing asked for: %v", got)
	}
}

func TestKeyOfContent(t *testing.T) {
	for want, k := range map[string]Key{
		"p1 First call": {Of: "p1", Name: "First call\nLong text\n3"},
		"p1 Long text":  {Of: "p1", Name: "\nLong text\n3"},
	} {
		if got := k.String(); got != want {
			t.Errorf("%+v is shown as %q, want %q", k, got, want)
		}
	}
}
