package importer_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// takeBack takes a run back whose journal is at past, as a run whose journal is at path.
func takeBack(t *testing.T, ctx context.Context, vendor crm.Creator[cloverhound.Contact], past, path string, o importer.Options) *faked {
	t.Helper()
	source := undo.Source{Journal: past, Rows: past + ".rows"}
	if o.Accept != nil {
		source.Rows = ""
		o.Accept = nil
	}
	if _, err := undo.Write(ctx, mapping.CloverhoundContacts(), source, path+".rows"); err != nil {
		t.Fatal(err)
	}
	o.From, o.Workers = modes.FromRun, 1 // ids are given in the order of the rows
	return session(t, ctx, vendor, "", path, o)
}

// people as a CRM has them, for comparison.
func (f *fake) state() (lines []string) {
	for _, c := range f.contacts {
		lines = append(lines, fmt.Sprint(c.ID, " ", c.FullName, " ", c.Email, " ", c.Description))
	}
	return lines
}

// said is what a report says of each row.
func (f *faked) said() (lines []string) {
	for _, r := range f.results {
		lines = append(lines, fmt.Sprintf("%d %s %s %s", r.Row, r.Outcome, r.Codes(), r.FieldNames()))
	}
	return lines
}

func equalLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// TestUndo: what a run created is deleted, what it changed is as before; what people changed meanwhile stays and is named; a
// second undo finds nothing left, and the undo can be undone.
func TestUndo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		f.seed(3)
		before := f.state()
		vendor := deletes{finds{creates{f}}}
		at := func(name string) string { return filepath.Join(dir, name) }
		file := writeFile(t, "Full name,Email,Description", "New 0,new.0@example.com,a", "Other 0,known.0@example.com,b", "New 1,new.1@example.com,", "Other 1,known.1@example.com,", "Known 2,known.2@example.com,")
		if got := session(t, t.Context(), vendor, file, at("import"), importer.Options{Workers: 1}); got.err != nil {
			t.Fatal(got.err)
		}
		after := f.state()

		got := takeBack(t, t.Context(), vendor, at("import"), at("undo"), importer.Options{Run: "u"})
		equalLines(t, "undone", got.said(), []string{"2 deleted  ", "3 updated  ", "4 deleted  ", "5 updated  "})
		equalLines(t, "the CRM", f.state(), before)
		if !got.summary.Clean() {
			t.Error("the undo is not clean")
		}
		got = takeBack(t, t.Context(), vendor, at("import"), at("again"), importer.Options{})
		equalLines(t, "undone again", got.said(), []string{"2 unchanged  ", "3 unchanged  ", "4 unchanged  ", "5 unchanged  "})

		got = takeBack(t, t.Context(), vendor, at("undo"), at("redo"), importer.Options{Run: "r"})
		equalLines(t, "the undo undone", got.said(), []string{"2 created  ", "3 updated  ", "4 created  ", "5 updated  "})
		equalLines(t, "the CRM as the import left it", f.state(), after)
		got = takeBack(t, t.Context(), vendor, at("undo"), at("redo2"), importer.Options{Run: "r2"})
		equalLines(t, "the undo undone again", got.said(), []string{"2 unchanged  ", "3 unchanged  ", "4 unchanged  ", "5 unchanged  "})

		f.contacts[1].FullName = "Edited"
		f.contacts[0].FullName = "Edited too" // its description still is the run's
		f.contacts[3].Description = "edited"
		got = takeBack(t, t.Context(), vendor, at("redo"), at("third"), importer.Options{Run: "t"})
		equalLines(t, "undone after edits", got.said(), []string{"2 skipped edited_since description", "3 updated edited_since full_name", "4 deleted  ", "5 skipped edited_since full_name"})
		equalLines(t, "the CRM after edits", f.state(), []string{"1 Edited too known.0@example.com ", "2 Edited known.1@example.com ", "3 Known 2 known.2@example.com ", "4 New 0 new.0@example.com edited"})
		if got.summary.Clean() {
			t.Error("an undo that left something is clean")
		}
	})
}

// TestUndoDelete: contacts that a run deleted are created again, unless somebody with their address is there by now.
func TestUndoDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		f.seed(3)
		vendor := deletes{finds{creates{f}}}
		got := session(t, t.Context(), vendor, writeFile(t, "id", "1", "2", "3"), filepath.Join(dir, "import"), importer.Options{Mode: modes.DeleteOnly, Copies: (&shelf{}).start})
		if got.err != nil || len(f.contacts) != 0 {
			t.Fatal(got.err, f.state())
		}
		f.contacts = append(f.contacts, cloverhound.Contact{ID: 7, FullName: "Somebody", Email: "known.1@example.com"})
		got = takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{Workers: 1})
		equalLines(t, "undone", got.said(), []string{"2 created  ", "3 skipped exists ", "4 created  "})
		equalLines(t, "the CRM", f.state(), []string{"7 Somebody known.1@example.com ", "8 Known 0 known.0@example.com ", "9 Known 2 known.2@example.com "})
		if want := "created again: its id was 1"; got.results[0].Message() != want || got.results[0].ID != "8" {
			t.Errorf("%+v", got.results[0])
		}
	})
}

