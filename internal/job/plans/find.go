package plans

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crmferry/importer/modes"
	"crmferry/importer/planfile"
	"crmferry/importer/runrows"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// Plan is a plan that is to be applied: what a dry run has kept, and the file that people have marked.
type Plan struct {
	Record *history.Record
	File   string          // "" where the run was named: all of it is approved
	marks  *planfile.Marks // what people wrote into the file
}

// Name is the file by which the plan is known to people, for the names of files about it.
func (p *Plan) Name() string {
	if p.File == "" {
		return history.Relative(p.Record.Report)
	}
	return p.File
}

// Deletes reports whether the plan deletes contacts.
func (p *Plan) Deletes() bool { return p.Record.Asked["mode"] == string(modes.DeleteOnly) }

// RowsPath is where the rows of the plan are.
func (p *Plan) RowsPath() string { return filepath.Join(p.Record.Run.Dir, runrows.Name) }

// CheckKept fails if the rows of the plan were removed: old copies are, once a plan is applied.
func (p *Plan) CheckKept() error {
	if state.Exists(p.RowsPath()) {
		return nil
	}
	return failure.Refuse(fmt.Errorf("the plan %s cannot be applied again: the rows that it has kept were removed since", p.Record.Run.ID), Again{})
}

// Mend advises what to do about the file of a plan.
type Mend struct{ Err error }

// Again advises to plan the import again.
type Again struct{}

// NameRun advises to name a run as the list of runs has it.
type NameRun struct{ Whole bool }

// ApplyRest advises to do what is left of a plan that was applied.
type ApplyRest struct{}

func (Mend) IsAdvice()      {}
func (Again) IsAdvice()     {}
func (ApplyRest) IsAdvice() {}
func (NameRun) IsAdvice()   {}

// Find finds the plan that a file names, or the one whose run has that id or the only one whose id the name is a part of.
func Find(env func(name string) (string, bool), name string) (*Plan, error) {
	root, err := state.RootIn(env)
	if err != nil {
		return nil, err
	}
	runs, err := state.Runs(root)
	if err != nil {
		return nil, err
	}
	if (files.Input{File: name}).Streams() {
		return nil, failure.Refusef(NameRun{}, "a plan is not read from a pipe: %q has to be a file", name)
	}
	p := &Plan{}
	if !isFile(name) {
		p.Record, err = planNamed(runs, name)
		return p, err
	}
	if err := files.CheckReadable(name); err != nil {
		return nil, err
	}
	p.File = name
	if p.marks, err = planfile.Read(name); err != nil {
		return nil, wrongPlan(err)
	}
	i := slices.IndexFunc(runs, func(r state.Run) bool { return r.ID == p.marks.Run })
	if i < 0 {
		return nil, failure.Refuse(fmt.Errorf("the plan %s of %q is not in %q: it was made in a sandbox or with another state folder, or was removed", p.marks.Run, name, root))
	}
	p.Record, err = readPlan(runs[i])
	return p, err
}

// isFile reports whether a plan is named by its file.
func isFile(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	_, err := os.Stat(name)
	return err == nil || ext == ".csv" || ext == ".xlsx"
}

// planNamed is the plan that the user has named by its run.
func planNamed(runs []state.Run, name string) (*history.Record, error) {
	var found []state.Run
	for _, r := range runs {
		if r.ID == name {
			return readPlan(r)
		}
		if name != "" && strings.Contains(r.ID, name) {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return nil, failure.Refusef(NameRun{}, "there is neither a file nor a run %q", name)
	case 1:
		return readPlan(found[0])
	}
	return nil, failure.Refusef(NameRun{Whole: true}, "%d runs have %q in their names", len(found), name)
}

// readPlan reads the record of a plan that came to its end.
func readPlan(run state.Run) (*history.Record, error) {
	if kind, _ := history.KindAndVendor(run.ID); kind != history.Plan {
		return nil, failure.Refusef(NameRun{}, "the run %s is no plan", run.ID)
	}
	rec, err := history.ReadPlan(run)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && (rec.State != history.Finished || rec.Planned == nil):
		return nil, failure.Refuse(fmt.Errorf("the plan %s did not come to its end", run.ID))
	case err != nil:
		return nil, failure.Refuse(fmt.Errorf("the plan cannot be applied: %w", err))
	}
	return rec, nil
}

// wrongPlan makes what is wrong with the file of a plan wrong use.
func wrongPlan(err error) error {
	var known *failure.Advised
	if err == nil || errors.As(err, &known) {
		return err
	}
	return failure.Refuse(err, Mend{err})
}

// Damaged refuses a plan whose folder does not hold any more what was planned.
func Damaged(rec *history.Record, err error) error {
	return failure.Refuse(fmt.Errorf("the plan %s cannot be applied: %w", rec.Run.ID, err), Again{})
}
