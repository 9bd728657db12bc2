package sources

import "testing"

// TestConditionOfSeveral: a row of a rejects file has the code that is asked for if any of its codes is that.
func TestConditionOfSeveral(t *testing.T) {
	for _, tt := range []struct {
		cell, value  string
		several, not bool
		met          bool
	}{
		{"bad_phone", "bad_phone", true, false, true},
		{"bad_email; bad_phone", "bad_phone", true, false, true},
		{"bad_email; bad_phone", "bad_phone", true, true, false},
		{"duplicate_in_file", "bad_phone", true, false, false},
		{"duplicate_in_file", "bad_phone", true, true, true},
		{"A; B", "B", false, false, false},
	} {
		c := Condition{Header: "crmferry_error", Value: tt.value, Not: tt.not, Several: tt.several}
		if why := c.Unmet([]string{tt.cell}); (why == "") != tt.met {
			t.Errorf("%+v: %q", tt, why)
		}
	}
}
