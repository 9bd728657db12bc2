package rogerroger

import (
	"context"
	"strings"
	"sync"

	"crmferry/internal/crm"
)

// links are the tags, segments and organizations read so far.
type links struct {
	turn  turn // one reads a list, the others wait for it
	mu    sync.Mutex
	known map[string]map[string][]crm.Ref // kind, then folded name
	names map[string]map[string]string    // kind, then IRI; as they were when the list was read
}

func newLinks() links {
	return links{turn: newTurn(), known: map[string]map[string][]crm.Ref{}, names: map[string]map[string]string{}}
}

// thing is a tag, a segment or an organization.
type thing ref

func (t thing) identity() string { return t.ID }

// UnmarshalJSON reads the IRI and the title.
func (t *thing) UnmarshalJSON(b []byte) error { return (*ref)(t).UnmarshalJSON(b) }

// turn is a lock that a caller stops waiting for when its context ends.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (t turn) pass() { <-t }

// namesOf are the names of things by their IRIs, without those that several things bear: such a name would not lead back
// to the thing.
func namesOf(all map[string][]crm.Ref) map[string]string {
	names := map[string]string{}
	for _, refs := range all {
		if len(refs) == 1 {
			names[refs[0].ID] = strings.TrimSpace(refs[0].Name)
		}
	}
	return names
}

// addLink adds r unless it is there already, as happens when a list changes between two of its pages.
func addLink(all map[string][]crm.Ref, r crm.Ref) {
	name := crm.Fold(r.Name)
	for _, have := range all[name] {
		if have.ID == r.ID {
			return
		}
	}
	all[name] = append(all[name], r)
}