// TestUndoDeleteTwins: several contacts with one address were deleted, and all of them come back, also if answers are lost.
func TestUndoDeleteTwins(t *testing.T) {
	for _, loses := range []bool{false, true} {
		t.Run(fmt.Sprint(loses), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.dates = true
				f.delay = func() time.Duration { return time.Second }
				for i := range 4 {
					f.contacts = append(f.contacts, cloverhound.Contact{ID: int64(i + 1), FullName: fmt.Sprintf("Twin %d", i), Email: "twins@example.com"})
				}
				vendor := deletes{finds{creates{f}}}
				got := session(t, t.Context(), vendor, writeFile(t, "id", "1", "2", "3", "4"), filepath.Join(dir, "import"), importer.Options{Mode: modes.DeleteOnly, Copies: (&shelf{}).start})
				if got.err != nil || len(f.contacts) != 0 {
					t.Fatal(got.err, f.state())
				}
				if loses {
					f.fail = func(op string, n int) error {
						if op == "create" && n < 4 {
							return failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "not done"}[n%2 == 1])
						}
						return nil
					}
				}
				if _, err := undo.Write(t.Context(), mapping.CloverhoundContacts(), undo.Source{Journal: filepath.Join(dir, "import"), Rows: filepath.Join(dir, "import.rows")}, filepath.Join(dir, "undo.rows")); err != nil {
					t.Fatal(err)
				}
				got = session(t, t.Context(), vendor, "", filepath.Join(dir, "undo"), importer.Options{From: modes.FromRun, Workers: 4})
				equalLines(t, "undone", got.said(), []string{"2 created  ", "3 created  ", "4 created  ", "5 created  "})
				names := map[string]int{}
				for _, c := range f.contacts {
					names[c.FullName]++
				}
				if len(names) != 4 || len(f.contacts) != 4 {
					t.Error(f.state())
				}
			})
		})
	}
}

// TestCannotUndo: where the vendor documents too little, every row says so.
func TestCannotUndo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		f.seed(1)
		file := writeFile(t, "Full name,Email", "New 0,new.0@example.com", "Other 0,known.0@example.com")
		if got := session(t, t.Context(), creates{f}, file, filepath.Join(dir, "blind"), importer.Options{}); got.err != nil {
			t.Fatal(got.err)
		}
		got := takeBack(t, t.Context(), creates{f}, filepath.Join(dir, "blind"), filepath.Join(dir, "u1"), importer.Options{})
		equalLines(t, "without look-up", got.said(), []string{"2 skipped cannot_undo ", "3 skipped cannot_undo "})
		f.contacts = f.contacts[:1]
		if got := session(t, t.Context(), finds{creates{f}}, file, filepath.Join(dir, "import"), importer.Options{}); got.err != nil {
			t.Fatal(got.err)
		}
		got = takeBack(t, t.Context(), finds{creates{f}}, filepath.Join(dir, "import"), filepath.Join(dir, "u2"), importer.Options{})
		equalLines(t, "without delete", got.said(), []string{"2 skipped cannot_undo ", "3 updated  "})
	})
}

// archives can archive contacts and not delete them. An archived one says so in its description.
type archives struct{ finds }

func (archives) Archived(c cloverhound.Contact, _ time.Time) (cloverhound.Contact, string) {
	c.Description = "archived"
	return c, "description"
}

// TestUndoArchiveLost: whether an archive whose answer was lost was done shows in the contact, also where people have edited it
// meanwhile; in the session that sent it and in the next.
func TestUndoArchiveLost(t *testing.T) {
	for _, tt := range []struct {
		name          string
		done          bool
		late          time.Duration // how long after the answer was lost the archive is carried out
		edited, stops bool
		want, crm     string
	}{
		{"done", true, 0, false, false, "2 updated  ", "1 New 0 new.0@example.com archived"},
		{"done and edited", true, 0, true, false, "2 updated  ", "1 Edited new.0@example.com archived"},
		{"done late and edited", false, 2 * time.Second, true, false, "2 updated  ", "1 Edited new.0@example.com archived"},
		{"not done and edited", false, 0, true, false, "2 skipped edited_since full_name", "1 Edited new.0@example.com "},
		{"done in another session, and edited", true, 0, true, true, "2 updated  ", "1 Edited new.0@example.com archived"},
		{"done late in another session, and edited", false, 40 * time.Second, true, true, "2 updated  ", "1 Edited new.0@example.com archived"},
		{"not done in another session, and edited", false, 0, true, true, "2 skipped edited_since full_name", "1 Edited new.0@example.com "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				vendor := archives{finds{creates{f}}}
				at := func(name string) string { return filepath.Join(dir, name) }
				if got := session(t, t.Context(), vendor, writeFile(t, people(0, 1)...), at("import"), importer.Options{}); got.err != nil {
					t.Fatal(got.err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				archive := func() {
					f.mu.Lock()
					defer f.mu.Unlock()
					f.contacts[0].Description = "archived"
				}
				f.fail = func(op string, n int) error {
					if op != "update" || n > 1 {
						return nil
					}
					if tt.done {
						archive()
					} else if tt.late > 0 {
						time.AfterFunc(tt.late, archive)
					}
					if tt.edited {
						f.mu.Lock()
						f.contacts[0].FullName = "Edited"
						f.mu.Unlock()
					}
					if tt.stops {
						cancel()
					}
					return failing(crm.Ambiguous, 502, "the answer was cut")
				}
				got := takeBack(t, ctx, vendor, at("import"), at("undo"), importer.Options{Run: "u"})
				if tt.stops {
					if got.err == nil {
						t.Fatal("it was not stopped")
					}
					got = session(t, t.Context(), vendor, "", at("undo"), importer.Options{Run: "u", From: modes.FromRun})
				}
				equalLines(t, "undone", got.said(), []string{tt.want})
				equalLines(t, "the CRM", f.state(), []string{tt.crm})
			})
		})
	}
}

