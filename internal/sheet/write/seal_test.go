package write

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/seal"
)

// sealedBooks writes one workbook of each kind into a folder.
func sealedBooks(t *testing.T) []string {
	dir := t.TempDir()
	write := func(name string, fill func(w io.Writer) error) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err == nil {
			err = fill(f)
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	table := write("table.xlsx", func(w io.Writer) error {
		x, err := NewTable(w, sheet.XLSX, TableOptions{Columns: []TableColumn{{Header: "Email"}}, Title: "Contacts", Subject: "Export", Creator: "crmferry/1", Created: time.Unix(0, 0)})
		if err != nil {
			return err
		}
		if err := x.Write([]cell.Cell{{Text: "jan@example.com"}}); err != nil {
			return err
		}
		_, err = x.Close()
		return err
	})
	texts := write("texts.xlsx", func(w io.Writer) error {
		x := &ownWriter{out: w}
		if err := x.Write([]string{"Email"}); err != nil {
			return err
		}
		return x.Close()
	})
	book := write("book.xlsx", func(w io.Writer) error { return writeSealed(excelize.NewFile(), w) })
	return []string{table, texts, book}
}

func sealed(t *testing.T, path string) bool {
	t.Helper()
	o, err := sheet.OriginOf(path)
	if err != nil {
		t.Fatal(err)
	}
	return o.Sealed
}

func TestSealHoldsUntilAnotherProgramSaves(t *testing.T) {
	for _, path := range sealedBooks(t) {
		if !sealed(t, path) {
			t.Errorf("%s: has no seal that fits", filepath.Base(path))
		}
		f, err := excelize.OpenFile(path) // which keeps the property, and says nothing of itself
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr(f.GetSheetName(0), "A2", "ann@example.com"); err != nil {
			t.Fatal(err)
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		if kept, err := f.GetCustomProps(); err != nil || len(kept) != 1 {
			t.Errorf("%s: the property is not a document's own: %v, %v", filepath.Base(path), kept, err)
		}
		if sealed(t, path) {
			t.Errorf("%s: the seal fits what another program has saved", filepath.Base(path))
		}
	}
}

// rezip copies a workbook, each part changed by edit, which returns false for those that are left out.
func rezip(t *testing.T, from, to string, edit func(name, text string) (string, bool)) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	out := zip.NewWriter(f)
	for _, p := range in.File {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if changed, ok := edit(p.Name, string(text)); ok {
			w, err := out.Create(p.Name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, changed)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

func TestSealFitsNoOtherParts(t *testing.T) {
	for _, path := range sealedBooks(t) {
		for name, edit := range map[string]func(part, text string) (string, bool){
			"":         func(_, text string) (string, bool) { return text, true },
			"a letter": func(p, text string) (string, bool) { return strings.Replace(text, "Email", "email", 1), true },
			"a space": func(p, text string) (string, bool) {
				return text + map[bool]string{true: " "}[p == "xl/styles.xml"], true
			},
			"a part less":      func(p, text string) (string, bool) { return text, p != "docProps/app.xml" },
			"the seal is gone": func(p, text string) (string, bool) { return text, p != seal.Part },
		} {
			other := filepath.Join(t.TempDir(), "other.xlsx")
			rezip(t, path, other, edit)
			want := name == "" || name == "a letter" && filepath.Base(path) == "book.xlsx" // which has none
			if got := sealed(t, other); got != want {
				t.Errorf("%s, %q: the seal fits: %t", filepath.Base(path), name, got)
			}
		}
	}
}

func TestOriginOf(t *testing.T) {
	o, err := sheet.OriginOf(sealedBooks(t)[0])
	if want := (sheet.Origin{Title: "Contacts", Subject: "Export", Creator: "crmferry/1", Sealed: true}); err != nil || o != want {
		t.Errorf("got %+v, %v, want %+v", o, err, want)
	}
	text := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(text, []byte("Email\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sheet.OriginOf(text); err == nil {
		t.Error("a text file was read as a workbook")
	}
}
