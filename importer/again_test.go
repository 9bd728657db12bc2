package importer_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/leaveby"
)

// deleteFails lets the first delete get no answer and do nothing, while people change the contact.
func (f *fake) deleteFails(change func()) {
	f.fail = func(op string, n int) error {
		if op == "delete" && n == 1 {
			change()
			return failing(crm.Ambiguous, 502, "not done")
		}
		return nil
	}
}

// TestUndoDeleteAgain: a delete that takes a creation back is sent again only if the contact still is what the run made.
func TestUndoDeleteAgain(t *testing.T) {
	for _, tt := range []struct{ title, edit, want string }{
		{"edited", "do not lose this", "2 skipped edited_since description"},
		{"as it was", "", "2 deleted  "},
	} {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				vendor := deletes{finds{creates{f}}}
				at := func(name string) string { return filepath.Join(dir, name) }
				session(t, t.Context(), vendor, writeFile(t, "Full name,Email,Description", "New 0,new.0@example.com,a"), at("import"), importer.Options{Workers: 1})
				f.deleteFails(func() {
					if tt.edit != "" {
						f.contacts[0].Description = tt.edit
					} else {
						f.contacts[0].Phones = []cloverhound.Phone{{ID: 1, Number: "+31612345678"}} // of a field that the run did not write, and the vendor has no dates
					}
				})
				got := takeBack(t, t.Context(), vendor, at("import"), at("undo"), importer.Options{Run: "u"})
				equalLines(t, "undone", got.said(), []string{tt.want})
				if left := len(f.contacts) == 1; left != (tt.edit != "") {
					t.Error(f.state())
				}
				_, _, err := journal.Rows(at("undo"), func(r *journal.Row) error {
					if r.Written && !strings.Contains(string(r.Images[len(r.Images)-1].Before), "31612345678") {
						t.Errorf("the journal has %+v, and not what was deleted", r.Images)
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// TestDeleteAgainReported: a delete by a report that keeps no copies is not sent again where the id has become somebody else's.
func TestDeleteAgainReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(1)
		f.deleteFails(func() { f.contacts[0].FullName, f.contacts[0].Email = "Somebody", "else@example.com" })
		path := writeFile(t, "row,outcome,key,id,action", "2,created,known.0@example.com,1,create")
		got := importInto(t, t.Context(), deletes{finds{creates{f}}}, path, importer.Options{Mode: modes.DeleteOnly, Workers: 1})
		if want := []string{"2 rejected id_mismatch"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || len(f.contacts) != 1 {
			t.Errorf("%v, %v, %v", got.err, outcomesOf(got.results), f.state())
		}
	})
}

// late is a vendor to whom nothing leaves too late, as a transport sees to it.
type late struct{ deletes }

func (l late) Create(ctx context.Context, want cloverhound.Contact, fields crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	if leaveby.Late(ctx, time.Now()) {
		return crm.Answer[cloverhound.Contact]{}, &crm.Error{Op: "test", Class: crm.NothingSent, Code: crm.CodeUnreachable, Err: leaveby.ErrLate}
	}
	return l.deletes.Create(ctx, want, fields, token)
}

// TestTokenLate: a create by token that was done, and whose answers are lost for longer than what was read may decide a write, is
// asked for again until it is known as created.
func TestTokenLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.Idempotent = true
		f.fail = func(op string, n int) error {
			if op == "create" && n <= 4 {
				time.Sleep(40 * time.Second)
				return failing(crm.Ambiguous, 504, doneAllTheSame)
			}
			return nil
		}
		path := filepath.Join(t.TempDir(), "import")
		got := session(t, t.Context(), late{deletes{finds{creates{f}}}}, writeFile(t, people(0, 1)...), path, importer.Options{Workers: 1, Lookup: true})
		if want := []string{"2 created"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || len(f.contacts) != 1 {
			t.Errorf("%v, %v, %v", got.err, outcomesOf(got.results), f.state())
		}
		_, _, err := journal.Rows(path, func(r *journal.Row) error {
			if !r.Written {
				t.Errorf("the journal has %+v", r.Result)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
