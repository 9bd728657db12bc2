package history

import (
	"slices"

	"crmferry/internal/state"
)

// AddCopy records a copy of contacts that are about to be deleted.
func (r *Record) AddCopy(path string) error {
	if path = Absolute(path); !slices.Contains(r.Copies, path) {
		r.Copies = append(r.Copies, path)
	}
	return r.Write()
}

// CopiesGone reports whether a copy that an earlier session of the run has made is no longer there.
func (r *Record) CopiesGone() bool {
	return slices.ContainsFunc(r.Copies, func(path string) bool { return !state.Exists(path) })
}

// CopyNames are the copies that are there, as people in this folder call them.
func (r *Record) CopyNames() []string {
	var names []string
	for _, path := range r.Copies {
		if state.Exists(path) {
			names = append(names, Relative(path))
		}
	}
	return names
}
