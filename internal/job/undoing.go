package job

import (
	"crmferry/importer/undo"
	"crmferry/internal/account"
	"crmferry/internal/history"
)

// Undoing says which run an import takes back in place of taking a file in.
type Undoing struct {
	Past   *history.Record
	Rows   string             // those that were asked for, as they were written; "" for all
	Takes  func(row int) bool // reports whether a row is one of them; nil: all are
	Unmet  func() []string    // those that were asked for and that Takes was not asked about; nil: none were
	Begun  *history.Undone    // of a dry run: an undo of the run that is unfinished, nil for none
	counts history.Undone
	by     undo.Removal
}

// Counts are what there is to take back.
func (u *Undoing) Counts() history.Undone { return u.counts }

// Removes says how creations are taken back.
func (u *Undoing) Removes() undo.Removal { return u.by }

// Deletes is how many contacts are deleted at most.
func (u *Undoing) Deletes() int {
	if u.by != undo.ByDelete {
		return 0
	}
	return u.counts.Created + u.counts.Doubtful
}

// answered reports whether the request answers the question.
func (u *Undoing) answered(yes bool, confirm *int) bool {
	if u.Deletes() > 0 {
		return confirm != nil
	}
	return yes
}

// UndoQuestion asks whether a run is to be taken back.
type UndoQuestion struct {
	Resource account.Resource
	Undoing  *Undoing
	Where    string // address of the account
}

func (UndoQuestion) question() {}
