package mapping

import "testing"

// TestNameThatIsNothing: a whole name that says that there is none is none, also where one is required.
func TestNameThatIsNothing(t *testing.T) {
	header := []string{"Name", "Email"}
	m, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: profiled(header, "Ada Lovett|ada@example.com", "N/A|ben@example.com"), NeedsRequired: true}))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"N/A": false, "-": false, "Ada Lovett": true} {
		row := m.Convert([]string{name, "ada@example.com"})
		if got := row.Contact.FamilyName != "" && len(row.Problems) == 0; got != want {
			t.Errorf("%s: got %q, %v", name, row.Contact.FamilyName, row.Problems)
		}
	}
}
