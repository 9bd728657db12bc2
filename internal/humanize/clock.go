package humanize

import "time"

// Clock is a time of the next hours as people say it, rounded up to the minute: "02:00", of another day with its date.
func Clock(at, now time.Time) string {
	at = at.Add(time.Minute - time.Second).Truncate(time.Minute).In(now.Location())
	if at.Format(time.DateOnly) != now.Format(time.DateOnly) {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("15:04")
}
