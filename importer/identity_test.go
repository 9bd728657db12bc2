package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"crmferry/importer"
	"crmferry/importer/identity"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey/shared"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// ofAccount are rows with the ids of the n contacts that fake.seed made; the i-th is somebody else if stranger says so.
func ofAccount(n int, stranger func(i int) bool) []string {
	lines := []string{"id,full_name,email"}
	for i := range n {
		line := fmt.Sprintf("%d,Known %d,known.%d@example.com", i+1, i, i)
		if stranger(i) {
			line = fmt.Sprintf("%d,Other %d,other.%d@example.com", i+1, i, i)
		}
		lines = append(lines, line)
	}
	return lines
}

// TestStrangersByID: where --match id is given, rows from all over the file are looked up before the first write, and if
// most are about others than their contacts, nothing is written. What the vendor offers for looking up does not matter.
func TestStrangersByID(t *testing.T) {
	all := func(int) bool { return true }
	vendors := map[string]func(*fake) crm.Creator[cloverhound.Contact]{
		"by itself": func(f *fake) crm.Creator[cloverhound.Contact] { return finds{creates: creates{f: f}} },
		"in batches": func(f *fake) crm.Creator[cloverhound.Contact] {
			f.traits.FindBatch = 8
			return finds{creates: creates{f: f}}
		},
		"listed": func(f *fake) crm.Creator[cloverhound.Contact] { return lists{creates: creates{f: f}} },
		"an id refused": func(f *fake) crm.Creator[cloverhound.Contact] {
			f.traits.FindBatch = 8
			refused := &crm.Error{Op: "find contacts", Class: crm.Permanent, Code: crm.CodeInvalid, Message: "no such id"}
			return picky{finds: finds{creates: creates{f: f}}, bad: []string{"1"}, err: refused}
		},
	}
	tests := []struct {
		name     string
		n        int
		stranger func(i int) bool
		o        importer.Options
		refused  bool
	}{
		{"all", 100, all, importer.Options{}, true},
		{"the last two thirds", 300, func(i int) bool { return i >= 100 }, importer.Options{}, true},
		{"the last third", 300, func(i int) bool { return i >= 200 }, importer.Options{}, false},
		{"none", 100, func(int) bool { return false }, importer.Options{}, false},
		{"accepted", 100, all, importer.Options{Accept: outcome.Acceptable()}, false},
		{"a dry run", 100, all, importer.Options{DryRun: true}, true},
		{"only created", 100, all, importer.Options{Mode: modes.CreateOnly}, false},
	}
	for how, vendor := range vendors {
		for _, tt := range tests {
			t.Run(how+"/"+tt.name, func(t *testing.T) {
				f := newFake()
				f.seed(tt.n)
				tt.o.Match.MatchID = true
				got := importInto(t, t.Context(), vendor(f), writeFile(t, ofAccount(tt.n, tt.stranger)...), tt.o)
				var mismatch *identity.MismatchError
				if is := errors.As(got.err, &mismatch); is != tt.refused || got.err != nil && !is {
					t.Fatalf("refused: %v, want %v: %v", is, tt.refused, got.err)
				}
				if tt.refused && (f.calls["update"] > 0 || mismatch.Compared < 9 || mismatch.Compared > 20 || len(mismatch.First) != 3) {
					t.Errorf("%d updates after %v", f.calls["update"], mismatch)
				}
			})
		}
	}
}

// TestIDsThatMatchByThemselves: of an export, a row that is about somebody else than its contact is rejected; one with too
// little to tell is a correction, and counted before the start.
func TestIDsThatMatchByThemselves(t *testing.T) {
	f := newFake()
	f.seed(6)
	file := writeFile(t, "id,full_name,email", "1,Other,other@example.com", "2,Other,known.1@example.com", "3,KNOWN 2,other@example.com",
		"4,,other.3@example.com", "5,Known 4,known.4@example.com", "9,Nobody,nobody@example.com")
	want := []string{"2 rejected id_mismatch", "3 updated", "4 updated", "5 updated", "6 unchanged", "7 rejected not_found"}
	got := importInto(t, t.Context(), finds{creates: creates{f: f}}, file, importer.Options{})
	if got.err != nil || !slices.Equal(outcomesOf(got.results), want) {
		t.Errorf("%v: %q, want %q", got.err, outcomesOf(got.results), want)
	}
	if got.summary.Known != 5 || got.summary.Count(outcome.CodeMismatch) != 1 {
		t.Errorf("%d rows with known ids, %d mismatches", got.summary.Known, got.summary.Count(outcome.CodeMismatch))
	}
	im, err := importer.New(t.Context(), mapping.CloverhoundContacts(), importer.Options{Path: file, Mode: modes.Upsert})
	if err != nil || im.Survey().Unproven != 1 {
		t.Errorf("%v, %+v", err, im.Survey())
	}
}

// TestDefaultsSayNothing: a value that --default puts into a row tells neither for its contact nor against it.
func TestDefaultsSayNothing(t *testing.T) {
	f := newFake()
	f.seed(1)
	file := writeFile(t, "id,full_name,email", "1,,other@example.com")
	o := importer.Options{Path: file, Mode: modes.Upsert, Match: mapping.MatchOptions{Default: []string{"full_name=Unknown"}}}
	im, err := importer.New(t.Context(), mapping.CloverhoundContacts(), o)
	if err != nil || im.Survey().Unproven != 1 {
		t.Errorf("%v, %+v", err, im.Survey())
	}
	if got := importInto(t, t.Context(), finds{creates: creates{f: f}}, file, o); got.err != nil || got.results[0].Outcome != outcome.Updated {
		t.Errorf("%v, %+v", got.err, got.results)
	}
}

// TestSharedPhones: groups of rows with one phone are those that are about different people, the first in the file first.
func TestSharedPhones(t *testing.T) {
	lines := []string{"full_name,email,phone", "Ann,ann@example.com,+31612345678", "Bob,,+31612345670", "Ann B,ann@example.com,0031612345678",
		"Cor,cor@example.com,+31612345678", "Dee,,+31612345670", "Eva,,+31612345671", "Eva,,+31612345671", "Fay,fay@example.com,"}
	for i := range 9 { // one phone of nine people, and many more such
		lines = append(lines, fmt.Sprintf("P%d,p%d@example.com,+31612345600", i, i), fmt.Sprintf("Q%d,q%d@example.com,+3161234561%d", i, i, i/2))
	}
	for _, matches := range []bool{true, false} {
		im, err := importer.New(t.Context(), mapping.CloverhoundContacts(), importer.Options{Path: writeFile(t, lines...), Mode: modes.Upsert, MatchesPhones: matches})
		if err != nil {
			t.Fatal(err)
		}
		want := shared.Phones{}
		if matches {
			want = shared.Phones{Groups: 7, First: [][]int{{2, 5}, {3, 6}, {10, 12, 14, 16}}}
		}
		if got := im.Survey().SharedPhones; got.Groups != want.Groups || !slices.EqualFunc(got.First, want.First, slices.Equal) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
