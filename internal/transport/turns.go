package transport

import (
	"context"
	"time"
)

// Turns are the turns of an account that several programs share, in which requests leave one after the other.
type Turns interface {
	// Every lies between two turns.
	Every() time.Duration
	// Take takes the first turn that nobody has and that is no sooner than after. It does not wait for it. ok is false where turns
	// cannot be shared.
	Take(ctx context.Context, after time.Duration) (turn Turn, ok bool)
}

// Turn is a turn that was taken.
type Turn interface {
	// Wait is in how long it is there, as of when it was taken; it may be negative.
	Wait() time.Duration
	// GiveBack says that it is not used.
	GiveBack()
	// Keep says that it is used only now, when it is late, and reports whether it still may be.
	Keep() bool
}

// turn is a turn of this program, and perhaps of all.
type turn struct {
	due    time.Time
	shared Turn // nil where it is this program's alone
}

// take takes the first turn that is no sooner than due.
func (p *pace) take(ctx context.Context, due time.Time) turn {
	if p.shared == nil {
		return turn{due: due}
	}
	t, ok := p.shared.Take(ctx, time.Until(due))
	if !ok {
		return turn{due: due}
	}
	return turn{due: time.Now().Add(t.Wait()), shared: t} // it may have taken a while to get it
}

func (t turn) giveBack() {
	if t.shared != nil {
		t.shared.GiveBack()
	}
}

func (t turn) keep() bool { return t.shared == nil || t.shared.Keep() }
