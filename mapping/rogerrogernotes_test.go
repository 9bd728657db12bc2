package mapping

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
)

var goodNote = record{
	"personId": "/people/p1", "title": "Call", "description": "Wants a quote", "category": "/note_categories/c1", "flagged": "yes", "isPrivate": "no",
	"author": "u1", "createdAt": "2026-01-31T10:20:30Z",
}

func TestConvertNote(t *testing.T) {
	yes, no := true, false
	want := rogerroger.Note{Person: crm.Ref{ID: "p1"}, Title: "Call", Description: "Wants a quote", Category: crm.Ref{ID: "/note_categories/c1"},
		Flagged: &yes, IsPrivate: &no, Author: crm.Ref{ID: "/users/u1"}, CreatedAt: time.Date(2026, 1, 31, 10, 20, 30, 0, time.UTC)}
	row := convert(t, RogerRogerNotes(), MatchOptions{NeedsRequired: true}, goodNote)
	if diff := cmp.Diff(want, row.Contact); diff != "" || len(row.Problems)+len(row.Links) > 0 || len(row.Fields) != 8 {
		t.Errorf("-want +got:\n%s%v %v %v", diff, row.Problems, row.Links, row.Fields)
	}
}

// TestConvertNoteByEmail: the person's address is a name that has to be resolved.
func TestConvertNoteByEmail(t *testing.T) {
	table := RogerRogerNotes()
	row := convert(t, table, MatchOptions{NeedsRequired: true, Set: []string{"category=c1"}}, record{"E-mail": "jane@example.com", "Notes": "Wants a quote"})
	if len(row.Problems) > 0 || !cmp.Equal(row.Links, []Link{{Field: "personId", Kind: "people", Name: "jane@example.com", Column: "E-mail"}}) || row.Contact.Category.ID != "/note_categories/c1" {
		t.Fatalf("%+v", row)
	}
	table.SetLinks(&row.Contact, "personId", map[string]crm.Ref{crm.Fold("jane@example.com"): crm.Ref{ID: "p1", Name: "jane@example.com"}})
	if row.Contact.Person.ID != "p1" || !slices.Equal(table.RowKeys(row.Contact), row.Contact.Keys()) || len(row.Contact.Keys()) == 0 {
		t.Errorf("%+v has the keys %v", row.Contact.Person, table.RowKeys(row.Contact))
	}
}

// TestConvertNoteByName: so is a full name, and the id that another program gave the person.
func TestConvertNoteByName(t *testing.T) {
	for _, name := range []string{"Jane Doe", "C-42", "45"} {
		row := convert(t, RogerRogerNotes(), MatchOptions{NeedsRequired: true}, with(goodNote, "personId", name))
		if len(row.Problems) > 0 || !cmp.Equal(row.Links, []Link{{Field: "personId", Kind: "people", Name: name, Column: "personId"}}) {
			t.Errorf("%q: %v %v", name, row.Links, row.Problems)
		}
	}
}

func TestLimitsNote(t *testing.T) {
	checkLimits(t, RogerRogerNotes(), goodNote, []broken{
		{[]string{"personId", ""}, cells.CodeRequired, "personId"},
		{[]string{"description", " "}, cells.CodeRequired, "description"},
		{[]string{"category", ""}, cells.CodeRequired, "category"},
		{[]string{"category", "Phone call"}, cells.CodeBadValue, "category"},
		{[]string{"personId", "jane@"}, cells.CodeBadValue, "personId"},
		{[]string{"flagged", "perhaps"}, cells.CodeBadValue, "flagged"},
		{[]string{"createdAt", "31-01-2026"}, cells.CodeBadDate, "createdAt"},
	})
}

// TestNoteID: a note is known by its id together with its person's, or by its IRI, which holds both.
func TestNoteID(t *testing.T) {
	table := RogerRogerNotes()
	for id, want := range map[string]string{"n1": "/people/p1/notes/n1", "/people/p1/notes/n1": "/people/p1/notes/n1"} {
		row := convert(t, table, MatchOptions{MatchID: true}, with(goodNote, "id", id))
		if got := table.ID(row.Contact); got != want || len(row.Problems) > 0 {
			t.Errorf("%s: got %q, %v", id, got, row.Problems)
		}
		if keys := table.MatchKeys(&row.Contact); len(keys) != 1 || keys[0].ID != want {
			t.Errorf("%s: keys %v", id, keys)
		}
	}
	row := convert(t, table, MatchOptions{MatchID: true}, record{"id": "/people/p1/notes/n1", "title": "Called"})
	if table.ID(row.Contact) != "/people/p1/notes/n1" || !cmp.Equal(row.Fields, crm.Fields{"title"}) {
		t.Errorf("%+v", row)
	}
	for _, id := range []string{"/people/p1", "/people//notes/n1", "a b", "/notes/n1"} {
		if row := convert(t, table, MatchOptions{MatchID: true}, with(goodNote, "id", id)); len(row.Problems) != 1 || row.Problems[0].Code != cells.CodeBadID {
			t.Errorf("%s: %v", id, row.Problems)
		}
	}
	found := rogerroger.Note{ID: "n1", Person: crm.Ref{ID: "p1"}, Description: "Wants a quote"}
	want := rogerroger.Note{Person: crm.Ref{ID: "p2"}, Description: "Wants a quote\r\n"}
	if m := table.Merge(found, want, crm.Fields{"personId", "description"}, nil); len(m.Changed) > 0 || len(m.Fixed) != 1 {
		t.Errorf("a note cannot be moved: changed %v, fixed %v", m.Changed, m.Fixed)
	}
}
