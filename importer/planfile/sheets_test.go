package planfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
)

// TestChangesGoOn: changes that one sheet does not hold go on in others, and all are read and compared.
func TestChangesGoOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	book, err := write.NewBook(f, write.BookOptions{First: PlanSheet, Fills: Fills()})
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSheets(book, "run")
	if err != nil {
		t.Fatal(err)
	}
	s.room = 3
	var plan []Row
	for i := range 4 {
		plan = append(plan, Row{Number: i + 2, Action: outcome.ActionUpdate, Changes: []Change{{Field: "a", Now: "", Will: fmt.Sprint(i)}, {Field: "b", Now: "x", Will: "y"}}})
		if err := s.Write(&plan[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(write.Properties{}); err != nil {
		t.Fatal(err)
	}
	if names, err := sheet.Names(path); !slices.Equal(names, []string{"Plan", "Changes", "Changes 2", "Changes 3"}) {
		t.Errorf("%q, %v", names, err)
	}
	m, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	compare := func() error {
		_, err := m.Compare(func(yield func(Row, error) bool) {
			for _, r := range plan {
				if !yield(r, nil) {
					return
				}
			}
		})
		return err
	}
	if err := compare(); err != nil || len(m.changes) != 8 {
		t.Errorf("%d changes, %v", len(m.changes), err)
	}
	plan[3].Changes[0].Will = "another"
	if want, err := fmt.Sprintf(`read %q, sheet "Changes 3": row 3, column F: "will be" was changed: the plan says "another"`, path), compare(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
