package crm

import (
	"fmt"
	"strings"
	"testing"
)

func TestCheckSize(t *testing.T) {
	list := func(n int, element string) string {
		return "[" + strings.TrimSuffix(strings.Repeat(element+",", n), ",") + "]"
	}
	a := &API{PageSize: 100}
	tests := []struct {
		name string
		body string
		ok   bool
	}{
		{"a page", `{"data":` + list(100, `{"id":1,"tags":["a","b"],"s":"],[{\""}`) + `}`, true},
		{"four pages", list(400, `{"a":[1,2,3,4,5,6,7,8,9,10,11,12]}`), true},
		{"few elements, whatever they are", list(3000, "{}"), true},
		{"more", list(5000, "{}"), false},
		{"more, further in", `{"meta":{"x":[1,2]},"data":{"people":` + list(5000, `{"a":[]}`) + `}}`, false},
		{"numbers", list(5000, "1"), false},
		{"nothings", list(5000, "null"), false},
		{"lists", list(5000, "[]"), false},
		{"texts", `{"data":[{"tags":` + list(5000, `"a,b"`) + `}]}`, true},
		{"texts without end", list(mostElements+10, `"a"`), false},
		{"lists in lists", list(300, list(300, "{}")), false},
		{"many fields", `{"data":[{` + strings.TrimSuffix(strings.Repeat(`"a":1,`, 5000), ",") + `}]}`, true},
		{"commas in a text", `["` + strings.Repeat(",", 5000) + `"]`, true},
		{"deeper than any decoder", strings.Repeat("[", 20_000) + strings.Repeat(",", 5000), true},
		{"no JSON", strings.Repeat(",]", 5000) + `"\`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := a.checkSize([]byte(tt.body)); (err == nil) != tt.ok {
				t.Errorf("error %v, want none: %v", err, tt.ok)
			}
		})
	}
	if err := new(API).checkSize([]byte(list(50_000, "{}"))); err != nil {
		t.Errorf("no page size is documented: %v", err)
	}
	if err := new(API).checkSize([]byte(list(150_000, "{}"))); err == nil {
		t.Error("no page size is documented, and there is no bound")
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc…"}, {"ééé", 3, "ééé"}, {"éééé", 3, "ééé…"}, {"\xff\xff\xff\xff", 3, "\xff\xff\xff…"}} {
		if got := Clip(tt.text, tt.n); got != tt.want {
			t.Errorf("%q is cut to %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestHeld(t *testing.T) {
	var h Held
	for i := range MaxHeld {
		if err := h.Add("list tags", "a"); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if err := h.Add("list tags", "a"); err == nil || ClassOf(err) != WrongServer {
		t.Errorf("error %v", err)
	}
	h = Held{}
	if err := h.Add("list tags", strings.Repeat("a", maxText+1)); err == nil {
		t.Error("a name of any length is held")
	}
}

func TestWordsAreBounded(t *testing.T) {
	long := strings.Repeat("word ", 10_000)
	a := &API{DecodeError: func(int, []byte) (string, []FieldProblem) {
		problems := make([]FieldProblem, 5000)
		for i := range problems {
			problems[i] = FieldProblem{Field: fmt.Sprint(i, long), Message: long}
		}
		return long, problems
	}}
	message, problems := a.words(422, nil)
	if n := len([]rune(message)); n != maxWords+1 {
		t.Errorf("a message of %d characters", n)
	}
	if len(problems) != maxProblems || len(problems[0].Field) > maxName+3 || len(problems[0].Message) > maxWords+3 {
		t.Errorf("%d problems, the first of %d and %d bytes", len(problems), len(problems[0].Field), len(problems[0].Message))
	}
}

func BenchmarkCheckSize(b *testing.B) {
	one := `{"id":12345,"first_name":"Johanna","last_name":"van der Berg","email":"johanna@example.com","client":{"id":7,"company_name":"Acme"},"dates":{"created":"2026-01-01 10:00:00","updated":"2026-01-01 10:00:00"},"social":{"a":"","b":"","c":"","d":""}}`
	body := []byte(`{"data":[` + strings.TrimSuffix(strings.Repeat(one+",", 100), ",") + `]}`)
	a := &API{PageSize: 100}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if err := a.checkSize(body); err != nil {
			b.Fatal(err)
		}
	}
}
