package markup

import (
	"strings"
	"testing"
)

func TestSettle(t *testing.T) {
	for _, tt := range []struct{ columns, want string }{ // columns parted by ;, cells by |
		{"'Ada|'Ben;'Lovett|'Okafor", "Ada|Ben;Lovett|Okafor"},
		{"'Ada;Lovett", "'Ada;Lovett"},
		{"'Ada|Ben|Cleo;'0612345678|06|07", "Ada|Ben|Cleo;0612345678|06|07"},
		{"'t Hooft|'s-Gravenhage|d'Arc", "'t Hooft|'s-Gravenhage|d'Arc"},
		{"'t Hooft|'Berg|''s-Graveland;'0612345678|'0612345679|1", "'t Hooft|Berg|'s-Graveland;0612345678|0612345679|1"},
		{"'VIP'|'Buyer'|'VIP'", "VIP|Buyer|VIP"},
		{"'Call' she said|x;'0612345678|1", "'Call' she said|x;0612345678|1"},
		{"'70s Shop|'24", "'70s Shop|'24"},
		{"Ada%20Byron|Ben;ada%40a.example|b@b.example", "Ada Byron|Ben;ada@a.example|b@b.example"},
		{"Ada+Byron|C++;M%C3%BCnchen|Bonn", "Ada Byron|C;München|Bonn"},
		{"Ada+Byron|C++;New York|Bonn", "Ada+Byron|C++;New York|Bonn"},
		{"100%|50%25", "100%|50%25"},
		{"SKU%20X|VIP;Ada Byron|Ben Bly", "SKU%20X|VIP;Ada Byron|Ben Bly"},
		{"SKU%20X|SKU%20Y;Ada Byron|Ben Bly", "SKU X|SKU Y;Ada Byron|Ben Bly"},
		{"https://a.example/b%20c|x%20y", "https://a.example/b%20c|x%20y"},
		{"M%FCnchen|5%de", "M%FCnchen|5%de"},
		{"Ada%2520Byron", "Ada Byron"},
	} {
		var all []*Coats
		for column := range strings.SplitSeq(tt.columns, ";") {
			c := &Coats{}
			for cell := range strings.SplitSeq(column, "|") {
				c.Add(cell)
			}
			all = append(all, c)
		}
		coats := Settle(all)
		var got []string
		for i, column := range strings.Split(tt.columns, ";") {
			var cells []string
			for cell := range strings.SplitSeq(column, "|") {
				if coats != nil {
					cell = coats[i].Off(cell)
				}
				cells = append(cells, cell)
			}
			got = append(got, strings.Join(cells, "|"))
		}
		if joined := strings.Join(got, ";"); joined != tt.want {
			t.Errorf("%s: %s, want %s", tt.columns, joined, tt.want)
		}
	}
}

func FuzzCoat(f *testing.F) {
	for _, seed := range []string{"'Ada", "''t Hooft", "`'", "’Ada’", "'VIP; 'Buyer", "Ada%20Byron", "%2520", "a+%C3%BC", "%", "M%FCnchen", "'\xff'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if v = strings.TrimSpace(v); v == "" {
			return
		}
		var c Coats
		if c.Add(v) == "" {
			t.Errorf("nothing is left of %q", v)
		}
		for _, coat := range append(Settle([]*Coats{&c, &c}), Marked, Escaped, EscapedAs, Doubtful) {
			if bare := coat.Off(v); strings.TrimSpace(bare) == "" && strings.Trim(v, "+") != "" {
				t.Errorf("%d leaves %q of %q", coat, bare, v)
			}
			coat.Doubt(v)
		}
	})
}
