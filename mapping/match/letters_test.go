package match

import (
	"testing"

	"crmferry/mapping/match/columns"
)

// TestLettersBehindOwnColumns: what is said by letters for a file goes for the rejects workbook of it, in which crmferry's
// columns stand first.
func TestLettersBehindOwnColumns(t *testing.T) {
	file, rejects := []string{"Name", "Note", "Note"}, []string{columns.ColumnRow, columns.ColumnError, columns.ColumnMessage, columns.ColumnAdvice, "Name", "Note", "Note"}
	at := func(header []string, name string) int {
		s := &sheet{request: &Request{}}
		s.addColumns(header)
		i, err := s.findColumn(name, "--map")
		if err != nil {
			return -1
		}
		return i
	}
	for _, name := range []string{"#A", "#B", "#C", "Name"} {
		if a, b := at(file, name), at(rejects, name); a < 0 || b != a+4 {
			t.Errorf("%s is column %d of the file and column %d of the rejects", name, a, b)
		}
	}
	if i := at(rejects, "#D"); i >= 0 {
		t.Errorf("the file has no column D, and it is column %d of the rejects", i)
	}
}
