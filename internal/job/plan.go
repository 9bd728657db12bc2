package job

import (
	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/importer/report"
	"crmferry/internal/history"
	"crmferry/internal/job/files"
	"crmferry/internal/job/plans"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
)

// reporter takes the results of a run for people.
type reporter interface {
	outcome.Sink
	// Finish puts the files in place, and returns whether there are rejects.
	Finish(s *outcome.Summary) (bool, error)
	Abort()
}

// planReport is the file of a plan.
type planReport struct {
	*report.PlanWriter
	target  importer.Target
	failure error // the first of Write: lines are missing
}

// placeChanges finds out where the changes of a plan go that is a CSV file.
func (j *importJob) placeChanges(plan string) (err error) {
	if !j.q.plans() || files.FormatOf(plan) == sheet.XLSX {
		return nil
	}
	path := planfile.ChangesPath(plan)
	if err := files.CheckOutputs(j.q.Input.File, path, ""); err != nil {
		return err
	}
	j.changes, err = j.output(state.ReportOutput, path)
	return err
}

// newPlanReport begins the file of a plan.
func (j *importJob) newPlanReport(about report.About) (reporter, error) {
	w, err := report.NewPlanWriter(j.report, files.FormatOf(j.report.Path()), j.changes, about, j.q.Adviser)
	if err != nil {
		return nil, err
	}
	return &planReport{PlanWriter: w, target: j.target}, nil
}

// Write adds a row.
func (p *planReport) Write(res *outcome.Result) error {
	row, err := plans.RowOf(p.target, res)
	if err == nil {
		err = p.PlanWriter.Write(res, &row)
	}
	if p.failure == nil {
		p.failure = err
	}
	return err
}

// Finish puts the files in place. A plan has no rejects.
func (p *planReport) Finish(s *outcome.Summary) (bool, error) {
	if p.failure != nil {
		p.Abort()
		return false, p.failure
	}
	return false, p.PlanWriter.Finish(s)
}

// planned is what the record of a plan says of what it takes to apply it.
func (j *importJob) planned(s *outcome.Summary) *history.Planned {
	q := j.q
	p := &history.Planned{CreateMissing: q.CreateMissing, Accept: q.Accept, Replace: q.Match.Replace, Undocumented: q.Connect.Undocumented,
		MatchID: q.Match.MatchID, Further: j.im.Survey().Further, Sheet: q.Sheet.Sheet, Encoding: q.Sheet.Encoding, Delimiter: q.Sheet.Delimiter, Actions: map[outcome.Action]int{}}
	for _, a := range s.Planned() {
		if n := s.Actions[a]; n > 0 {
			p.Actions[a] = n
		}
	}
	return p
}
