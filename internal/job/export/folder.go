package export

import (
	"context"
	"os"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// folder is the folder of an export and the lock that shows that it is going on.
type folder struct {
	run    *state.Run
	lock   *peers.Lock
	record history.Record
}

// newFolder makes the folder of an export, which shares its account with other runs; the sandbox of this process needs none.
func newFolder(ctx context.Context, r *job.Runner, q *Request, c *job.Connection) (*folder, error) {
	w := &folder{}
	if q.Connect.Sandbox {
		return w, nil
	}
	root, err := state.RootIn(r.Lookup)
	if err != nil {
		return nil, err
	}
	if err := r.MendSalt(ctx, root); err != nil {
		return nil, err
	}
	vendor := q.Resource.Vendor()
	r.TellUnreadable(vendor)
	account, err := c.Fingerprint(ctx, root)
	if err != nil {
		return nil, err
	}
	salt, err := state.SaltMark(root)
	if err != nil {
		return nil, err
	}
	if w.run, err = state.NewRun(root, "export", vendor.ID, r.Now()); err != nil {
		return nil, err
	}
	w.record = history.Record{Run: *w.run, Kind: history.Export, Args: r.Args, Resource: q.Resource.ID(), Name: q.Resource.Account().Name, Organization: c.Organization(), Account: account, Salt: salt, BaseURL: c.Base().String(),
		Output: q.Record.Output, Filters: q.Record.Filters, Columns: q.Columns, Since: q.Record.Since, Limit: q.Limit, Started: r.Now(), State: history.Prepared}
	if w.lock, err = r.LockRun(ctx, *w.run); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// note records how far the export is; rows and the exit code count once it has ended.
func (w *folder) note(state string, rows int64, exit failure.ExitCode, now time.Time) error {
	if w.run == nil {
		return nil
	}
	w.record.State, w.record.Rows, w.record.Exit = state, int(rows), int(exit)
	if state != history.Running {
		w.record.Finished = now
	}
	return w.record.Write()
}

// id is the run's, "" if nothing is kept of it.
func (w *folder) id() string {
	if w.run == nil {
		return ""
	}
	return w.run.ID
}

// close frees the lock, and removes the folder of an export that never began.
func (w *folder) close() {
	if w == nil {
		return
	}
	w.lock.Unlock()
	if w.run != nil && w.record.State == history.Prepared {
		_ = os.RemoveAll(w.run.Dir)
	}
}
