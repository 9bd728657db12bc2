package importer_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// deletes can look up and delete.
type deletes struct{ finds }

func (d deletes) Deleted() string { return "they are gone" }

func (d deletes) Delete(ctx context.Context, id string) (crm.Answer[cloverhound.Contact], error) {
	err := d.f.begin(ctx, "delete")
	if err != nil && !lost(err) {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	before := len(d.f.contacts)
	d.f.contacts = slices.DeleteFunc(d.f.contacts, func(c cloverhound.Contact) bool { return fmt.Sprint(c.ID) == id })
	if err == nil && len(d.f.contacts) == before {
		err = &crm.Error{Op: "delete contact", Class: crm.Permanent, Code: crm.CodeNotFound, Meta: crm.Meta{Status: 404}}
	}
	return crm.Answer[cloverhound.Contact]{ID: id, Meta: crm.Meta{Status: 200}}, err
}

var _ crm.Deleter[cloverhound.Contact] = deletes{}

// ids are rows with the ids of contacts that fake.seed made, and phones that nobody could call.
func ids(n int) []string {
	lines := []string{"Phone,id"}
	for i := range n {
		lines = append(lines, fmt.Sprintf("not a phone,%d", i+1))
	}
	return lines
}

// outcomesOf are the outcomes of a run with the codes of their problems, by row.
func outcomesOf(list results) []string {
	var all []string
	for _, r := range list {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%d %s %s", r.Row, r.Outcome, r.Codes())))
	}
	return all
}

// TestDelete: rows are deleted by their ids; nothing else of them matters, and who has none is not looked for otherwise.
func TestDelete(t *testing.T) {
	f := newFake()
	f.seed(5)
	path := writeFile(t, "Full name,Email,Phone,id", ",nobody at all,x,1", ",,,1", "Known 1,known.1@example.com,,", ",,,77", ",,,4", ",,,last")
	got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, path, importer.Options{Mode: modes.DeleteOnly})
	if got.err != nil {
		t.Fatal(got.err)
	}
	want := []string{"2 deleted", "3 skipped duplicate_in_file", "4 rejected no_key", "5 unchanged", "6 deleted", "7 rejected bad_id"}
	if diff := cmp.Diff(want, outcomesOf(got.results)); diff != "" {
		t.Error(diff)
	}
	if len(f.contacts) != 3 || f.calls["delete"] != 2 || f.calls["list"] != 0 {
		t.Errorf("%d contacts are left after %v", len(f.contacts), f.calls)
	}
	if got.plan.Rows != 3 || got.plan.First != "1, known.0@example.com" {
		t.Errorf("planned %d rows, the first is %q", got.plan.Rows, got.plan.First)
	}
	if r := got.results[3]; r.ID != "77" || !strings.Contains(r.Message(), "not there any more") {
		t.Errorf("who is not there: %q, %s", r.ID, r.Message())
	}
}

// TestDeleteDryRun: a dry run reads and deletes nothing.
func TestDeleteDryRun(t *testing.T) {
	f := newFake()
	f.seed(3)
	got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, ids(4)...), importer.Options{Mode: modes.DeleteOnly, DryRun: true})
	if got.err != nil || got.summary.Actions[outcome.ActionDelete] != 3 || got.summary.Counts[outcome.Unchanged] != 1 || len(f.contacts) != 3 {
		t.Errorf("%v, %v, %v, %d contacts are left", got.err, got.summary.Actions, got.summary.Counts, len(f.contacts))
	}
}

// TestDeleteFaults: a delete whose answer is lost is looked after, and repeated only if the contact is there still.
func TestDeleteFaults(t *testing.T) {
	gone := &crm.Error{Op: "delete contact", Class: crm.Permanent, Code: crm.CodeNotFound, Message: doneAllTheSame, Meta: crm.Meta{Status: 404}}
	absent := &crm.Error{Op: "delete contact", Class: crm.Permanent, Code: crm.CodeNotFound, Message: "no such route", Meta: crm.Meta{Status: 404}}
	tests := []struct {
		title   string
		err     *crm.Error
		times   int // that it fails
		calls   int
		outcome string
	}{
		{"done, answer lost", failing(crm.Ambiguous, 0, doneAllTheSame), 1, 1, "3 deleted"},
		{"not done, answer lost", failing(crm.Ambiguous, 0, "connection reset"), 1, 2, "3 deleted"},
		{"fails for a while", failing(crm.Transient, 503, "busy"), 4, 5, "3 deleted"},
		{"fails", failing(crm.Ambiguous, 500, "oops"), 99, 8, "3 failed server_error"},
		{"refused by the limit", failing(crm.RateLimited, 429, "slow down"), 7, 8, "3 deleted"},
		{"refused", failing(crm.Permanent, 422, "no"), 99, 1, "3 failed server_error"},
		{"somebody else was faster", gone, 1, 1, "3 skipped not_found"},
		{"not found and there", absent, 1, 1, "3 failed not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.seed(2)
				f.fail = func(op string, n int) error {
					if op == "delete" && n > 1 && n <= 1+tt.times { // the first goes well
						return tt.err
					}
					return nil
				}
				got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, ids(2)...), importer.Options{Mode: modes.DeleteOnly, Workers: 1})
				if got.err != nil {
					t.Fatal(got.err)
				}
				if o := outcomesOf(got.results)[1]; o != tt.outcome || f.calls["delete"] != 1+tt.calls {
					t.Errorf("%s after %d requests: %s", o, f.calls["delete"]-1, got.results[1].Message())
				}
				if left := strings.Contains(tt.outcome, "failed"); left != (len(f.contacts) == 1) {
					t.Errorf("%d contacts are left", len(f.contacts))
				}
			})
		})
	}
}

