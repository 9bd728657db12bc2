package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"crmferry/internal/state"
)

// Damaged is an earlier import of which cannot be told what it sent, or into which account: files of the state folder
// are damaged.
type Damaged struct {
	Run    state.Run
	Why    error   // names the file, and what is wrong with it
	Record *Record // where that can be read
}

// Imports lists the imports, and the runs that apply a plan, that have begun, newest first, and those whose records cannot be read.
func Imports(root string) (begun []*Record, damaged []*Damaged, err error) {
	runs, err := state.Runs(root)
	if err != nil {
		return nil, nil, err
	}
	for _, run := range runs {
		if kind, _ := KindAndVendor(run.ID); !writes(kind) {
			continue
		}
		switch rec, err := readImport(run); {
		case errors.Is(err, fs.ErrNotExist): // it ended before it asked for anything
		case err != nil:
			damaged = append(damaged, &Damaged{Run: run, Why: err})
		case rec.State != Prepared:
			begun = append(begun, rec)
		}
	}
	abandonReplaced(begun)
	return begun, damaged, nil
}

// abandonReplaced counts a run as abandoned whose place another one has taken: the process may have ended before the
// record of the first said so.
func abandonReplaced(begun []*Record) {
	replaced := map[string]bool{}
	for _, r := range begun {
		replaced[r.Replaces] = true
	}
	for _, r := range begun {
		if r.Unfinished() && replaced[r.Run.ID] {
			r.State = Abandoned
		}
	}
}

// OfVendor are the damaged ones that were imports into a vendor.
func OfVendor(list []*Damaged, vendor string) []*Damaged {
	var of []*Damaged
	for _, d := range list {
		if _, v := KindAndVendor(d.Run.ID); v == vendor {
			of = append(of, d)
		}
	}
	return of
}

// SaltLost is why the account of a run is not known.
func SaltLost(past *Record) error {
	path := filepath.Join(filepath.Dir(past.Run.Dir), "salt")
	return fmt.Errorf("the salt %q was lost since the run %s of %s began: whether it went into this account cannot be told", path, past.Run.ID, past.File)
}

// Unsalted are the earlier imports that may have been of the file of an import and into its account, and of which that
// cannot be told, because they were recorded under a salt that is lost. canLookUp says that contacts are found again.
func Unsalted(begun []*Record, mine *Record, canLookUp bool) []*Damaged {
	var list []*Damaged
	for _, past := range begun {
		same := past.SHA256 == mine.SHA256 || past.Path == mine.Path && past.Unfinished()
		matters := past.Unfinished() || past.MayHaveCreated() && !canLookUp
		if past.Salt != mine.Salt && past.Resource == mine.Resource && past.BaseURL == mine.BaseURL && past.State != Abandoned && same && matters {
			list = append(list, &Damaged{Run: past.Run, Why: SaltLost(past), Record: past})
		}
	}
	return list
}

// IsOf reports whether the run was of the same file as another.
func (d *Damaged) IsOf(rec *Record) bool {
	if d.Record != nil {
		return d.Record.SHA256 == rec.SHA256
	}
	return state.CheckInput(d.Run.Input(rec.File), rec.Size, rec.SHA256) == nil
}
