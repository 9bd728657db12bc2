package sandbox

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// record is what every stored thing has.
type record struct {
	seq              int // rises in order of creation
	id               string
	created, updated time.Time
}

func (r *record) base() *record { return r }

type recorder interface{ base() *record }

// collection holds the records of one kind, in order of creation, with the lists that were made of them so far.
type collection[T recorder] struct {
	live   []T
	byID   map[string]T
	next   int
	orders orders[T]
}

// add stores a record under the next number; id makes its id of that.
func (c *collection[T]) add(t T, at time.Time, id func(seq int) string) {
	if c.byID == nil {
		c.byID = map[string]T{}
	}
	c.next++
	*t.base() = record{seq: c.next, id: id(c.next), created: at, updated: at}
	c.live = append(c.live, t)
	c.byID[t.base().id] = t
	c.orders.forget()
}

func (c *collection[T]) get(id string) (T, bool) {
	t, ok := c.byID[id]
	return t, ok
}

// after is the place in live of the first record numbered above seq.
func (c *collection[T]) after(seq int) int {
	i, found := slices.BinarySearchFunc(c.live, seq, func(t T, seq int) int { return t.base().seq - seq })
	if found {
		i++
	}
	return i
}

// remove takes a record out; its number is not given again.
func (c *collection[T]) remove(t T) {
	i := c.after(t.base().seq) - 1
	c.live = slices.Delete(c.live, i, i+1)
	delete(c.byID, t.base().id)
	c.orders.forget()
}

// touch notes that a record was changed.
func (c *collection[T]) touch(t T, at time.Time) {
	t.base().updated = at
	c.orders.forget()
}

// page is the n-th page (from 1) of a list.
func page[T any](all []T, n, size int) []T {
	from := min((n-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

func filter[T any](all []T, keep func(T) bool) []T {
	var kept []T
	for _, t := range all {
		if keep(t) {
			kept = append(kept, t)
		}
	}
	return kept
}

// index finds records by a key that several may share.
type index[T comparable] map[string][]T

func (x index[T]) add(key string, t T) {
	if key != "" {
		x[key] = append(x[key], t)
	}
}

func (x index[T]) remove(key string, t T) {
	rest := slices.DeleteFunc(x[key], func(o T) bool { return o == t })
	if len(rest) == 0 {
		delete(x, key)
		return
	}
	x[key] = rest
}

// fold is an e-mail address or a word without case and outer space.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// digits are the digits of a phone number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// scramble is a one-to-one function of n that looks like chance, so that ids cannot be guessed from their order.
func scramble(n int, seed int64) uint64 {
	x := uint64(n) + uint64(seed)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// lastPage is the number of pages of a list, 1 if it is empty.
func lastPage(total, size int) int { return max(1, int(math.Ceil(float64(total)/float64(size)))) }

// numeralOr reads a number that was checked before.
func numeralOr(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}
