package history

import (
	"errors"
	"io/fs"
	"slices"
	"time"

	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// States of a past run, beside Running (its process lives), Finished and Abandoned.
const (
	Resumable  = "resumable"  // an import that ended early
	NotBegun   = "not begun"  // nothing was sent
	Unreadable = "unreadable" // its record is damaged
)

// Past is a run as its record and the locks show it. An export that ended early is Stopped: it is made anew.
type Past struct {
	state.Run
	State    string
	Kind     string
	Resource string
	File     string // the input of an import, the output of an export
	Since    time.Time
	Ended    time.Time    // zero if it has not, or it is not known when
	Record   *Record      // nil where there is none that can be read
	Open     int          // rows of an import that were sent, and whose answer is not known yet
	Holder   peers.Holder // of the account's lock, if the run is going on
	NeededBy string       // the run that is not over and applies this plan, or takes this run back; Runs tells
	Err      error        // why its record cannot be read
}

// Runs reads the records of all runs, newest first.
func Runs(root string) ([]*Past, error) {
	runs, err := state.Runs(root)
	if err != nil {
		return nil, err
	}
	list := make([]*Past, len(runs))
	for i, r := range runs {
		list[i] = ReadPast(root, r)
	}
	noteNeeded(list)
	slices.SortStableFunc(list, func(x, y *Past) int { return y.Since.Compare(x.Since) })
	return list, nil
}

// noteNeeded notes which runs others cannot go on without.
func noteNeeded(list []*Past) {
	byID := map[string]*Past{}
	for _, p := range list {
		byID[p.ID] = p
	}
	for _, p := range list {
		switch {
		case p.Record == nil:
		case p.Record.Planned != nil:
			for _, id := range p.Record.Planned.Applied {
				if by := byID[id]; by != nil && by.goesOn() {
					p.NeededBy = id
				}
			}
		case p.Record.Undone != nil && p.goesOn():
			if undone := byID[p.Record.Undone.Run]; undone != nil {
				undone.NeededBy = p.ID
			}
		}
	}
}

// goesOn reports whether a run that sends is not over, or that cannot be told.
func (p *Past) goesOn() bool {
	return p.State == Running || p.State == Resumable || p.State == Unreadable
}

// ReadPast reads the record of one run. What cannot be read is part of the answer.
func ReadPast(root string, r state.Run) *Past {
	p := &Past{Run: r, Since: r.Started()}
	p.Kind, p.Resource = KindAndVendor(r.ID)
	readRecord, early := readImport, Resumable
	switch p.Kind {
	case Export:
		readRecord, early = read, Stopped
	case Plan:
		early = Stopped
	}
	rec, err := readRecord(r)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.State = NotBegun
	case err != nil:
		p.State, p.Err = Unreadable, err
	default:
		p.fill(rec, early)
	}
	h, held := peers.HolderOf(root, p.account())
	if p.Kind == Export {
		h, held = peers.HolderOfRun(r) // exports share their account
	}
	if held && h.Run == r.ID {
		p.State, p.Holder = Running, h
	}
	return p
}

// fill sets what a record says. Its beginning is more exact than that of the id; early is the state of a run that
// began and did not come to its end.
func (p *Past) fill(r *Record, early string) {
	p.Record, p.Resource, p.File, p.Ended = r, r.Resource, r.File, r.Finished
	if p.Kind == Export {
		p.File = r.Output
	}
	if !r.Started.IsZero() {
		p.Since = r.Started
	}
	switch r.State {
	case Finished, Abandoned:
		p.State = r.State
	case Prepared:
		p.State = NotBegun
	default:
		p.State = early
	}
}

func (p *Past) account() string {
	if p.Record == nil {
		return ""
	}
	return p.Record.Account
}

// AccountName is the name of the account, "" for a vendor's default one or if it is not known.
func (p *Past) AccountName() string {
	if p.Record == nil {
		return ""
	}
	return p.Record.Name
}

// Organization is that of the account, "" if the vendor needs none or it is not known.
func (p *Past) Organization() string {
	if p.Record == nil {
		return ""
	}
	return p.Record.Organization
}

// BaseURL is the address of the account, "" if it is not known.
func (p *Past) BaseURL() string {
	if p.Record == nil {
		return ""
	}
	return p.Record.BaseURL
}

// Args are the words of the command that began the run.
func (p *Past) Args() []string {
	if p.Record == nil {
		return nil
	}
	return p.Record.Args
}

// Imported reports whether it is about the rows of a file, and its record can be read.
func (p *Past) Imported() bool { return p.Record != nil && p.Kind != Export }

// Exported reports whether it is an export whose record can be read.
func (p *Past) Exported() bool { return p.Record != nil && p.Kind == Export }

// Over is when a run ended, as far as that is known.
func (p *Past) Over() time.Time {
	if p.Ended.IsZero() {
		return p.Since
	}
	return p.Ended
}
