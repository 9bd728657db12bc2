package sandbox

import (
	"iter"
	"time"
)

// seeded yields the people that every vendor knows from the start, and how many more as asked for.
func seeded(more int) iter.Seq[Person] {
	return func(yield func(Person) bool) {
		for i := FirstOlder; i < SampleEnd; i++ {
			p := SamplePerson(i)
			if i < FirstSame {
				p = p.earlier(i)
			}
			if !yield(p) {
				return
			}
		}
		for i := firstExtra; i < firstExtra+more; i++ {
			if !yield(SamplePerson(i)) {
				return
			}
		}
	}
}

// seedTime is when all that is seeded was created.
func (s *Server) seedTime() time.Time {
	return s.options.Now().UTC().Add(-30 * 24 * time.Hour).Truncate(time.Second)
}
