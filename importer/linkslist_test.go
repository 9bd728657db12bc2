package importer_test

import (
	"context"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/modes"
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

// TestListedAfterLinks: contacts are listed before anything is created, which tells what rows need, and again when it is there, so
// that the list is not too old for the rows.
func TestListedAfterLinks(t *testing.T) {
	want := []string{"list", "list", "link", "list", "create"} // first a page, for the forecast
	for _, with := range []bool{false, true} {
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

// goneVendor has a contact that every look-up finds but the later ones, and creates what rows name.
type goneVendor struct {
	slowLinks
	looks int
}

func (v *goneVendor) Traits() crm.Traits { return crm.Traits{PageSize: 100, FindBatch: 1} }

func (v *goneVendor) Find(context.Context, []crm.Key) ([]growcrm.Contact, error) {
	if v.looks++; v.looks > 1 {
		return nil, nil
	}
	return []growcrm.Contact{{ID: 1, FirstName: "Nora", LastName: "Nieuw", Email: "nora@example.com", Client: crm.Ref{ID: "3"}}}, nil
}

// TestNeedsLater: a row that needed nothing when it was first looked up, and is to be created now, is rejected: it is not sent without
// what it names.
func TestNeedsLater(t *testing.T) {
	v := &goneVendor{}
	got := importAny(t, t.Context(), mapping.GrowContacts(), v, importer.Options{CreateMissing: []string{"clients"},
		Path: writeFile(t, growHead, "Nora,Nieuw,nora@example.com,Nova Works,"), Mode: modes.CreateOnly})
	if diff := cmp.Diff([]string{"2 rejected  unknown_name"}, got.results.short()); diff != "" || got.err != nil {
		t.Errorf("%v (-want +got):\n%s", got.err, diff)
	}
	if len(v.calls) > 0 {
		t.Errorf("calls %q", v.calls)
	}
}
