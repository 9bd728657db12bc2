package directory

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// slowReads is a vendor to whom each request takes a second: one for each id, one for all e-mails; one for each key of any kind
// where each says so.
type slowReads struct {
	listed
	each bool
}

func (s slowReads) Traits() crm.Traits {
	t := s.listed.Traits()
	t.FindEach = s.each
	return t
}

func (s slowReads) Find(_ context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	for i, k := range keys {
		if i == 0 || s.each || k.ID != "" {
			time.Sleep(time.Second)
		}
	}
	return nil, nil
}

// TestReadAt: what was read of a row is as old as the first of its reads, whatever was read along with it.
func TestReadAt(t *testing.T) {
	ids, emails := []crm.Key{{ID: "1"}, {ID: "2"}, {ID: "3"}}, []crm.Key{{Email: "a@example.com"}, {Email: "b@example.com"}}
	for _, tt := range []struct {
		name string
		each bool
		keys [][]crm.Key
		want []time.Duration
		cost int
	}{
		{"by id", false, [][]crm.Key{ids[:1], ids[1:2], ids[2:]}, []time.Duration{1, 2, 3}, 3},
		{"by e-mail", false, [][]crm.Key{emails[:1], emails[1:]}, []time.Duration{1, 1}, 1},
		{"by both", false, [][]crm.Key{{ids[0], emails[0]}, {ids[1]}, {emails[1]}}, []time.Duration{1, 2, 3}, 3},
		{"one request for each key", true, [][]crm.Key{emails[:1], emails[1:]}, []time.Duration{0, 0}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := New(mapping.CloverhoundContacts(), slowReads{each: tt.each}, Options{Clock: time.Now, Keys: 5, Has: func(crm.Key) bool { return true }})
				start := time.Now()
				queries := make([]*Query[cloverhound.Contact], len(tt.keys))
				for i, keys := range tt.keys {
					queries[i] = &Query[cloverhound.Contact]{Keys: keys}
					if alone := len(keys) == 1 && keys[0].ID != ""; d.Alone(queries[i]) != alone {
						t.Errorf("%v is read alone: %v", keys, !alone)
					}
				}
				if err := d.Find(t.Context(), queries...); err != nil {
					t.Fatal(err)
				}
				for i, q := range queries {
					if got := q.ReadAt.Sub(start); got != tt.want[i]*time.Second {
						t.Errorf("%v was read after %v", q.Keys, got)
					}
				}
				if n := d.CallCost(queries...); n != tt.cost {
					t.Errorf("it has taken %d requests", n)
				}
			})
		})
	}
}
