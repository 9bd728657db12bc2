package copied

import (
	"testing"
	"time"

	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// TestSums: what people can change of a contact counts, what only the vendor writes does not, and no contact is as one that is
// not there.
func TestSums(t *testing.T) {
	s := New(mapping.GrowContacts(), 2)
	ann := growcrm.Contact{ID: 7, FirstName: "Ann", LastName: "Smith", Email: "ann@example.com"}
	seen, moved := ann, ann
	seen.Updated, moved.Phone = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), "+15125550199"
	if s.Of(ann) != s.Of(seen) || s.Of(ann) == s.Of(moved) || s.Of(growcrm.Contact{}) <= Absent {
		t.Errorf("%d, seen since %d, moved %d, empty %d", s.Of(ann), s.Of(seen), s.Of(moved), s.Of(growcrm.Contact{}))
	}
	s.Set(1, s.Of(ann), time.Minute)
	if sum, read := s.Get(1); sum != s.Of(ann) || read != time.Minute {
		t.Errorf("%d, read %v", sum, read)
	}
	if sum, _ := s.Get(0); sum != 0 {
		t.Errorf("a row of which nothing is known has %d", sum)
	}
	s.Set(0, Absent, 0)
	for row, want := range map[int]string{1: "", 0: "the contact could not be copied, because it was not found when the others were"} {
		if got := s.Fault(row, seen); got != want {
			t.Errorf("row %d: %q, want %q", row, got, want)
		}
	}
	if got := s.Fault(1, moved); got != "the contact was changed after it was copied" {
		t.Errorf("one that was changed: %q", got)
	}
}
