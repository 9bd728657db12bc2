package journal

import (
	"context"
	"time"
)

// Gate lets rows leave without intents, which can be sent again with the same tokens: one record speaks for many of them. It is
// not safe for concurrent use.
type Gate struct {
	journal       *Journal
	allowed, next int   // rows before these may leave: for certain, and once the journal is durable
	durable       int64 // up to there, for the latter
}

// NewGate returns the gate of a session, which has let no row leave that no earlier session has.
func NewGate(j *Journal) *Gate {
	upTo := j.AllowedUpTo()
	return &Gate{journal: j, allowed: upTo, next: upTo}
}

// Pass lets the row at seq leave, and those soon behind it: so many as ahead. The record for the next ones is on its way while
// these are sent. now is by the vendor's clock.
func (g *Gate) Pass(ctx context.Context, seq, ahead int, now func() time.Time) error {
	for seq >= g.allowed {
		if err := g.journal.Sync(ctx, g.durable); err != nil {
			return err
		}
		g.allowed = g.next
		g.next = max(g.next, seq) + ahead
		end, err := g.journal.AppendAllowance(g.next, now())
		if err != nil {
			return err
		}
		g.durable = end
		g.journal.Hurry()
	}
	return nil
}