// TestDeleteResume: a run that is stopped again and again, while answers are lost and requests fail, ends with every
// contact gone and every row deleted, and its journal says the same as its report.
func TestDeleteResume(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { deletesOn(t, rand.New(rand.NewPCG(seed, 11))) })
		})
	}
}

func deletesOn(t *testing.T, rnd *rand.Rand) {
	f := newFake()
	f.seed(60)
	f.delay = func() time.Duration { return time.Second }
	chance := rnd.IntN(50)
	f.fail = func(op string, _ int) error {
		if rnd.IntN(100) >= chance {
			return nil
		}
		return []error{failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "bad gateway"}[op == "delete"]),
			failing(crm.WrongServer, 302, map[bool]string{true: doneAllTheSame, false: "a web page"}[op == "delete"]),
			failing(crm.Transient, 500, "not done"), failing(crm.RateLimited, 429, "slow down"), failing(crm.NothingSent, 0, "refused")}[rnd.IntN(5)]
	}
	path, journalPath := writeFile(t, ids(60)...), filepath.Join(t.TempDir(), "journal.jsonl")
	var got *faked
	for n := 0; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		if n < 5 {
			time.AfterFunc(time.Duration(1+rnd.IntN(20))*time.Second, cancel)
		} else {
			f.fail = nil
		}
		got = session(t, ctx, deletes{finds: finds{creates: creates{f: f}}}, path, journalPath, importer.Options{Workers: 4, Mode: modes.DeleteOnly})
		cancel()
		if got.err == nil {
			break
		}
		if n == 6 {
			t.Fatal(got.err)
		}
	}
	if diff := cmp.Diff(map[outcome.Outcome]int{outcome.Deleted: 60}, got.summary.Counts); diff != "" || len(f.contacts) != 0 {
		t.Errorf("%d contacts are left\n%s", len(f.contacts), diff)
	}
	var again results
	summary, damage, err := journal.Replay(journalPath, f.traits, &again)
	if err != nil || damage != (state.Damage{}) || summary.Counts[outcome.Deleted] != 60 {
		t.Fatal(summary, damage, err)
	}
	if diff := cmp.Diff(outcomesOf(got.results), outcomesOf(again)); diff != "" {
		t.Error(diff)
	}
}

// TestDeleteInDoubt: a delete under way when the run broke off is in doubt until the contact was read again.
func TestDeleteInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(3)
		path, journalPath := writeFile(t, ids(3)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(op string, n int) error {
			switch {
			case op == "delete" && n == 2:
				cancel()
				return failing(crm.Ambiguous, 0, doneAllTheSame)
			case op == "find" && ctx.Err() != nil:
				return failing(crm.NothingSent, 0, "the network is away")
			}
			return nil
		}
		o := importer.Options{Workers: 1, Mode: modes.DeleteOnly}
		first := session(t, ctx, deletes{finds: finds{creates: creates{f: f}}}, path, journalPath, o)
		if want := []string{"2 deleted", "3 unknown unverified"}; first.err == nil || !slices.Equal(outcomesOf(first.results), want) || first.summary.Open != 1 {
			t.Errorf("%v, %v", first.err, outcomesOf(first.results))
		}
		f.fail = nil
		got := session(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, path, journalPath, o)
		if want := []string{"2 deleted", "3 deleted", "4 deleted"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || f.calls["delete"] != 3 {
			t.Errorf("%v, %v after %v", got.err, outcomesOf(got.results), f.calls)
		}
	})
}

// TestTakeBack: of a report only what it calls created is deleted, also if people have taken columns out of it.
func TestTakeBack(t *testing.T) {
	for _, header := range []string{"row,outcome,key,id,action", "nr,outcome,mail,id,x"} {
		f := newFake()
		f.seed(6)
		path := writeFile(t, header, "2,created,known.0@example.com,1,create", "3,updated,known.1@example.com,2,update", "4,failed,,3,create",
			"5,created,,4,create", "6,,,5,create", "7,rejected,,,", "8,created,,,create")
		got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, path, importer.Options{Mode: modes.DeleteOnly})
		want := []string{"2 deleted", "3 skipped not_created", "4 skipped not_created", "5 deleted", "6 skipped not_created", "7 skipped not_created", "8 rejected no_key"}
		if diff := cmp.Diff(want, outcomesOf(got.results)); got.err != nil || diff != "" || len(f.contacts) != 4 || got.plan.Rows != 2 {
			t.Errorf("%s: %d rows planned, %d contacts are left, %v\n%s", header, got.plan.Rows, len(f.contacts), got.err, diff)
		}
	}
}

// TestReportIsNoInput: a report is no list of contacts for any other mode.
func TestReportIsNoInput(t *testing.T) {
	path := writeFile(t, "row,outcome,key,id,changed,action,Full name", "2,created,a@example.com,1,,create,Anna")
	for _, mode := range []modes.Mode{modes.Upsert, modes.CreateOnly, modes.UpdateOnly} {
		_, err := importer.New(t.Context(), mapping.CloverhoundContacts(), importer.Options{Path: path, Name: "in.csv", Mode: mode})
		var report *survey.ReportError
		if !errors.As(err, &report) || report.Name != "in.csv" {
			t.Errorf("--mode %s: %v", mode, err)
		}
	}
}

// TestCannotDelete: a vendor that documents no delete refuses the mode.
func TestCannotDelete(t *testing.T) {
	var mode *modes.Error
	if err := modes.Check(modes.DeleteOnly, crm.Creator[cloverhound.Contact](newFake())); !errors.As(err, &mode) {
		t.Error(err)
	}
}
