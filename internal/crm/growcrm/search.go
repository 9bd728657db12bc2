package growcrm

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// mostSearched is how many requests a search by the words of a name makes, at most: what is said of a run before its start counts
// on it.
const mostSearched = 3

// searched are the records that have one of some words, the one that fewest have: all of them, as only one of them is sought. A
// name of words that too many records have is refused, because it cannot be told whom it means.
func searched[W record](ctx context.Context, c *Client, op, path string, query url.Values, words []string) ([]W, error) {
	var found pageOf[W]
	left, rarest := mostSearched, ""
	for _, word := range words[:min(len(words), mostSearched)] {
		query.Set("search", word)
		page, err := pageAt[W](ctx, c, op, path, query, 1)
		switch left--; {
		case err == nil && len(page.Data) == 0 && rarest != "" && !crm.IsPlainWord(word): // the search may take only the others
		case err != nil || page.last(1):
			return page.Data, err
		case rarest == "" || page.total() < found.total():
			found, rarest = page, word
		}
	}
	query.Set("search", rarest)
	for n := 2; n-2 < left && found.lastPage() < n+left; n++ {
		page, err := pageAt[W](ctx, c, op, path, query, n)
		if err != nil {
			return nil, err
		}
		if found.Data = append(found.Data, page.Data...); page.last(n) {
			return found.Data, nil
		}
	}
	return nil, &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeCommon,
		Message: fmt.Sprintf("at least %d records have %q, the rarest word of the name: too many to look through for one; give the row its id", max(found.total(), len(found.Data)), rarest)}
}

// pageAt reads page n of a list.
func pageAt[W record](ctx context.Context, c *Client, op, path string, query url.Values, n int) (page pageOf[W], err error) {
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("page", strconv.Itoa(n))
	_, err = c.api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path, Query: query}, &page)
	return page, err
}
