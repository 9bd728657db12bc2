package cli

import "runtime/debug"

const (
	// heapGrowth is by how many percent the heap may grow before it is collected: an import makes much short-lived
	// garbage beside a few megabytes that stay.
	heapGrowth = 400
	// heapLimit is where growth ends and collecting more often begins, in bytes.
	heapLimit = 38 << 20
)

// bytesPerID is what an export is granted for every id that it remembers: more than that takes, less than the 64 that it
// may take at most.
const bytesPerID = 56

// allowMemory raises the limit by what the ids of so many contacts take.
func (a *app) allowMemory(contacts int) {
	if !a.tunesMemory() {
		return
	}
	debug.SetMemoryLimit(heapLimit + int64(contacts)*bytesPerID)
}

// tuneMemory trades memory that an import does not need otherwise for speed, within the limit that it keeps whatever
// the number of rows.
func (a *app) tuneMemory() {
	if !a.tunesMemory() {
		return
	}
	debug.SetGCPercent(heapGrowth)
	debug.SetMemoryLimit(heapLimit)
}

// tunesMemory reports whether the limits of the runtime are to be set. Whoever sets the runtime's own variables knows better,
// and in a process that does other things beside, tests for one, they would be the limits of those too.
func (a *app) tunesMemory() bool {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if v, ok := a.env(name); ok && v != "" {
			return false
		}
	}
	return a.owner
}
