package importer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/mapping"
)

// notes is a RogerRoger in the sandbox and clients of it.
type notes struct {
	sandbox    *sandbox.Server
	people     *rogerroger.Client
	client     *rogerroger.Notes
	categories []string // that notes have
}

func newNotes(t *testing.T) notes {
	t.Helper()
	s := sandbox.New(sandbox.Options{})
	config := rogerConfig(t, s)
	n := notes{sandbox: s, people: rogerroger.New(config), client: rogerroger.NewNotes(config)}
	var err error
	if n.categories, err = n.client.Suggest(t.Context(), "category"); err != nil || len(n.categories) < 2 {
		t.Fatalf("categories %v, %v", n.categories, err)
	}
	return n
}

func (n notes) run(t *testing.T, lines ...string) results {
	t.Helper()
	o := importer.Options{Path: writeFile(t, lines...), Workers: 4}
	o.Match.NeedsRequired = true
	got := importAny(t, t.Context(), mapping.RogerRogerNotes(), n.client, o)
	if got.err != nil {
		t.Fatal(got.err)
	}
	return got.results
}

// of reads the notes of a person.
func (n notes) of(t *testing.T, email string) []rogerroger.Note {
	t.Helper()
	found, err := n.client.Find(t.Context(), []crm.Key{{Of: email}})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const noteHead = "Email,Title,Description,Category,Flagged"

func TestNotesAreMadeOnce(t *testing.T) {
	n := newNotes(t)
	email := seed.SamplePerson(seed.FirstSame).Email
	category := n.categories[0]
	lines := []string{noteHead,
		email + ",Call,No answer," + category + ",no",
		strings.ToUpper(email) + ",Call,No answer," + strings.TrimPrefix(category, "/note_categories/") + ",no", // the same
		email + ",Call,\"Two\r\nlines\"," + category + ",yes",
		"nobody@example.com,Call,No answer," + category + ",no",
	}
	wrote := len(n.sandbox.Ledger())
	want := []string{"2 created create", "3 skipped none duplicate_in_file", "4 created create", "5 rejected  unknown_name"}
	got := n.run(t, lines...)
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	if text := got[3].Problems[0].Message; !strings.Contains(text, `no person is called "nobody@example.com"`) {
		t.Errorf("row 5: %s", text)
	}
	if notes := n.of(t, email); len(notes) != 2 || notes[0].Identity() == "" {
		t.Errorf("notes %v", notes)
	}
	want = []string{"2 unchanged none", "3 skipped none duplicate_in_file", "4 unchanged none", "5 rejected  unknown_name"}
	if diff := cmp.Diff(want, n.run(t, lines...).short()); diff != "" {
		t.Errorf("once more: %s", diff)
	}
	if writes := len(n.sandbox.Ledger()) - wrote; writes != 2 {
		t.Errorf("%d writes, want 2", writes)
	}
}

// TestPersonInTwoWays: two rows may name one person by id and by e-mail.
func TestPersonInTwoWays(t *testing.T) {
	n := newNotes(t)
	email, category := seed.SamplePerson(seed.FirstSame).Email, n.categories[0]
	people, err := n.people.Find(t.Context(), []crm.Key{{Email: email}})
	if err != nil || len(people) != 1 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	lines := []string{noteHead, people[0].ID + ",Call,No answer," + category + ",no", email + ",Call,No answer," + category + ",no"}
	if got, want := n.run(t, lines...).short(), []string{"2 created create", "3 skipped none duplicate_in_file"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	slices.Reverse(lines[1:])
	if got, want := n.run(t, lines...).short(), []string{"2 unchanged none", "3 skipped none duplicate_in_file"}; !slices.Equal(got, want) {
		t.Errorf("again, the other way round: %v", got)
	}
}

// TestEqualNote: what an equal note has otherwise is left alone, as nobody knows whether it is meant, and that is said.
func TestEqualNote(t *testing.T) {
	n := newNotes(t)
	email, category := seed.SamplePerson(seed.FirstSame).Email, n.categories[0]
	n.run(t, noteHead, email+",Call,No answer,"+category+",no")
	got := n.run(t, noteHead, email+",Call,No answer,"+category+",yes")
	if want := []string{"2 skipped none differs"}; !slices.Equal(got.short(), want) {
		t.Errorf("%v", got.short())
	}
	if message := got[0].Message(); !strings.Contains(message, "differs in flagged") {
		t.Errorf("message %q", message)
	}
}

func TestNotesByID(t *testing.T) {
	n := newNotes(t)
	email, category := seed.SamplePerson(seed.FirstSame).Email, n.categories[0]
	n.run(t, noteHead, email+",Call,No answer,"+category+",no", email+",Call,Answered,"+category+",no")
	made := n.of(t, email)
	if len(made) != 2 {
		t.Fatalf("notes %v", made)
	}
	got := n.run(t, "id,personId,title,description,category,flagged",
		made[0].ID+","+made[0].Person.ID+",Call,\"Called back, he was in\","+n.categories[1]+",yes",
		made[1].ID+","+email+","+made[1].Title+","+made[1].Description+","+category+",no",
		"no-such-note,"+email+",Call,Lost,"+category+",no",
	)
	want := []string{"2 updated update", "3 unchanged none", "4 rejected  not_found"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(crm.Fields{"description", "category", "flagged"}, got[0].Changed); diff != "" {
		t.Error(diff)
	}
	for _, note := range n.of(t, email) {
		if note.ID == made[0].ID && (note.Description != "Called back, he was in" || note.Category.ID != n.categories[1] || !*note.Flagged) {
			t.Errorf("%+v", note)
		}
	}
}

// TestUnknownCategory: the refusal tells which categories there are.
func TestUnknownCategory(t *testing.T) {
	n := newNotes(t)
	email := seed.SamplePerson(seed.FirstSame).Email
	got := n.run(t, noteHead, email+",Call,No answer,/note_categories/none,no")
	if want := []string{"2 failed create invalid"}; !slices.Equal(got.short(), want) {
		t.Fatalf("%v", got.short())
	}
	if text := got[0].Problems[0].Message; !strings.Contains(text, n.categories[0]) || !strings.Contains(text, n.categories[1]) {
		t.Errorf("the refusal says %q", text)
	}
}
