package rogerroger

import (
	"encoding/json"
	"strings"
	"sync"

	"crmferry/internal/crm"
)

// links are the tags, segments and organizations read so far.
type links struct {
	turn  crm.Turn // one reads a list, the others wait for it
	mu    sync.Mutex
	known map[string]map[string][]crm.Ref // kind, then folded name
	names map[string]map[string]string    // kind, then IRI; as they were when the list was read
	// numbers are organizations by their folded customer ids.
	numbers map[string][]crm.Ref
}

func newLinks() links {
	return links{turn: crm.NewTurn(), known: map[string]map[string][]crm.Ref{}, names: map[string]map[string]string{}}
}

// thing is a tag, a segment or an organization.
type thing struct {
	ref
	number string // customerId of an organization
}

func (t thing) identity() string { return t.ID }

// UnmarshalJSON reads the IRI, the title and the customer id.
func (t *thing) UnmarshalJSON(b []byte) error {
	var more struct {
		CustomerID crm.Text `json:"customerId"`
	}
	_ = json.Unmarshal(b, &more) // of a bare IRI
	t.number = string(more.CustomerID)
	return t.ref.UnmarshalJSON(b)
}

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

// addLink adds r under a name unless it is there already, as happens when a list changes between two of its pages.
func addLink(all map[string][]crm.Ref, name string, r crm.Ref) {
	name = crm.Fold(name)
	for _, have := range all[name] {
		if have.ID == r.ID {
			return
		}
	}
	all[name] = append(all[name], r)
}
