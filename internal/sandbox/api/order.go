package api

import "sync"

// orders remembers filtered and sorted lists until something changes, so that paging through one makes it once. It
// has a lock of its own because lists are read side by side.
type orders[T any] struct {
	mu    sync.Mutex
	lists map[string][]T
}

func (o *orders[T]) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.lists)
}

// List returns the list of that name; build makes it, from records that nobody changes meanwhile. Callers must not
// change what they get.
func (o *orders[T]) List(name string, build func() []T) []T {
	o.mu.Lock()
	defer o.mu.Unlock()
	if list, ok := o.lists[name]; ok {
		return list
	}
	if o.lists == nil {
		o.lists = map[string][]T{}
	}
	list := build()
	o.lists[name] = list
	return list
}
