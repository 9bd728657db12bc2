package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"crmferry/importer"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// obscureRun is an earlier import of which cannot be told what it sent, or into which account: files of the state folder
// are damaged.
type obscureRun struct {
	run  state.Run
	why  error      // names the file, and what is wrong with it
	past *runRecord // its record, where that can be read
}

// kindAndVendor are what the id of a run says of it.
func kindAndVendor(id string) (kind, vendor string) {
	if parts := strings.Split(id, "-"); len(parts) == 4 { // 20260702T091500Z-import-growcrm-4f1a9c
		return parts[1], parts[2]
	}
	return "", ""
}

// readRunRecord reads the record of an import. The cause is fs.ErrNotExist if it never began. A journal without a record,
// which is written before it, is that of a run whose record was lost.
func readRunRecord(run state.Run) (*runRecord, error) {
	rec := &runRecord{run: run}
	err := state.ReadRecord(run.Dir, rec)
	switch {
	case errors.Is(err, fs.ErrNotExist) && isThere(filepath.Join(run.Dir, journalName)):
		return nil, fmt.Errorf("read record of run %q: %q is gone", run.ID, run.RecordPath())
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w, in %q", err, run.RecordPath())
	case rec.Kind != "import" || !knownState(rec.State):
		return nil, fmt.Errorf("read record of run %q: it is no record of an import that this version knows, in %q", run.ID, run.RecordPath())
	}
	return rec, nil
}

func knownState(s string) bool {
	switch s {
	case runPrepared, runRunning, runFinished, runStopped, runAbandoned:
		return true
	}
	return false
}

// mendSalt makes sure that accounts can be recognised, and says if those of earlier runs cannot any more.
func (a *app) mendSalt(root string) error {
	lost, err := state.MendSalt(root)
	if lost != nil {
		a.ui.Warnf("%v: a new one is made, and into which accounts earlier runs went cannot be told any more", lost)
	}
	return err
}

// warnObscure names the imports into a vendor whose records cannot be read, for commands that they do not stop.
func (a *app) warnObscure(vendor string) {
	root, err := state.RootIn(a.env)
	if err != nil {
		return // there are no runs
	}
	_, obscure, err := importRuns(root)
	if err != nil {
		return // what needs the folder says so
	}
	for _, o := range obscure {
		if _, of := kindAndVendor(o.run.ID); of == vendor {
			a.ui.Warnf("what an earlier import into %s did is not known: %v", vendor, o.why)
		}
	}
}

// obscureRuns are the earlier imports that may have been of this file and into this account, and of which that cannot be
// told: those of the vendor whose record cannot be read, and those whose account was named under a salt that is lost.
func (j *importJob) obscureRuns(begun []*runRecord, unreadable []*obscureRun) []*obscureRun {
	var list []*obscureRun
	for _, o := range unreadable {
		if _, vendor := kindAndVendor(o.run.ID); vendor == j.Vendor().ID {
			list = append(list, o)
		}
	}
	mine := &j.work.record
	for _, past := range begun {
		same := past.SHA256 == mine.SHA256 || past.Path == mine.Path && past.unfinished()
		matters := past.unfinished() || past.mayHaveCreated() && !j.target.CanLookUp()
		if past.Salt != mine.Salt && past.Resource == mine.Resource && past.BaseURL == mine.BaseURL && past.State != runAbandoned && same && matters {
			list = append(list, &obscureRun{run: past.run, why: saltLost(past), past: past})
		}
	}
	return list
}

// saltLost is why the account of a run is not known.
func saltLost(past *runRecord) error {
	path := filepath.Join(filepath.Dir(past.run.Dir), "salt")
	return fmt.Errorf("the salt %q was lost since the run %s of %s began: whether it went into this account cannot be told", path, past.run.ID, past.File)
}

// heedObscure refuses to import where an earlier run may have created the contacts of this file already and they cannot
// be looked up; where they can, it warns. What became of runs before past, if there is one, was decided when that began.
func (j *importJob) heedObscure(list []*obscureRun, past *runRecord) error {
	if j.o.restart {
		return nil // the user has decided
	}
	for _, o := range list {
		if past != nil && o.run.Started().Before(past.run.Started()) {
			continue
		}
		if !j.target.CanLookUp() {
			return j.refuseObscure(o, "what an earlier import has created is not known, and %s cannot be asked: %w", j.Vendor().Name, o.why)
		}
		j.app.ui.Warnf("what an earlier import has done is not known, and contacts of this file that it made are found only by their e-mail or phone: %v", o.why)
		j.work.obscure = append(j.work.obscure, o)
	}
	return nil
}

// refuseObscure says what is wrong and both ways on.
func (j *importJob) refuseObscure(o *obscureRun, format string, args ...any) error {
	hints := []string{j.anew()}
	if o.past == nil {
		hints = append(hints, "to forget that run, once you know what became of it: crmferry runs "+o.run.ID+" --prune 0d")
	}
	return failure.New(failure.ExitUsage, fmt.Errorf(format, args...), hints...)
}

// heedKeyless refuses rows that no look-up finds, if an obscure run of the very same file may have created them.
func (j *importJob) heedKeyless() error {
	n := j.im.Survey().NoKey
	if n == 0 || j.mode == importer.UpdateOnly || j.mode == importer.DeleteOnly {
		return nil
	}
	for _, o := range j.work.obscure {
		if o.isOf(&j.work.record) {
			return j.refuseObscure(o, "%s neither e-mail nor phone with a name, and an earlier import of this file may have created them: %w", rowsThat(n, "has", "have"), o.why)
		}
	}
	return nil
}

// isOf reports whether the run was of the same file as another.
func (o *obscureRun) isOf(rec *runRecord) bool {
	if o.past != nil {
		return o.past.SHA256 == rec.SHA256
	}
	return state.CheckInput(o.run.Input(rec.File), rec.Size, rec.SHA256) == nil
}
