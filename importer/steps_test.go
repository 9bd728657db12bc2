package importer_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// stepping writes descriptions by a step of their own.
type stepping struct{ finds }

func (s stepping) StepFields() crm.Fields { return crm.Fields{"description"} }

func (s stepping) Steps(have *cloverhound.Contact, want cloverhound.Contact, fields crm.Fields) []crm.Step {
	if !fields.Has("description") || have != nil && have.Description == want.Description {
		return nil
	}
	return []crm.Step{{Name: "describe", Fields: crm.Fields{"description"}}}
}

func (s stepping) Do(ctx context.Context, _ crm.Step, id string, _ *cloverhound.Contact, want cloverhound.Contact) (crm.Answer[cloverhound.Contact], error) {
	err := s.f.begin(ctx, "step of "+id)
	if err != nil && !lost(err) {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	for i := range s.f.contacts {
		if fmt.Sprint(s.f.contacts[i].ID) == id {
			s.f.contacts[i].Description = want.Description
		}
	}
	return crm.Answer[cloverhound.Contact]{ID: id, Meta: crm.Meta{Status: 200}}, err
}

func (s stepping) Create(ctx context.Context, want cloverhound.Contact, fields crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	want.Description = ""
	return s.finds.Create(ctx, want, fields, token)
}

func (s stepping) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	want.Description = found.Description
	return s.finds.Update(ctx, found, want, fields)
}

var _ crm.Stepper[cloverhound.Contact] = stepping{}

// TestSteps: whatever goes wrong at a step, its contact is not written again: the run goes on with the step, also in a later
// session, or says which one is missing.
func TestSteps(t *testing.T) {
	ok := []string{"2 created", "3 updated", "4 updated"}
	tests := []struct {
		title string
		err   *crm.Error
		times int
		want  []string
		left  int // descriptions that are missing
		steps int
	}{
		{"nothing", nil, 0, ok, 0, 1},
		{"answer lost", failing(crm.Transient, 502, doneAllTheSame), 1, ok, 0, 2},
		{"not done for a while", failing(crm.Transient, 502, "bad gateway"), 5, ok, 0, 6},
		{"the limit", failing(crm.RateLimited, 429, "slow down"), 3, ok, 0, 4},
		{"refused", failing(crm.Permanent, 422, "no"), 1, []string{"2 failed step_failed", "3 updated", "4 updated"}, 1, 1},
		{"fails", failing(crm.Transient, 502, "bad gateway"), 8, []string{"2 failed step_failed", "3 updated", "4 updated"}, 1, 8},
		{"wrong key", failing(crm.Unauthorized, 401, "who is it"), 1, ok, 0, 2},
		{"nothing sent", failing(crm.NothingSent, 0, "no route"), 3, ok, 0, 4},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.seed(2)
				f.fail = func(op string, n int) error {
					if op == "step of 3" && n <= tt.times { // of the newcomer
						return tt.err
					}
					return nil
				}
				path, journalPath := describedRows(t), filepath.Join(t.TempDir(), "journal.jsonl")
				var got *faked
				for try := 0; got == nil || got.err != nil; try++ {
					if try == 5 {
						t.Fatal(got.err)
					}
					got = session(t, t.Context(), stepping{finds{creates: creates{f: f}}}, path, journalPath, importer.Options{Workers: 1})
				}
				if diff := outcomesOf(got.results); !slices.Equal(diff, tt.want) || f.calls["step of 3"] != tt.steps || f.calls["create"] != 1 || f.calls["update"] != 1 {
					t.Errorf("%v after %v", diff, f.calls)
				}
				if n := f.undescribed(); n != tt.left {
					t.Errorf("%d contacts lack their descriptions: %+v", n, f.contacts)
				}
				if m := got.results[0].Message(); tt.left > 0 && (!strings.Contains(m, "was created; not done: describe") || got.results[0].Changed.Has("description")) {
					t.Errorf("%q, changed %v", m, got.results[0].Changed)
				}
			})
		})
	}
}

