package planfile

import "testing"

func TestRowNumber(t *testing.T) {
	for text, want := range map[string]int{"7": 7, " 12 ": 12, "1,234": 1234, "1.234": 1234, "1’234": 1234, "1\u202f234": 1234, "": 0, "x": 0, "7a": 0} {
		if n, err := rowNumber(text); n != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %d, %v", text, n, err)
		}
	}
}

func TestIsChanges(t *testing.T) {
	if !IsChanges([]string{"row", "key", "name", "field", "now", "will be", "plan", "mine"}) || IsChanges([]string{"row", "now"}) {
		t.Error("another header is that of changes")
	}
}
