package export

import (
	"strings"
	"testing"

	"crmferry/mapping"
)

// TestPeopleFirst: names and the e-mail stand before the id; what has no e-mail, or an id elsewhere, stays.
func TestPeopleFirst(t *testing.T) {
	for was, want := range map[string]string{
		"id first last email phone": "first last email id phone", "id name emailAddresses": "name emailAddresses id",
		"id title": "id title", "name id email": "name id email", "email id": "email id", "id email": "email id",
	} {
		var columns []mapping.ExportColumn
		for name := range strings.FieldsSeq(was) {
			columns = append(columns, mapping.ExportColumn{Name: name})
		}
		if got := strings.Join(namesOf(peopleFirst(columns)), " "); got != want {
			t.Errorf("%s becomes %s, want %s", was, got, want)
		}
	}
}
