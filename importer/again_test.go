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
	"crmferry/importer/outcome"
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
				_, err := journal.Rows(at("undo"), func(r *journal.Row) error {
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
		_, err := journal.Rows(path, func(r *journal.Row) error {
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

// TestUndoUpdateLost: an update of an undo that was done is an update, although its answer was lost and another field stays as
// people have made it; it can be taken back.
func TestUndoUpdateLost(t *testing.T) {
	for _, resumed := range []bool{false, true} {
		t.Run(map[bool]string{true: "resumed", false: "one session"}[resumed], func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.seed(1)
				vendor := deletes{finds{creates{f}}}
				at := func(name string) string { return filepath.Join(dir, name) }
				session(t, t.Context(), vendor, writeFile(t, "Full name,Email,Description", "Other 0,known.0@example.com,b"), at("import"), importer.Options{Workers: 1})
				f.contacts[0].Description = "edited"
				ctx, cancel := context.WithCancel(t.Context())
				f.fail = func(op string, n int) error {
					if op == "update" && n == 2 {
						if resumed {
							cancel()
						}
						return failing(crm.Ambiguous, 502, doneAllTheSame)
					}
					return nil
				}
				got := takeBack(t, ctx, vendor, at("import"), at("undo"), importer.Options{Run: "u"})
				cancel()
				if resumed {
					got = session(t, t.Context(), vendor, "", at("undo"), importer.Options{From: modes.FromRun, Workers: 1, Run: "u"})
				}
				equalLines(t, "undone", got.said(), []string{"2 updated edited_since description"})
				if r := got.results[0]; got.err != nil || !slices.Equal(r.Changed, crm.Fields{"full_name"}) || f.calls["update"] != 2 {
					t.Errorf("%v, changed %v, %v", got.err, r.Changed, f.calls)
				}
				equalLines(t, "the CRM", f.state(), []string{"1 Known 0 known.0@example.com edited"})
				got = takeBack(t, t.Context(), vendor, at("undo"), at("redo"), importer.Options{Run: "r"})
				equalLines(t, "the undo undone", got.said(), []string{"2 updated  "})
				equalLines(t, "the CRM", f.state(), []string{"1 Other 0 known.0@example.com edited"})
			})
		})
	}
}

// TestUpdateInDoubtUnclear: an update whose answer was lost is unknown where its contact cannot be told any more, in one session
// and in two.
func TestUpdateInDoubtUnclear(t *testing.T) {
	for _, resumed := range []bool{false, true} {
		t.Run(map[bool]string{true: "resumed", false: "one session"}[resumed], func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.seed(1)
				ctx, cancel := context.WithCancel(t.Context())
				f.fail = func(op string, n int) error {
					if op != "update" {
						return nil
					}
					f.contacts = append(f.contacts, cloverhound.Contact{ID: 5, FullName: "Twin", Email: "known.0@example.com"})
					if resumed {
						cancel()
					}
					return failing(crm.Ambiguous, 502, doneAllTheSame)
				}
				path, to := writeFile(t, known(1, func(int) bool { return true })...), filepath.Join(dir, "import")
				got := session(t, ctx, finds{creates{f}}, path, to, importer.Options{Workers: 1})
				cancel()
				if resumed {
					got = session(t, t.Context(), finds{creates{f}}, path, to, importer.Options{Workers: 1})
				}
				r := got.results[0]
				if got.err != nil || r.Outcome != outcome.Unknown || r.Codes() != crm.CodeUnverified || r.Open || r.ID != "1" || r.Action != outcome.ActionUpdate || !strings.Contains(r.Message(), "2 contacts match") {
					t.Errorf("%v, %+v", got.err, r)
				}
			})
		})
	}
}
