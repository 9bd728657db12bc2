// Package phase says where a row stands on its way into the CRM, and which way it may go from there.
package phase

import "fmt"

// Phase is where a row stands.
type Phase int

// The phases.
const (
	Planned  Phase = iota // nothing of it has left that could have been done, as far as is known
	Intended              // a write of it is about to leave, and the journal says so
	InDoubt               // a write of it may have been done
	Written               // the vendor has taken a write of it; steps may be left
	Settled               // it has an outcome
	phases
)

// String is the phase in words.
func (p Phase) String() string {
	names := [...]string{"planned", "intended", "in doubt", "written", "settled"}
	if p < 0 || p >= phases {
		return fmt.Sprintf("phase %d", int(p))
	}
	return names[p]
}

// table says when a row goes from one phase to another; what is not in it no row does.
func table() [phases][phases]string {
	return [phases][phases]string{
		Planned: {
			Intended: "a write is written down",
			InDoubt:  "an earlier session may have sent it",
			Settled:  "nothing is to be sent",
		},
		Intended: {
			Intended: "another write takes the place of one of which nothing was done",
			InDoubt:  "the answer was lost",
			Written:  "the vendor has taken the write",
			Settled:  "the vendor has refused the write, or it is not needed any more",
		},
		InDoubt: {
			Planned: "nothing was done, as a look has shown or the vendor says",
			InDoubt: "the answer was lost again",
			Written: "it was done, as a look has shown, or the vendor has taken it now",
			Settled: "nothing shows what was done",
		},
		Written: {
			InDoubt: "a step has no answer",
			Written: "a step, or another write, was taken",
			Settled: "nothing is left to do",
		},
	}
}

// Error is a change of phase that no row may make: the engine is wrong about the row.
type Error struct{ From, To Phase }

// Error names both phases.
func (e *Error) Error() string { return fmt.Sprintf("a row that is %v cannot become %v", e.From, e.To) }

// State is where a row stands and has been. The zero State is that of a planned row.
type State struct {
	at      Phase
	been    [phases]bool
	earlier bool
	err     error
}

// Recalled is the State of a row that an earlier session has settled.
func Recalled(written bool) State {
	s := State{at: Settled, earlier: true}
	s.been[Written], s.been[Settled] = written, true
	return s
}

// Enter changes the phase. What the row may not become it does not: that error is returned, now and by Err from now on, and the
// run has to stop before anything else of the row leaves.
func (s *State) Enter(to Phase) error {
	if s.err != nil {
		return s.err
	}
	if table()[s.at][to] == "" {
		s.err = &Error{s.at, to}
		return s.err
	}
	s.at, s.been[to] = to, true
	return nil
}

// Err is the first change of phase that was refused.
func (s *State) Err() error { return s.err }

// Phase is where the row stands.
func (s *State) Phase() Phase { return s.at }

// InDoubt reports whether a write of the row may have been done.
func (s *State) InDoubt() bool { return s.at == InDoubt }

// Has reports whether the row has been in a phase since it was planned.
func (s *State) Has(been Phase) bool { return s.been[been] }

// IsRecalled reports whether an earlier session has settled the row.
func (s *State) IsRecalled() bool { return s.earlier }
