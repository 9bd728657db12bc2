// Package memory sets the limits of the runtime for a process that is all ours.
package memory

import "runtime/debug"

const (
	// heapGrowth is by how many percent the heap may grow before it is collected: an import makes much short-lived
	// garbage beside a few megabytes that stay.
	heapGrowth = 400
	// heapLimit is where growth ends and collecting more often begins, in bytes.
	heapLimit = 32 << 20
)

// bytesPerID is what an export is granted for every id that it remembers: more than that takes, less than the 64 that it
// may take at most.
const bytesPerID = 56

// Allow raises the limit by what the ids of so many contacts take.
func Allow(env func(name string) (string, bool), contacts int) {
	if isOurs(env) {
		debug.SetMemoryLimit(heapLimit + int64(contacts)*bytesPerID)
	}
}

// Tune trades memory that an import does not need otherwise for speed, within the limit that it keeps whatever the number of
// rows.
func Tune(env func(name string) (string, bool)) {
	if isOurs(env) {
		debug.SetGCPercent(heapGrowth)
		debug.SetMemoryLimit(heapLimit)
	}
}

// isOurs reports whether the limits are to be set: whoever sets the runtime's own variables knows better.
func isOurs(env func(name string) (string, bool)) bool {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if v, ok := env(name); ok && v != "" {
			return false
		}
	}
	return true
}
