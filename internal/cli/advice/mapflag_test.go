package advice

import "testing"

func TestMapFlag(t *testing.T) {
	for column, want := range map[string]string{
		"Phone":       `--map "Phone=phone"`,
		"#E":          `--map "#E=phone"`,
		"Pia's":       `--map "Pia's=phone"`,
		"Tel\nnumber": `--map "Tel number=phone"`,
		`Tel "x"`:     `--map 'Tel "x"=phone'`,
		"Pia's $(x)":  `--map 'Pia'\''s $(x)=phone'`,
		"a`b`":        "--map 'a`b`=phone'",
	} {
		if got := MapFlag(column, "phone"); got != want {
			t.Errorf("%q: got %s, want %s", column, got, want)
		}
	}
}
