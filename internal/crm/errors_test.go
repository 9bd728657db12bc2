package crm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestErrorText(t *testing.T) {
	tests := []struct {
		err  Error
		want string
	}{
		{Error{Op: "create contact", Meta: Meta{Status: 422}, Message: "The given data was invalid.",
			Problems: []FieldProblem{{Field: "email", Message: "The email has already been taken."}}},
			"create contact: 422 The given data was invalid. (email: The email has already been taken.)"},
		{Error{Op: "create contact", Meta: Meta{Status: 400}, Message: "Invalid",
			Problems: []FieldProblem{{Field: "a", Message: "x"}, {Field: "b", Message: "y"}}},
			"create contact: 400 Invalid (a: x; b: y)"},
		{Error{Op: "find contact", Err: io.ErrUnexpectedEOF}, "find contact: unexpected EOF"},
		{Error{Op: "find contact", Meta: Meta{Status: 200}, Message: "the answer is a web page, not JSON"},
			"find contact: 200 the answer is a web page, not JSON"},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestClassOf(t *testing.T) {
	base := &Error{Op: "x", Class: Ambiguous, Err: context.DeadlineExceeded}
	wrapped := fmt.Errorf("row 7: %w", base)
	if ClassOf(wrapped) != Ambiguous || ClassOf(io.EOF) != 0 || ClassOf(nil) != 0 {
		t.Errorf("classes %v, %v, %v", ClassOf(wrapped), ClassOf(io.EOF), ClassOf(nil))
	}
	if !errors.Is(wrapped, context.DeadlineExceeded) {
		t.Error("the cause is lost")
	}
}

func TestClassNames(t *testing.T) {
	seen := map[string]bool{}
	for c := Permanent; c <= WrongServer; c++ {
		if s := c.String(); s == "" || s == "unknown" || seen[s] {
			t.Errorf("class %d is called %q", int(c), s)
		}
		seen[c.String()] = true
	}
	for _, c := range []Class{-1, WrongServer + 1} {
		if c.String() != "unknown" {
			t.Errorf("class %d is called %q", int(c), c)
		}
	}
}

func TestKeyString(t *testing.T) {
	for want, k := range map[string]Key{
		"45": {ID: "45"}, "ann@example.com": {Email: "ann@example.com"}, "15125550100 ann bee": {Phone: "15125550100", Name: "ann bee"}, "": {},
	} {
		if k.String() != want {
			t.Errorf("%#v is %q", k, k.String())
		}
	}
}
