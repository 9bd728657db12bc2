package schema

import (
	"math"
	"strconv"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/lists"
)

// asIsSingle keeps texts, and ids of fields that take nothing else; nil for other values, which an export writes in a form
// that reads back.
func asIsSingle[C, V any](at func(*C) *V) func(string, *C) bool {
	switch at := any(at).(type) {
	case func(*C) *string:
		return func(v string, c *C) bool {
			*at(c) = v
			return true
		}
	case func(*C) *crm.Ref:
		return func(v string, c *C) bool {
			*at(c) = crm.Ref{ID: v}
			return true
		}
	}
	return nil
}

func recheckSingle[C, V any](at func(*C) *V, parse func(*Reader, *Source, string) (V, bool), show func(V) string) func(*Reader, *Source, *C, *C) bool {
	return func(r *Reader, s *Source, _, want *C) bool {
		v, ok := parse(r, s, show(*at(want)))
		if ok {
			*at(want) = v
		}
		return ok
	}
}

// asIsNumber keeps numbers as exports write them, whatever Decimal says.
func asIsNumber[C any](at func(*C) **float64) func(string, *C) bool {
	return func(v string, c *C) bool {
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || cell.Decimal(n) != v && cells.Plainly(n) != v {
			return false
		}
		*at(c) = &n
		return true
	}
}

// asIsList keeps the items of a list.
func asIsList[C, V any](at func(*C) *[]V, wrap func(string) V) func(string, *C) bool {
	return func(v string, c *C) bool {
		var values []V
		for _, item := range words.SplitAll(nil, v) {
			values = append(values, wrap(item))
		}
		*at(c) = values
		return len(values) > 0
	}
}

// recheckList reads the items that the contact found does not have.
func recheckList[C, V any](at func(*C) *[]V, parse func(*Reader, *Source, string, []V) ([]V, bool), show func(V) string,
	like lists.Like[V]) func(*Reader, *Source, *C, *C) bool {
	return func(r *Reader, s *Source, found, want *C) bool {
		var values []V
		good, added := true, false
		known := lists.In(*at(found), like)
		for _, w := range *at(want) {
			if known(w) {
				values = append(values, w)
				continue
			}
			more, ok := parse(r, s, show(w), values)
			values, good, added = more, good && ok, true
		}
		values = lists.Unique(values, like)
		if n := r.Rules.items; added && n > 0 && len(values) > n {
			r.Fail(cells.CodeTooMany, &s.Source, "%d values, at most %d are taken", len(values), n)
			good = false
		}
		*at(want) = values
		return good
	}
}
