package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"crmferry/importer"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// TestTagsOfRowsWithoutKey: the vendor may know a contact by what is no key here, a phone without a name. Its tags do
// not travel in the upsert either, which might replace those that it has.
func TestTagsOfRowsWithoutKey(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: clientcommander.Authorize(s.Variable("", "CRMFERRY_CLIENTCOMMANDER_KEY")), Workers: 1})
	client := clientcommander.New(clientcommander.Config{Base: crmtest.Serve(t, s.Handler(), "/clientcommander"), HTTP: tr.Client()})
	for i, lines := range [][]string{{"Email,Phone,Tags", "vera@example.com,+15125550177,First"}, {"Phone,Tags", "+15125550177,Second"}} {
		got := importAny(t, t.Context(), mapping.ClientCommanderContacts(), client, importer.Options{Path: writeFile(t, lines...),
			Run: t.Name() + string(rune('a'+i)), Workers: 1})
		if got.err != nil || !got.summary.Clean() {
			t.Fatalf("%+v, %v", got.summary, got.err)
		}
	}
	found, err := client.Find(t.Context(), []crm.Key{{Email: "vera@example.com"}})
	if err != nil || len(found) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	if diff := cmp.Diff([]string{"First", "Second"}, found[0].Tags, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
		t.Error(diff)
	}
}

// TestRepeatedAfterRejected: a row is compared with the first valid one of its key, not with one that was rejected.
func TestRepeatedAfterRejected(t *testing.T) {
	got, _ := newGrow(t).run(t, importer.Options{Path: writeFile(t, "First name,Last name,Email,Company,Account owner",
		"Ann,One,ann@example.com,Acme Inc,yes",
		"Bea,Two,bea@example.com,Acme Inc,yes",
		"Bea,Two,bea@example.com,Acme Inc,",
		"Bea,Two,BEA@example.com,Acme Inc,",
	)})
	want := []string{"2 created create", "3 rejected  claimed_twice", "4 created create", "5 skipped none duplicate_in_file"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
}
