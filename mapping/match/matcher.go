package match

// matcher assigns the columns of a sheet to fields.
type matcher struct {
	*understanding
	plan   []Feed
	unread []Feed           // see Assignment
	fed    map[int][]string // by column: the fields that it feeds
	notes  map[int]string   // by column: how it is read, if that is not seen
}

func newMatcher(u *understanding) *matcher {
	return &matcher{understanding: u, fed: map[int][]string{}, notes: map[int]string{}}
}
