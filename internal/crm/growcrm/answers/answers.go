// Package answers reads what all answers of Grow CRM have alike: the envelope of one record, and the pages of a list.
package answers

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"crmferry/internal/crm"
)

// PageSize is the most records on a page, https://docs-api.growcrm.io/contacts.
const PageSize = 100

// Record is a thing in an answer.
type Record interface {
	// RecordID is its id, "" if that is none as Grow CRM has them.
	RecordID() string
}

// One is the envelope of one record (https://docs-api.growcrm.io/getting-started).
type One[T Record] struct {
	Data crm.Loose[T] `json:"data"`

	Asked string `json:"-"` // the id that the call is about, "" if it makes a record
}

// Mismatch says that the answer lacks data.id, which all have that are about one record, a deleted one too.
func (o *One[T]) Mismatch() string { return crm.MismatchedID(o.Data.Value.RecordID(), o.Asked) }

// Read reads a record by its id; nil if the vendor does not know it.
func Read[T Record](ctx context.Context, api *crm.API, op, id string, path func(int64) string) (*T, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, nil // ids are numbers
	}
	body := One[T]{Asked: strconv.FormatInt(n, 10)}
	_, err = api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path(n)}, &body)
	switch {
	case crm.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &body.Data.Value, nil
}

// Page is the envelope of a list.
type Page[T Record] struct {
	Data []T              `json:"data"`
	Meta *crm.Loose[meta] `json:"meta"`
}

type meta struct {
	PerPage  crm.Text `json:"per_page"`
	Total    crm.Text `json:"total"`
	LastPage crm.Text `json:"last_page"`
}

// What makes no list of an answer.
const (
	noData   = "the answer is not a list of Grow CRM: it has no data"
	noItemID = "the answer is not a list of Grow CRM: some of what it holds has no id"
)

// Mismatch says what makes no list of an answer: an empty one would mean that nobody is there.
func (p *Page[T]) Mismatch() string {
	switch {
	case p.Data == nil:
		return noData
	case slices.ContainsFunc(p.Data, func(r T) bool { return !crm.IsID(r.RecordID()) }):
		return noItemID
	}
	return ""
}

// Total is the number of records in the whole list, -1 if the answer does not say.
func (p Page[T]) Total() int {
	if p.Meta != nil {
		if n, err := strconv.Atoi(string(p.Meta.Value.Total)); err == nil {
			return n
		}
	}
	return -1
}

// Last is the number of the last page, 0 if the answer does not say.
func (p Page[T]) Last() int {
	if p.Meta == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(p.Meta.Value.LastPage))
	return n
}

// isLast reports whether no page follows page number.
func (p Page[T]) isLast(number int) bool {
	if len(p.Data) == 0 {
		return true
	}
	if n := p.Last(); n > 0 {
		return number >= n
	}
	return len(p.Data) < PageSize
}

// lastAfter is the number of the last page, as known from page n.
func (p Page[T]) lastAfter(n int) int {
	switch last := p.Last(); {
	case last > 0:
		return last
	case p.Total() >= 0:
		return max((p.Total()+PageSize-1)/PageSize, 1)
	case p.isLast(n):
		return n
	}
	return n + 1
}
