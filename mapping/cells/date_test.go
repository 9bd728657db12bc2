package cells

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		cell, order string
		want        time.Time
	}{
		{"2026-01-31", "", day},
		{"2026-01-31T10:20:30Z", "", day.Add(10*time.Hour + 20*time.Minute + 30*time.Second)},
		{"2026-01-31T10:20:30+02:00", "", day.Add(8*time.Hour + 20*time.Minute + 30*time.Second)},
		{"9999-12-31T23:59:59-01:00", "", time.Time{}}, // in UTC it is of the year 10000
		{"2026-01-31 10:20", "", day.Add(10*time.Hour + 20*time.Minute)},
		{"2026/01/31", "", day},
		{"31-01-2026", "dmy", day},
		{"31.1.2026", "dmy", day},
		{"31-01-2026 10:20", "dmy", day.Add(10*time.Hour + 20*time.Minute)},
		{"1/31/2026", "mdy", day},
		{"1/31/2026 10:20 pm", "mdy", day.Add(22*time.Hour + 20*time.Minute)},
		{"2026-01-31", "mdy", day},
		{"31-01-2026", "", time.Time{}},
		{"31-01-2026", "mdy", time.Time{}},
		{"31-01-26", "dmy", day},
		{"31-01-126", "dmy", time.Time{}},
		{"31-01-1", "dmy", time.Time{}},
		{"31-1-2026 10:20", "dmy", day.Add(10*time.Hour + 20*time.Minute)},
		{"31-1-2026 10:20:30", "dmy", day.Add(10*time.Hour + 20*time.Minute + 30*time.Second)},
		{"1-31-2026 10:20", "mdy", day.Add(10*time.Hour + 20*time.Minute)},
		{"31-01-2026 10:20 PM", "dmy", day.Add(22*time.Hour + 20*time.Minute)},
		{"31-01-2026 10:20:30 PM", "dmy", day.Add(22*time.Hour + 20*time.Minute + 30*time.Second)},
		{"31-1-2026 10:20 p.m.", "dmy", day.Add(22*time.Hour + 20*time.Minute)},
		{"1/31/2026, 10:20:30\u202fPM", "mdy", day.Add(22*time.Hour + 20*time.Minute + 30*time.Second)},
		{"31.01.2026 10:20 Uhr", "dmy", day.Add(10*time.Hour + 20*time.Minute)},
		{"31-1-2026T10:20", "dmy", day.Add(10*time.Hour + 20*time.Minute)},
		{"2026-01-31 10:20 PM", "", day.Add(22*time.Hour + 20*time.Minute)},
		{"31-1-2026 25:20", "dmy", time.Time{}},
		{"31-1-2026 10:20", "", time.Time{}},
		{"31 jan 2026", "", day},
		{"31. Januar 2026", "", day},
		{"31 janv. 2026", "", day},
		{"31 de enero de 2026", "", day},
		{"January 31, 2026", "", day},
		{"Jan 31st 2026", "", day},
		{"31-Jan-26", "", day},
		{"31 januari 2026 10:20", "", day.Add(10*time.Hour + 20*time.Minute)},
		{"1er mars 2026", "", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)},
		{"12. März 1931", "", time.Date(1931, 3, 12, 0, 0, 0, 0, time.UTC)},
		{"12 Mrz 31", "", time.Date(1931, 3, 12, 0, 0, 0, 0, time.UTC)},
		{"31 Smarch 2026", "", time.Time{}},
		{"January 2026", "", time.Time{}},
		{"Jan-26", "", time.Time{}},
		{"31 jan jan 2026", "", time.Time{}},
		{"32 jan 2026", "", time.Time{}},
		{"2026-02-30", "", time.Time{}},
		{"0/0/00", "dmy", time.Time{}},
		{"--03-07", "", time.Time{}},
		{"45373", "", time.Time{}},
		{"gisteren", "dmy", time.Time{}},
		{"31-01-2026 noon", "dmy", time.Time{}},
	}
	for _, tt := range tests {
		got, err := parseDate(tt.cell, tt.order)
		if (err != "") != tt.want.IsZero() || !got.Equal(tt.want) {
			t.Errorf("%q with %q: got %v %q, want %v", tt.cell, tt.order, got, err, tt.want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, v := range []string{"2026-01-31", "31-01-2026", "1/31/2026 10:20 pm", "0001-01-01", "2026-01-31T10:20:30.5+02:00"} {
		f.Add(v, "dmy")
	}
	f.Fuzz(func(t *testing.T, v, order string) {
		d, err := parseDate(v, order)
		if err != "" {
			return
		}
		if again, err := parseDate(ShowDate(d), ""); err != "" || !again.Equal(d) {
			t.Errorf("%q gave %v, shown as %q, which reads back as %v %s", v, d, ShowDate(d), again, err)
		}
	})
}
