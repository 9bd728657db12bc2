package answers

import (
	"context"
	"fmt"
	"net/url"

	"crmferry/internal/crm"
)

// MostSearched is how many requests a search by the words of a name makes, at most: what is said of a run before its start counts
// on it.
const MostSearched = 3

// Search returns the records that have one of some words, the one that fewest have: all of them, as only one of them is sought. A
// name of words that too many records have is refused, because it cannot be told whom it means.
func (l List[W, C]) Search(ctx context.Context, query url.Values, words []string) ([]C, error) {
	var found Page[W]
	left, rarest := MostSearched, ""
	for _, word := range words[:min(len(words), MostSearched)] {
		query.Set("search", word)
		page, err := pageAt[W](ctx, l.API, l.Op, l.Path, query, 1)
		switch left--; {
		case err == nil && len(page.Data) == 0 && rarest != "" && !crm.IsPlainWord(word): // the search may take only the others
		case err != nil || page.isLast(1):
			return l.Items(page.Data), err
		case rarest == "" || page.Total() < found.Total():
			found, rarest = page, word
		}
	}
	query.Set("search", rarest)
	for n := 2; n-2 < left && found.Last() < n+left; n++ {
		page, err := pageAt[W](ctx, l.API, l.Op, l.Path, query, n)
		if err != nil {
			return nil, err
		}
		if found.Data = append(found.Data, page.Data...); page.isLast(n) {
			return l.Items(found.Data), nil
		}
	}
	return nil, &crm.Error{Op: l.Op, Class: crm.Permanent, Code: crm.CodeCommon,
		Message: fmt.Sprintf("at least %d records have %q, the rarest word of the name: too many to look through for one; give the row its id", max(found.Total(), len(found.Data)), rarest)}
}

// Find returns what is there for each of keys: get reads those with an id, and search looks for the others.
func Find[C any](ctx context.Context, keys []crm.Key, get func(context.Context, string) ([]C, error), search func(context.Context, crm.Key) ([]C, error)) (found []C, err error) {
	for _, key := range keys {
		var some []C
		if key.ID != "" {
			some, err = get(ctx, key.ID)
		} else {
			some, err = search(ctx, key)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}
