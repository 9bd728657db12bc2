package names

import "testing"

func TestReadSalutation(t *testing.T) {
	for v, want := range map[string]struct {
		read string
		told bool
	}{
		"Mr.":                    {"Mr.", false},
		"Frau Dr.":               {"Frau Dr.", false},
		"M.":                     {"M.", false},
		"Rechtsanwalt":           {"Rechtsanwalt", false},
		"De heer":                {"De heer", false},
		"Dear Jan":               {"", true},
		"Dear":                   {"", true},
		"Dear Mr. Stone":         {"Mr.", true},
		"Sehr geehrter Herr Bos": {"Herr", true},
		"Geachte heer":           {"heer", true},
		"CEO":                    {"CEO", true},
		"Sales Manager":          {"Sales Manager", true},
	} {
		read, notes := ReadSalutation(v)
		if read != want.read || (notes.Remarks != nil) != want.told {
			t.Errorf("%q: got %q %v", v, read, notes.Remarks)
		}
	}
}
