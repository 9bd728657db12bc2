package importer_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// unresolved is a Client Commander that fails when it is asked what bears a name.
type unresolved struct{ *clientcommander.Client }

func (unresolved) Resolve(context.Context, string, []string) (map[string][]crm.Ref, error) {
	return nil, failing(crm.Permanent, 400, "no such filter")
}

// TestNamesAreRead: to ask what bears a name is no attempt to write a row, and if it fails nobody has to look whether the row
// was written.
func TestNamesAreRead(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: clientcommander.Authorize(s.Variable("", "CRMFERRY_CLIENTCOMMANDER_KEY")), Workers: 1})
	client := clientcommander.New(clientcommander.Config{Base: crmtest.Serve(t, s.Handler(), "/clientcommander"), HTTP: tr.Client()})
	stages, err := client.Resolve(t.Context(), "stages", []string{"Lead", "Showing"})
	if err != nil {
		t.Fatal(err)
	}
	row := func(id, stage string) string {
		return fmt.Sprintf("%s,Nora,nora@example.com,%s,%s", id, stages[stage][0].ID, stage)
	}
	head := "id,firstName,email,stage,stageName"
	made := importAny(t, t.Context(), mapping.ClientCommanderContacts(), client, importer.Options{Path: writeFile(t, head, row("", "Lead"))})
	if made.err != nil || made.results[0].Outcome != outcome.Created || made.results[0].Attempts != 1 {
		t.Fatalf("%v, %+v", made.err, made.results)
	}
	path := writeFile(t, head, row(made.results[0].ID, "Showing"))
	got := importAny(t, t.Context(), mapping.ClientCommanderContacts(), unresolved{Client: client}, importer.Options{Path: path})
	if want := []string{"2 failed server_error"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || got.results[0].Attempts != 0 {
		t.Errorf("%v, %+v", got.err, got.results)
	}
}

// TestReadAgainFails: a row that was refused, found and cannot be read again has failed: nothing of it was done.
func TestReadAgainFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(1)
		f.contacts[0].Email = "hidden@example.com"
		looks := -1 // since the create was refused
		f.fail = func(op string, _ int) error {
			switch {
			case op == "create":
				looks, f.contacts[0].Email = 0, "known.0@example.com"
				return &crm.Error{Op: "test", Class: crm.Permanent, Code: crm.CodeTaken, Meta: crm.Meta{Status: 422}}
			case op == "find" && looks >= 0:
				if looks++; looks > 1 {
					return failing(crm.Transient, 502, "bad gateway")
				}
			}
			return nil
		}
		path := writeFile(t, "id,full_name,email", "1,Changed,", ",Other,known.0@example.com")
		got := importInto(t, t.Context(), finds{creates: creates{f: f}}, path, importer.Options{Workers: 1})
		if want := []string{"2 updated", "3 failed server_error"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) {
			t.Errorf("%v, %v, %v", got.err, outcomesOf(got.results), f.calls)
		}
	})
}
