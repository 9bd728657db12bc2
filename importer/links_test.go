package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
)

// missingClients are rows of clients that the account does not have. A member of the team holds the second address, and
// the fourth row repeats the first.
func missingClients() []string {
	return []string{growHead,
		"Nora,Nieuw,nora@example.com,Nova Works,",
		"Tess,Team,team.member@example.com,Team Works,",
		"Nils,Naar,nils@example.com,nova works,",
		"Nora,Nieuw,Nora@example.com,Repeated Works,",
	}
}

// TestMissingInDryRun: a dry run takes what would be created for created, unless one of the team has the address.
func TestMissingInDryRun(t *testing.T) {
	g := newGrow(t)
	got, _ := g.run(t, importer.Options{Path: writeFile(t, missingClients()...), CreateMissing: []string{"clients"}, DryRun: true})
	want := []string{"2  create", "3 rejected  taken", "4  create", "5 rejected  duplicate_in_file"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	if l := g.sandbox.Ledger(); len(l) > 0 {
		t.Errorf("a dry run wrote %+v", l)
	}
}

// TestMissingRefused: what the vendor refuses to create rejects the rows that name it and no others, and what only a
// repeated row names is not created.
func TestMissingRefused(t *testing.T) {
	g := newGrow(t)
	got, _ := g.run(t, importer.Options{Path: writeFile(t, missingClients()...), CreateMissing: []string{"clients"}})
	want := []string{"2 created create", "3 rejected  unknown_name", "4 created create", "5 rejected  duplicate_in_file"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	if m := got[1].Message(); !strings.Contains(m, "could not be created") || !strings.Contains(m, "already been taken") {
		t.Errorf("message %q without the vendor's words", m)
	}
	for _, e := range g.sandbox.Ledger() {
		if e.Kind == "client" && e.Name != "Nova Works" {
			t.Errorf("created for a row that was not sent: %+v", e)
		}
	}
}
