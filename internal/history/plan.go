package history

import (
	"path/filepath"
	"slices"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// Planned is what the record of a plan says beside that of an import: what it takes to apply it.
type Planned struct {
	Actions       map[outcome.Action]int `json:"actions,omitempty"` // rows that would be sent
	CreateMissing []string               `json:"create_missing,omitempty"`
	Accept        []string               `json:"accept,omitempty"`
	Replace       []string               `json:"replace,omitempty"`
	Undocumented  bool                   `json:"undocumented,omitempty"`
	MatchID       bool                   `json:"match_id,omitempty"`
	Sheet         string                 `json:"sheet,omitempty"` // this and the next two: how the copy of the input is read
	Encoding      string                 `json:"encoding,omitempty"`
	Delimiter     rune                   `json:"delimiter,omitempty"`
	Further       int                    `json:"further,omitempty"` // records beyond one for each row, of rows in parts
	Applied       []string               `json:"applied,omitempty"` // the runs that have begun to apply it, the newest last
}

// Sends is how many rows would be sent.
func (p *Planned) Sends() int {
	n := 0
	for _, rows := range p.Actions {
		n += rows
	}
	return n
}

// Unapplied reports whether it is a plan that is still to be applied.
func (p *Past) Unapplied() bool {
	return p.Kind == Plan && p.State == Finished && p.Record != nil && p.Record.Planned != nil && p.Record.Planned.Sends() > 0 && len(p.Record.Planned.Applied) == 0
}

// ReadPlan reads the record of a plan. The cause is fs.ErrNotExist if there is none.
func ReadPlan(run state.Run) (*Record, error) { return readImport(run) }

// BeginApply records in a plan that a run has begun to apply it.
func (r *Record) BeginApply(run string) error {
	r.Planned.Applied = append(r.Planned.Applied, run)
	return r.Write()
}

// UnbeginApply takes BeginApply back where nothing was sent.
func (r *Record) UnbeginApply(run string) error {
	r.Planned.Applied = slices.DeleteFunc(r.Planned.Applied, func(id string) bool { return id == run })
	return r.Write()
}

// AppliedBy are the runs that have begun to apply the plan, the newest first. A nil record stands for one that was removed
// since; runs that have sent nothing are left out.
func (r *Record) AppliedBy(begun []*Record) []*Record {
	var list []*Record
	for _, id := range r.Planned.Applied {
		var past *Record
		for _, b := range begun {
			if b.Run.ID == id {
				past = b
			}
		}
		if past == nil && state.Exists(filepath.Join(filepath.Dir(r.Run.Dir), id)) {
			continue // it sent nothing
		}
		list = append([]*Record{past}, list...)
	}
	return list
}
