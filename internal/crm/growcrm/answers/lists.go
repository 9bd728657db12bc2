package answers

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// List is a list of the vendor, and how its items are read.
type List[W Record, C any] struct {
	API      *crm.API
	Op, Path string
	Read     func(*W) C
}

// Page reads page n.
func (l List[W, C]) Page(ctx context.Context, query url.Values, n int) (crm.NumberedPage[C], error) {
	page, err := pageAt[W](ctx, l.API, l.Op, l.Path, query, n)
	if err != nil {
		return crm.NumberedPage[C]{}, err
	}
	return crm.NumberedPage[C]{Items: l.Items(page.Data), Total: page.Total(), Last: page.lastAfter(n)}, nil
}

// Items are the items of a page as they are read.
func (l List[W, C]) Items(data []W) []C {
	items := make([]C, len(data))
	for i := range data {
		items[i] = l.Read(&data[i])
	}
	return items
}

// pageAt reads page n of the list at path.
func pageAt[W Record](ctx context.Context, api *crm.API, op, path string, query url.Values, n int) (page Page[W], err error) {
	query.Set("limit", strconv.Itoa(PageSize))
	query.Set("page", strconv.Itoa(n))
	_, err = api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path, Query: query}, &page)
	return page, err
}

// Pages yields the pages of a list as far as meta.last_page; where the vendor sends no meta, as far as full pages.
func Pages[T Record](ctx context.Context, api *crm.API, op, path string, query url.Values) iter.Seq2[Page[T], error] {
	return func(yield func(Page[T], error) bool) {
		starts := map[string]bool{}
		for number := 1; ; number++ {
			page, err := pageAt[T](ctx, api, op, path, query, number)
			if err == nil && len(page.Data) > 0 && number > 1 && starts[page.Data[0].RecordID()] {
				err = &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeServer,
					Message: fmt.Sprintf("page %d of the answer repeats an earlier one", number)}
			}
			if err != nil {
				yield(Page[T]{}, err)
				return
			}
			if len(page.Data) > 0 {
				starts[page.Data[0].RecordID()] = true
			}
			if !yield(page, nil) || page.isLast(number) {
				return
			}
			if number >= crm.MaxHeld {
				yield(Page[T]{}, crm.Endless(op))
				return
			}
		}
	}
}
