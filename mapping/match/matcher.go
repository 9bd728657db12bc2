package match

// matcher assigns the columns of a sheet to fields.
type matcher struct {
	*understanding
	plan   []Feed
	unread []Feed           // see Assignment
	won    map[int][]string // by column: the fields that it feeds
	behind map[int]string   // by column: where it is read, if others are read before it
}

func newMatcher(u *understanding) *matcher {
	return &matcher{understanding: u, won: map[int][]string{}, behind: map[int]string{}}
}
