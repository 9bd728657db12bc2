package importer_test

import (
	"context"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// slowLinks is a vendor that takes its time to create what rows name, and makes no contact along with it.
type slowLinks struct {
	with  bool // it does make one
	calls []string
}

func (v *slowLinks) Traits() crm.Traits { return crm.Traits{PageSize: 100} }

func (v *slowLinks) Create(context.Context, growcrm.Contact, crm.Fields, string) (crm.Answer[growcrm.Contact], error) {
	v.calls = append(v.calls, "create")
	return crm.Answer[growcrm.Contact]{ID: "1", Created: true}, nil
}

func (v *slowLinks) List(context.Context) iter.Seq2[crm.Page[growcrm.Contact], error] {
	v.calls = append(v.calls, "list")
	return func(yield func(crm.Page[growcrm.Contact], error) bool) { yield(crm.Page[growcrm.Contact]{}, nil) }
}

func (v *slowLinks) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: "clients", One: "client", CanCreate: true, WithContact: v.with}}
}

func (v *slowLinks) Resolve(context.Context, string, []string) (map[string][]crm.Ref, error) {
	return nil, nil
}

func (v *slowLinks) CreateLink(context.Context, string, string, growcrm.Contact) (crm.Ref, *growcrm.Contact, error) {
	v.calls = append(v.calls, "link")
	time.Sleep(3 * time.Minute)
	return crm.Ref{ID: "7"}, nil, nil
}

// TestListedAfterLinks: contacts are listed when what rows name is there, so that the list is not too old for the rows; before
// that only where it tells along with whom a thing can be made.
func TestListedAfterLinks(t *testing.T) {
	for with, want := range map[bool][]string{
		false: {"list", "link", "list", "create"}, // first a page, for the forecast
		true:  {"list", "list", "link", "list", "create"},
	} {
		synctest.Test(t, func(t *testing.T) {
			v := &slowLinks{with: with}
			got := importAny(t, t.Context(), mapping.GrowContacts(), v, importer.Options{CreateMissing: []string{"clients"},
				Path: writeFile(t, growHead, "Nora,Nieuw,nora@example.com,Nova Works,")})
			if got.err != nil || !got.summary.Clean() {
				t.Fatalf("%+v, %v", got.summary, got.err)
			}
			if diff := cmp.Diff(want, v.calls); diff != "" {
				t.Error(diff)
			}
		})
	}
}
