package cells

import "testing"

// TestWeekdays: a day of the week before a date says nothing more, unless it is another one.
func TestWeekdays(t *testing.T) {
	for v, want := range map[string]string{
		"Sat, 15 Mar 2025": "2025-03-15", "Saturday, March 15, 2025": "2025-03-15", "Samstag, 15. März 2025": "2025-03-15",
		"zaterdag 15 maart 2025": "2025-03-15", "samedi 15 mars 2025": "2025-03-15", "sábado, 15 de marzo de 2025": "2025-03-15",
		"Mittwoch, 12. März 2025": "2025-03-12", "dimanche 16 mars 2025": "2025-03-16", "Wed, 12 Mar 2025 10:30:00": "2025-03-12T10:30",
		"miércoles, 12 de marzo de 2025": "2025-03-12", "Mon, 15 Mar 2025": "", "Sonnenberg 15 Mar 2025": "", "Mark 15 Mar 2025": "", "Mon 2025": "",
	} {
		day, notes := ReadDate(v, "", false)
		got := ""
		if notes.OK() {
			got = ShowDate(day)
		}
		if len(got) > 16 {
			got = got[:16]
		}
		if got != want && !(want != "" && len(got) >= len(want) && got[:len(want)] == want) {
			t.Errorf("%q is read as %q, want %q", v, got, want)
		}
	}
}