// TestUndoOfOlder: of a run whose rows were not kept the creations are known by their keys.
func TestUndoOfOlder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		vendor := deletes{finds{creates{f}}}
		if got := session(t, t.Context(), vendor, writeFile(t, people(0, 2)...), filepath.Join(dir, "import"), importer.Options{Workers: 1}); got.err != nil {
			t.Fatal(got.err)
		}
		f.contacts[1].Email = "another@example.com"
		got := takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{Accept: []string{}})
		equalLines(t, "undone", got.said(), []string{"2 deleted  ", "3 skipped edited_since "})
	})
}

// TestUndoSeveralRows: what several rows did with one contact is taken back at once, from the last value to the first.
func TestUndoSeveralRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		f.seed(1)
		before := f.state()
		vendor := deletes{finds{creates{f}}}
		file := writeFile(t, "id,Full name,Email,Description", "1,First,,a", ",Second,known.0@example.com,")
		if got := session(t, t.Context(), vendor, file, filepath.Join(dir, "import"), importer.Options{Workers: 1, Match: mapping.MatchOptions{MatchID: true}}); got.err != nil || f.contacts[0].FullName != "Second" {
			t.Fatal(got.err, f.state(), got.said())
		}
		got := takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{})
		equalLines(t, "undone", got.said(), []string{"2 updated  "})
		equalLines(t, "the CRM", f.state(), before)
	})
}

// TestUndoUnfinished: of a run that was stopped, what may have been created is looked for by its key.
func TestUndoUnfinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFake(), t.TempDir()
		f.dates = true
		f.delay = func() time.Duration { return time.Second } // both rows are looked up before one is created
		vendor := deletes{finds{creates{f}}}
		f.fail = func(op string, n int) error {
			switch {
			case op == "create":
				return failing(crm.Ambiguous, 502, map[bool]string{true: doneAllTheSame, false: "not done"}[n == 1])
			case n > 2:
				return failing(crm.Transient, 502, "bad gateway")
			}
			return nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		got := session(t, ctx, vendor, writeFile(t, people(0, 2)...), filepath.Join(dir, "import"), importer.Options{Workers: 2})
		if len(f.contacts) != 1 || got.summary.Counts["unknown"] != 2 {
			t.Fatal(got.err, f.state(), got.said())
		}
		f.fail = nil
		got = takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{})
		if got.summary.Counts["deleted"] != 1 || got.summary.Counts["unchanged"] != 1 || len(f.contacts) != 0 {
			t.Error(got.said(), f.state())
		}
	})
}

// TestUndoLeavesOthers: of a run that was stopped, a contact that people have edited, or that was made later, is left.
func TestUndoLeavesOthers(t *testing.T) {
	for _, tt := range []struct {
		name string
		then func(c *cloverhound.Contact)
		want string
	}{
		{"as it was made", func(*cloverhound.Contact) {}, "deleted"},
		{"edited", func(c *cloverhound.Contact) { c.Description, c.UpdatedAt = "met in Gent", time.Now() }, "skipped"},
		{"changed in what cannot be compared", func(c *cloverhound.Contact) { c.UpdatedAt = time.Now() }, "skipped"},
		{"made later", func(c *cloverhound.Contact) { c.CreatedAt, c.UpdatedAt = time.Now(), time.Now() }, "skipped"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				f.dates = true
				vendor := deletes{finds{creates{f}}}
				f.fail = func(op string, n int) error {
					if op == "create" || n > 1 {
						return failing(crm.Ambiguous, 502, doneAllTheSame)
					}
					return nil
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				got := session(t, ctx, vendor, writeFile(t, people(0, 1)...), filepath.Join(dir, "import"), importer.Options{})
				if len(f.contacts) != 1 || got.summary.Counts["unknown"] != 1 {
					t.Fatal(got.err, f.state(), got.said())
				}
				f.fail = nil
				time.Sleep(48 * time.Hour)
				tt.then(&f.contacts[0])
				got = takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{})
				if got.summary.Counts[outcome.Outcome(tt.want)] != 1 {
					t.Error(got.said(), f.state())
				}
			})
		})
	}
}
