package told

import (
	"testing"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
)

// TestLettersBehindOwnColumns: what is said by letters for a file goes for the rejects workbook of it, in which crmferry's
// columns stand first.
func TestLettersBehindOwnColumns(t *testing.T) {
	file, rejects := []string{"Name", "Note", "Note"}, []string{columns.ColumnRow, columns.ColumnError, columns.ColumnMessage, columns.ColumnAdvice, "Name", "Note", "Note"}
	at := func(header []string, name string) int {
		s := &Reader{Set: columns.Set{Lead: columns.Leading(header)}}
		for i, h := range header {
			s.Set.Columns, s.Set.Folded = append(s.Set.Columns, columns.Column{Index: i, Header: h}), append(s.Set.Folded, headers.FoldHeader(h))
		}
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

// TestHeadersOfTwoLines: a header of two lines is named in one, and found by both.
func TestHeadersOfTwoLines(t *testing.T) {
	list := []columns.Column{{Index: 0, Letter: "A", Header: "Phone\nnumber "}, {Index: 1, Letter: "B", Header: "E-mail\r\n\taddress"}, {Index: 2, Letter: "C", Header: "Phone number"}}
	for i, want := range []string{"#A", "E-mail address", "#C"} {
		if got := list[i].Ref(list); got != want {
			t.Errorf("%q is named %q, want %q", list[i].Header, got, want)
		}
	}
	s := &Reader{Set: columns.Set{Columns: list[:2], Folded: []string{"phonenumber", "emailaddress"}}}
	for _, name := range []string{"E-mail\r\n\taddress", "E-mail address", "e-mail  address", "#B"} {
		if i, err := s.findColumn(name, "--map"); err != nil || i != 1 {
			t.Errorf("%q: %d, %v", name, i, err)
		}
	}
}
