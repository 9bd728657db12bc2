package phase

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestTransitions: this is the table, all of it: from each phase, which others a row may enter.
func TestTransitions(t *testing.T) {
	want := map[Phase]string{
		Planned:  "intended, in doubt, settled",
		Intended: "intended, in doubt, written, settled",
		InDoubt:  "planned, in doubt, written, settled",
		Written:  "in doubt, written, settled",
		Settled:  "",
	}
	for from := range phases {
		var got []string
		for to := range phases {
			s := State{at: from}
			err := s.Enter(to)
			if err == nil {
				got = append(got, to.String())
				if s.Phase() != to || !s.Has(to) {
					t.Errorf("%v entered from %v: is %v", to, from, s.Phase())
				}
				continue
			}
			var refused *Error
			if !errors.As(err, &refused) || *refused != (Error{from, to}) || s.Phase() != from || s.Has(to) || s.Err() != err {
				t.Errorf("%v to %v: %v, is %v", from, to, err, s.Phase())
			}
		}
		if list := strings.Join(got, ", "); list != want[from] {
			t.Errorf("from %v: %s, want %s", from, list, want[from])
		}
	}
}

// TestWays: what the promises rest on, whichever way rows go. Nothing is written or in doubt that was not intended before, or by
// an earlier session; what is settled stays so; and every phase can be left for an outcome.
func TestWays(t *testing.T) {
	var walk func(s State, way []Phase)
	walk = func(s State, way []Phase) {
		if len(way) > 6 {
			return
		}
		if s.Has(Written) && !s.Has(Intended) && !s.Has(InDoubt) {
			t.Errorf("written out of nothing: %v", way)
		}
		if s.Phase() == Settled {
			return
		}
		if end := s; end.Enter(Settled) != nil {
			t.Errorf("no outcome after %v", way)
		}
		for to := range phases {
			on := s
			if on.Enter(to) == nil {
				walk(on, append(way[:len(way):len(way)], to))
			}
		}
	}
	walk(State{}, []Phase{Planned})
}

// TestRefused: after a change that was refused no other is made.
func TestRefused(t *testing.T) {
	var s State
	first := s.Enter(Written)
	if err := s.Enter(Intended); first == nil || err != first || s.Phase() != Planned {
		t.Errorf("%v, then %v: %v", first, err, s.Phase())
	}
	if got := first.Error(); got != "a row that is planned cannot become written" {
		t.Error(got)
	}
}

func TestRecalled(t *testing.T) {
	for _, written := range []bool{false, true} {
		s := Recalled(written)
		if !s.IsRecalled() || s.Has(Written) != written || s.Phase() != Settled || s.Enter(Planned) == nil {
			t.Errorf("%+v", s)
		}
	}
	if s := new(State); s.IsRecalled() || s.InDoubt() || fmt.Sprint(s.Phase(), Phase(9)) != "planned phase 9" {
		t.Errorf("%+v, %v", s, s.Phase())
	}
}
