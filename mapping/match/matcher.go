package match

// matcher assigns the columns of a sheet to fields.
type matcher struct {
	*understanding
	plan     []Feed
	unread   []Feed           // see Assignment
	fed      map[int][]string // by column: the fields that it feeds
	fallback map[int]string   // by column: where it is read, if others are read before it
}

func newMatcher(u *understanding) *matcher {
	return &matcher{understanding: u, fed: map[int][]string{}, fallback: map[int]string{}}
}
