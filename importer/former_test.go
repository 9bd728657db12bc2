package importer_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// meddling is a Grow CRM in which somebody works just after an account owner was made.
type meddling struct {
	*growcrm.Client
	then func()
}

func (m meddling) Do(ctx context.Context, step crm.Step, id string, have *growcrm.Contact, want growcrm.Contact) (crm.Answer[growcrm.Contact], error) {
	ans, err := m.Client.Do(ctx, step, id, have, want)
	m.then()
	return ans, err
}

// TestUndoGivesBackAndLooks: a contact that people have changed while the former account owner got the role again is not deleted,
// be it in a field that the run had left empty.
func TestUndoGivesBackAndLooks(t *testing.T) {
	for _, edits := range []bool{false, true} {
		t.Run(strconv.FormatBool(edits), func(t *testing.T) {
			g, dir, table := newGrow(t), t.TempDir(), mapping.GrowContacts()
			past, path := filepath.Join(dir, "import"), filepath.Join(dir, "undo")
			run := func(vendor crm.Creator[growcrm.Contact], journalPath string, o importer.Options) *faked {
				j, err := journal.Open(journalPath)
				if err != nil {
					t.Fatal(err)
				}
				defer j.Close()
				o.Journal, o.Keep, o.Workers = j, journalPath+".rows", 1
				return importAny(t, t.Context(), table, vendor, o)
			}
			got := run(g.client, past, importer.Options{Path: writeFile(t, "first_name,last_name,email,clientid,account_owner", "New,Owner,new.owner@example.com,1,yes")})
			if got.err != nil || got.results[0].Outcome != outcome.Created {
				t.Fatal(got.err, got.said())
			}
			id := got.results[0].ID
			find := func() []growcrm.Contact {
				found, err := g.client.Find(t.Context(), []crm.Key{{ID: id}})
				if err != nil {
					t.Fatal(err)
				}
				return found
			}
			vendor := meddling{g.client, func() {
				if c := find(); edits {
					want := c[0]
					want.Position = "Buyer"
					if _, err := g.client.Update(t.Context(), c[0], want, crm.Fields{"position"}); err != nil {
						t.Error(err)
					}
				}
			}}
			if _, err := undo.Write(t.Context(), table, undo.Source{Journal: past, Rows: past + ".rows"}, path+".rows"); err != nil {
				t.Fatal(err)
			}
			got = run(vendor, path, importer.Options{From: modes.FromRun})
			want, left := []string{"2 deleted  "}, 0
			if edits {
				want, left = []string{"2 skipped edited_since position"}, 1
			}
			equalLines(t, "undone", got.said(), want)
			if n := len(find()); got.err != nil || n != left {
				t.Errorf("%d contacts are left, %v", n, got.err)
			}
		})
	}
}