// describedRows are a newcomer, one whose name and description change, and one whose description alone does.
func describedRows(t *testing.T) string {
	return writeFile(t, "Full name,Email,Description", "New 0,new.0@example.com,first", "Changed 0,known.0@example.com,second", "Known 1,known.1@example.com,third")
}

func (f *fake) undescribed() (n int) {
	for _, c := range f.contacts {
		if c.Description == "" {
			n++
		}
	}
	return n
}

// TestStepsResume: a run that is killed at a step goes on with it, also where look-ups do not show the contact yet; a contact that is
// gone by then is not made again.
func TestStepsResume(t *testing.T) {
	for _, gone := range []time.Duration{0, 2 * time.Second, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.seed(2)
			dir := t.TempDir()
			path, journalPath, killed := describedRows(t), filepath.Join(dir, "journal.jsonl"), filepath.Join(dir, "killed.jsonl")
			ctx, cancel := context.WithCancel(t.Context())
			f.fail = func(op string, n int) error {
				if !strings.HasPrefix(op, "step") {
					return nil
				}
				if n == 1 {
					time.Sleep(2 * time.Second) // what was written is durable by then
					copyFile(t, journalPath, killed)
					cancel()
				}
				return context.Canceled
			}
			session(t, ctx, stepping{finds{creates: creates{f: f}}}, path, journalPath, importer.Options{Workers: 1})
			f.fail = nil
			want := []string{"2 created", "3 updated", "4 updated"}
			if gone > 0 {
				id, email := f.contacts[2].ID, f.contacts[2].Email
				f.contacts[2].ID, f.contacts[2].Email = 99, "renamed@example.com"
				defer time.AfterFunc(gone, func() {
					f.mu.Lock()
					defer f.mu.Unlock()
					f.contacts[2].ID, f.contacts[2].Email = id, email
				}).Stop()
			}
			if gone == time.Hour {
				want[0] = "2 unknown unverified"
			}
			got := session(t, t.Context(), stepping{finds{creates: creates{f: f}}}, path, killed, importer.Options{Workers: 1})
			if list := outcomesOf(got.results); got.err != nil || !slices.Equal(list, want) || f.calls["create"] != 1 {
				t.Errorf("gone %v: %v, %v after %v", gone, got.err, list, f.calls)
			}
		})
	}
}

// TestTaken: a create that is refused because somebody has the value is an update of whoever holds it, the row's own creation if it
// is in doubt, and else a failure that says who holds it.
func TestTaken(t *testing.T) {
	taken := &crm.Error{Op: "create contact", Class: crm.Permanent, Code: crm.CodeTaken, Message: "has been taken.", Meta: crm.Meta{Status: 422}}
	t.Run("by nobody", func(t *testing.T) {
		for _, unique := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.traits.UniqueEmail = unique
				f.fail = func(op string, n int) error {
					if op == "create" && n == 2 {
						return taken
					}
					return nil
				}
				got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 2)...), importer.Options{Workers: 1})
				if want := []string{"2 created", "3 failed taken"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) {
					t.Errorf("%v, %v", got.err, outcomesOf(got.results))
				}
				if m := got.results[1].Message(); strings.Contains(m, "the API shows nobody else who does") != unique {
					t.Error(m)
				}
			})
		}
	})
	for _, done := range []bool{true, false} {
		t.Run(fmt.Sprint("in doubt, done ", done), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.traits.Idempotent = true // with look-ups
				f.fail = func(op string, n int) error {
					switch {
					case op != "create":
						return nil
					case n == 1:
						return failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "bad gateway"}[done])
					}
					return taken
				}
				got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 1)...), importer.Options{})
				want := "2 created"
				if !done {
					want = "2 unknown unverified"
				}
				if list := outcomesOf(got.results); got.err != nil || list[0] != want {
					t.Errorf("%v, %v, want %s", got.err, list, want)
				}
			})
		})
	}
}

