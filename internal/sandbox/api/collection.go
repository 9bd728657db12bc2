package api

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is what every stored thing has.
type Record struct {
	Seq              int // rises in order of creation
	ID               string
	Created, Updated time.Time
}

func (r *Record) base() *Record { return r }

type recorder interface{ base() *Record }

// Collection holds the records of one kind, in order of creation, with the lists that were made of them so far.
type Collection[T recorder] struct {
	Live   []T
	byID   map[string]T
	next   int
	Orders orders[T]
}

// Add stores a record under the next number; id makes its id of that.
func (c *Collection[T]) Add(t T, at time.Time, id func(seq int) string) {
	if c.byID == nil {
		c.byID = map[string]T{}
	}
	c.next++
	*t.base() = Record{Seq: c.next, ID: id(c.next), Created: at, Updated: at}
	c.Live = append(c.Live, t)
	c.byID[t.base().ID] = t
	c.Orders.forget()
}

func (c *Collection[T]) Get(id string) (T, bool) {
	t, ok := c.byID[id]
	return t, ok
}

// After is the place in live of the first record numbered above seq.
func (c *Collection[T]) After(seq int) int {
	i, found := slices.BinarySearchFunc(c.Live, seq, func(t T, seq int) int { return t.base().Seq - seq })
	if found {
		i++
	}
	return i
}

// Remove takes a record out; its number is not given again.
func (c *Collection[T]) Remove(t T) {
	i := c.After(t.base().Seq) - 1
	c.Live = slices.Delete(c.Live, i, i+1)
	delete(c.byID, t.base().ID)
	c.Orders.forget()
}

// Touch notes that a record was changed.
func (c *Collection[T]) Touch(t T, at time.Time) {
	t.base().Updated = at
	c.Orders.forget()
}

// Page is the n-th page (from 1) of a list.
func Page[T any](all []T, n, size int) []T {
	from := min((n-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

// Filter returns the records to keep, in order.
func Filter[T any](all []T, keep func(T) bool) []T {
	var kept []T
	for _, t := range all {
		if keep(t) {
			kept = append(kept, t)
		}
	}
	return kept
}

// Index finds records by a key that several may share.
type Index[T comparable] map[string][]T

func (x Index[T]) Add(key string, t T) {
	if key != "" {
		x[key] = append(x[key], t)
	}
}

func (x Index[T]) Remove(key string, t T) {
	rest := slices.DeleteFunc(x[key], func(o T) bool { return o == t })
	if len(rest) == 0 {
		delete(x, key)
		return
	}
	x[key] = rest
}

// Fold is an e-mail address or a word without case and outer space.
func Fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Digits are the digits of a phone number.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// Scramble is a one-to-one function of n that looks like chance, so that ids cannot be guessed from their order.
func Scramble(n int, seed int64) uint64 {
	x := uint64(n) + uint64(seed)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// LastPage is the number of pages of a list, 1 if it is empty.
func LastPage(total, size int) int { return max(1, int(math.Ceil(float64(total)/float64(size)))) }

// NumeralOr reads a number that was checked before.
func NumeralOr(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}
