package lists

import "slices"

// Like says when two values of a list are the same.
type Like[V any] struct {
	Same func(a, b V) bool
	// Marks are what a value is found by: it is the same as an earlier one that left a mark which it seeks. They agree with Same.
	Marks func(v V) (seeks, leaves []string)
}

// ByKey is what makes values the same that have one key.
func ByKey[V any](same func(a, b V) bool, key func(V) string) Like[V] {
	return Like[V]{same, func(v V) (seeks, leaves []string) {
		marks := []string{key(v)}
		return marks, marks
	}}
}

// few is how many values are compared with each other: more are found by their marks.
const few = 16

// set finds values among others.
type set[V any] struct {
	like   Like[V]
	values []V
	marks  map[string]int // the first value that left each; nil for few values
}

func newSet[V any](values []V, like Like[V]) *set[V] {
	s := &set[V]{like: like, values: values}
	if len(values) > few {
		s.mark()
	}
	return s
}

// mark leaves the marks of all values.
func (s *set[V]) mark() {
	s.marks = make(map[string]int, len(s.values))
	for i, v := range s.values {
		s.leave(v, i)
	}
}

func (s *set[V]) leave(v V, at int) {
	_, leaves := s.like.Marks(v)
	for _, m := range leaves {
		if _, known := s.marks[m]; !known {
			s.marks[m] = at
		}
	}
}

// find is the first value that is the same, -1 for none.
func (s *set[V]) find(v V) int {
	if s.marks == nil {
		return slices.IndexFunc(s.values, func(k V) bool { return s.like.Same(k, v) })
	}
	found := -1
	seeks, _ := s.like.Marks(v)
	for _, m := range seeks {
		if at, ok := s.marks[m]; ok && (found < 0 || at < found) {
			found = at
		}
	}
	return found
}

func (s *set[V]) add(v V) {
	s.values = append(s.values, v)
	switch {
	case s.marks != nil:
		s.leave(v, len(s.values)-1)
	case len(s.values) > few:
		s.mark()
	}
}

// Add appends the values that no earlier one is the same as, and tells of each.
func Add[V any](values, more []V, like Like[V], added func(V)) []V {
	if len(values)+len(more) <= few {
		for _, v := range more {
			if !slices.ContainsFunc(values, func(k V) bool { return like.Same(k, v) }) {
				values = append(values, v)
				added(v)
			}
		}
		return values
	}
	s := newSet(values, like)
	for _, v := range more {
		if s.find(v) < 0 {
			s.add(v)
			added(v)
		}
	}
	return s.values
}

// Unique drops later values that are the same as an earlier one.
func Unique[V any](values []V, like Like[V]) []V {
	if len(values) < 2 {
		return values
	}
	return Add(values[:0], values, like, func(V) {})
}

// In reports of values whether a list has one like it.
func In[V any](values []V, like Like[V]) func(V) bool {
	s := newSet(values, like)
	return func(v V) bool { return s.find(v) >= 0 }
}

// without are the values of a list that another one has none like, in their order.
func without[V any](values, other []V, like Like[V]) (rest []V) {
	in := In(other, like)
	for _, v := range values {
		if !in(v) {
			rest = append(rest, v)
		}
	}
	return rest
}
