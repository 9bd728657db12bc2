package write

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// file writes a file and returns its path.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll reads the header and the rows of a file.
func readAll(path string, o sheet.Options) (list []rows.Row, err error) {
	r, err := sheet.Open(path, o)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list = append(list, rows.Row{Number: r.HeaderRow(), Cells: r.Header()})
	for {
		row, err := r.Next()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		row.Cells = append([]string(nil), row.Cells...)
		list = append(list, row)
	}
}