// TestJournalFails: once the journal cannot be written no further row leaves; those in flight are in doubt, and a resumed run makes
// nobody twice.
func TestJournalFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Second }
		path, journalPath := writeFile(t, people(0, 20)...), filepath.Join(t.TempDir(), "journal.jsonl")
		j, err := journal.Open(journalPath)
		if err != nil {
			t.Fatal(err)
		}
		f.fail = func(op string, n int) error {
			if op == "create" && n == 5 {
				return j.Close()
			}
			return nil
		}
		got := importInto(t, t.Context(), finds{creates: creates{f: f}}, path, importer.Options{Workers: 2, Journal: j})
		var failed *journal.Error
		var stop *faults.Stop
		if !errors.As(got.err, &failed) || !errors.As(got.err, &stop) || !stop.Sent || f.calls["create"] > 7 {
			t.Errorf("%v after %v", got.err, f.calls)
		}
		f.fail = nil
		again := session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{})
		if again.err != nil || again.summary.Counts[outcome.Created] != 20 {
			t.Errorf("%v, %v", again.err, again.summary.Counts)
		}
		f.noneTwice(t)
	})
}

// TestTooManyFailures: a run stops at the number of failures that it may have, and a resumed one goes on behind them.
func TestTooManyFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.fail = func(op string, n int) error {
			if op == "create" && n > 1 && n <= 4 {
				return failing(crm.Permanent, 422, "no")
			}
			return nil
		}
		path, journalPath := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		got := session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 1, MaxFailures: 3})
		if !errors.Is(got.err, faults.ErrTooManyFailures) || got.summary.Counts[outcome.Failed] != 3 || f.calls["create"] > 5 {
			t.Errorf("%v, %v after %v", got.err, got.summary.Counts, f.calls)
		}
		got = session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 1, MaxFailures: 3})
		if counts := got.summary.Counts; got.err != nil || counts[outcome.Failed] != 3 || counts[outcome.Created] != 7 {
			t.Errorf("%v, %v", got.err, counts)
		}
	})
}

// steppingDeletes deletes, too.
type steppingDeletes struct{ stepping }

func (s steppingDeletes) Delete(ctx context.Context, id string) (crm.Answer[cloverhound.Contact], error) {
	return deletes{s.finds}.Delete(ctx, id)
}

func (s steppingDeletes) Deleted() string { return deletes{s.finds}.Deleted() }

// TestUndoBetweenSteps: a run that was killed behind the write of a contact and before its steps, or of which a step failed, is
// taken back: what it created is deleted, what it changed is as before. What people have made of it is kept.
func TestUndoBetweenSteps(t *testing.T) {
	unauthorized, refused := failing(crm.Unauthorized, 401, "who is it"), failing(crm.Permanent, 422, "no")
	for _, tt := range []struct {
		title, step string
		err         *crm.Error
		edit        bool
		want        []string
	}{
		{"killed at a create", "step of 3", unauthorized, false, []string{"2 deleted  "}},
		{"killed at a create and edited", "step of 3", unauthorized, true, []string{"2 skipped edited_since full_name"}},
		{"killed at an update", "step of 1", unauthorized, false, []string{"2 deleted  ", "3 updated  "}},
		{"steps refused", "step of ", refused, false, []string{"2 deleted  ", "3 updated  ", "4 unchanged  "}},
	} {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.seed(2)
				before := f.state()
				f.fail = func(op string, _ int) error {
					if strings.HasPrefix(op, tt.step) {
						return tt.err
					}
					return nil
				}
				vendor := steppingDeletes{stepping{finds{creates: creates{f: f}}}}
				past := filepath.Join(dir, "import")
				session(t, t.Context(), vendor, describedRows(t), past, importer.Options{Workers: 1})
				f.fail = nil
				if tt.edit {
					f.contacts[len(f.contacts)-1].FullName = "Edited"
				}
				got := takeBack(t, t.Context(), vendor, past, filepath.Join(dir, "undo"), importer.Options{})
				equalLines(t, "undone", got.said(), tt.want)
				if now := f.state(); !tt.edit && !slices.Equal(now, before) {
					t.Errorf("the CRM:\n got %q\nwant %q", now, before)
				}
			})
		})
	}
}
