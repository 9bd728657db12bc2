package state

import (
	"fmt"
	"time"
)

// journalRound is what is written at once, and whether it is made durable.
type journalRound struct {
	lines []byte
	end   int64 // where the lines end
	sync  bool
	last  bool
}

// writeLoop writes what is appended until the journal is closed or a write or sync fails.
func (j *Journal) writeLoop() {
	defer close(j.ended)
	var overdue <-chan time.Time // fires when what was written has waited for its sync long enough
	for {
		late := j.waitForWork(overdue)
		r := j.nextRound(late)
		if err := j.writeRound(r); err != nil {
			j.fail(fmt.Errorf("write journal %q: %w", j.path, Cause(err)))
			return
		}
		switch {
		case r.last:
			return
		case r.sync:
			overdue = nil
		case overdue == nil && len(r.lines) > 0:
			overdue = time.After(journalSyncEvery)
		}
	}
}

// waitForWork waits until there is something to do, and reports whether a sync is overdue.
func (j *Journal) waitForWork(overdue <-chan time.Time) bool {
	select {
	case <-j.hurry:
		return false
	case <-overdue:
		return true
	case <-j.wake:
	}
	select {
	case <-j.hurry:
	case <-j.wake: // Append waits for room
	case <-overdue:
		return true
	case <-time.After(journalGather):
	}
	return false
}

// nextRound takes what is pending for one round.
func (j *Journal) nextRound(late bool) journalRound {
	j.mu.Lock()
	defer j.mu.Unlock()
	r := journalRound{lines: j.pending, end: j.end, last: j.closed}
	r.sync = j.waiting || late || j.closed && j.end > j.durable
	j.pending, j.spare = j.spare[:0], nil
	if r.sync {
		j.waiting, j.syncing = false, j.end
		j.running, j.next = j.next, make(chan struct{})
	}
	j.room.Broadcast()
	return r
}

// writeRound writes a round and, if it is to be durable, syncs all that was written so far.
func (j *Journal) writeRound(r journalRound) error {
	if len(r.lines) > 0 {
		if _, err := j.file.Write(r.lines); err != nil {
			return err
		}
	}
	if r.sync {
		if err := j.file.Sync(); err != nil {
			return err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.spare = r.lines
	if r.sync {
		j.durable = r.end
		close(j.running)
	}
	return nil
}

// fail ends the journal, and wakes all that wait.
func (j *Journal) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.err = err
	close(j.failed)
	if j.durable < j.syncing {
		close(j.running)
	}
	close(j.next)
	j.room.Broadcast()
}
