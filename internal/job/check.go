package job

import (
	"context"
	"errors"

	"crmferry/importer"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// CheckRequest asks what an import would make of a file, without network.
type CheckRequest struct {
	Resource    account.Resource
	Path        string // of what is read: the file, or a copy of a pipe
	Name        string // of the file, for people
	Sheet       sheet.Options
	Match       mapping.MatchOptions
	Mode        importer.Mode
	Limit       int           // rows that are looked at; 0 for all
	AllProblems bool          // list each problem, not only the first ones of each code
	Report      *state.Output // where all that is found is written; nil for nowhere
	Format      sheet.Format  // of the report
	Map         *state.Output // where it is written what each column is taken for; nil for nowhere
	Adviser     report.Adviser
}

// CheckResult is what a check has found.
type CheckResult struct {
	Survey     *survey.Survey // nil for a file that cannot be read
	Refused    bool           // its header cannot be used, and no row was looked at
	Problems   Problems
	MapWritten bool
}

// Check reads a file and judges every row. Of a header that cannot be used, too, it returns what is known and writes the
// map file: that is where it is mended.
func Check(ctx context.Context, req CheckRequest) (*CheckResult, error) {
	r := &CheckResult{}
	im, err := req.Resource.Checker(ctx, importer.Options{Path: req.Path, Name: req.Name, Sheet: req.Sheet, Match: req.Match, Limit: req.Limit, Mode: req.Mode,
		MatchesPhones: req.Resource.Capabilities(false).Traits.MatchesPhones && req.Mode != importer.UpdateOnly})
	var refused *survey.HeaderError
	switch {
	case errors.As(err, &refused):
		r.Survey, r.Refused = refused.Survey, true
	case err != nil:
		return r, wrongSheet(err)
	default:
		r.Survey = im.Survey()
	}
	if req.Map != nil {
		if err := writeMapFile(req.Map, r.Survey.Columns); err != nil {
			return r, err
		}
		r.MapWritten = true
	}
	if r.Refused {
		return r, wrongSheet(err)
	}
	return r, r.judge(ctx, req, im)
}

// judge collects what is wrong with the rows, and writes the report if one was asked for.
func (r *CheckResult) judge(ctx context.Context, req CheckRequest, im importer.Checker) error {
	if req.Report == nil {
		return wrongSheet(im.Check(ctx, func(c importer.Checked) error {
			r.Problems.add(c.Result, req.AllProblems)
			return nil
		}))
	}
	out, err := report.NewCheckWriter(req.Report, req.Format, im.Survey(), req.Adviser)
	if err != nil {
		return err
	}
	err = im.Check(ctx, func(c importer.Checked) error {
		r.Problems.add(c.Result, req.AllProblems)
		return out.Add(c.Row, c.Result.Problems, c.Result.Outcome, c.Findings)
	})
	if err != nil {
		out.Abort()
		return wrongSheet(err)
	}
	return out.Finish()
}

// wrongSheet makes what is wrong with a file or its header wrong use.
func wrongSheet(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return failure.New(failure.ExitUsage, err)
}
