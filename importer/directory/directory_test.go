package directory

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// listed is a vendor that can only be listed.
type listed []cloverhound.Contact

func (listed) Traits() crm.Traits { return crm.Traits{PageSize: 100, FindBatch: 10} }

func (listed) Create(context.Context, cloverhound.Contact, crm.Fields, string) (crm.Answer[cloverhound.Contact], error) {
	panic("nothing is created here")
}

func (l listed) List(context.Context) iter.Seq2[crm.Page[cloverhound.Contact], error] {
	return func(yield func(crm.Page[cloverhound.Contact], error) bool) {
		yield(crm.Page[cloverhound.Contact]{Items: l, Total: len(l)}, nil)
	}
}

// found is a vendor that can look contacts up, too.
type found struct{ listed }

func (f found) Find(_ context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	return slices.DeleteFunc(slices.Clone(f.listed), func(c cloverhound.Contact) bool { return c.Email != keys[0].Email }), nil
}

// TestAgainReadsOrLeaves: what is only recalled stays so where a vendor lets nobody be read once more.
func TestAgainReadsOrLeaves(t *testing.T) {
	now, ann := listed{{ID: 1, FullName: "Ann Now", Email: "ann@example.com"}}, crm.Key{Email: "ann@example.com"}
	recalled := Query[cloverhound.Contact]{Keys: []crm.Key{ann}, Looked: true, Recalled: true, Found: []cloverhound.Contact{{ID: 1, FullName: "Ann Then"}}}
	for _, tt := range []struct {
		name     string
		vendor   crm.Creator[cloverhound.Contact]
		recalled bool
		want     string
	}{
		{"list only", now, true, "Ann Then"},
		{"look-up", found{now}, false, "Ann Now"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New(mapping.CloverhoundContacts(), tt.vendor, Options{Clock: time.Now, Keys: 1, Has: func(crm.Key) bool { return true }})
			q := recalled
			if err := d.Again(t.Context(), &q); err != nil {
				t.Fatal(err)
			}
			if q.Recalled != tt.recalled || q.Found[0].FullName != tt.want {
				t.Errorf("recalled: %v, %q", q.Recalled, q.Found[0].FullName)
			}
			if err := d.Find(t.Context(), &q); err != nil || q.Found[0].FullName != "Ann Now" {
				t.Errorf("found: %v, %q", err, q.Found[0].FullName)
			}
			if err := d.Afresh(t.Context(), &q); err != nil || q.Recalled || q.Found[0].FullName != "Ann Now" {
				t.Errorf("afresh: %v, recalled: %v, %q", err, q.Recalled, q.Found[0].FullName)
			}
		})
	}
}
