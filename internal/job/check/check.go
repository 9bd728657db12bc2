package check

import (
	"context"
	"errors"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Request asks what an import would make of a file, without network.
type Request struct {
	Resource    account.Resource
	Input       files.Input
	Sheet       sheet.Options
	Match       mapping.MatchOptions
	Mode        modes.Mode
	Accept      []string // codes of rule breaks whose rows are taken as they stand
	Limit       int      // rows that are looked at; 0 for all
	AllProblems bool     // list each problem, not only the first ones of each code
	ReportPath  string   // the file for all that is found; "" for none
	MapPath     string   // the file for what each column is taken for; "" for none
	MapRead     string   // such a file that was read: it may be replaced
	ValuesRead  string   // the file of values that was read: it stays
	PlainCSV    bool     // write the report with commas and without a byte order mark
	Overwrite   bool     // let what is written take the place of a file that is not crmferry's
	Adviser     report.Adviser
}

// Result is what a check has found.
type Result struct {
	Survey   *survey.Survey // nil for a file that cannot be read
	Refused  bool           // its header cannot be used, and no row was looked at
	Problems Problems
	Report   *state.Output // what was written; nil for nothing
	Map      *state.Output
}

// fileCheck is a check on its way.
type fileCheck struct {
	Request
	Result
	path            string        // of what is read: the file, or a copy of a pipe
	toReport, toMap *state.Output // nil for none
}

// Run reads a file and judges every row. Of a header that cannot be used, too, it returns what is known and writes the
// map file: that is where it is mended.
func Run(ctx context.Context, r *job.Runner, req Request) (*Result, error) {
	r.TellUnreadable(req.Resource.Vendor())
	c := fileCheck{Request: req}
	err := c.checkFiles()
	if err == nil {
		err = c.run(ctx, r)
	}
	return &c.Result, err
}

// checkFiles refuses an input that cannot be read, and outputs in the place of others.
func (c *fileCheck) checkFiles() error {
	if err := c.Input.Check(); err != nil {
		return err
	}
	switch {
	case c.MapPath == "":
	case files.FormatOf(c.MapPath) == sheet.XLSX:
		return &failure.Advised{Code: failure.ExitUsage, Err: &files.OutputFormatError{Kind: state.MapOutput, Path: c.MapPath, Format: "workbook"}, Advice: failure.Hints("give it a name that ends in .csv, which Excel opens, too")}
	case files.SameFile(c.MapPath, c.Input.File):
		return failure.Refusef(files.NameOutput{Kind: state.MapOutput}, "the map would take the place of the input %q", c.Input.File)
	}
	if err := files.CheckWritable(state.MapOutput, c.MapPath); err != nil {
		return err
	}
	switch {
	case c.ReportPath == "":
	case files.SameFile(c.ReportPath, c.Input.File):
		return failure.Refusef(files.NameOutput{Kind: state.CheckOutput}, "the report would take the place of the input %q", c.Input.File)
	case c.ValuesRead != "" && files.SameFile(c.ReportPath, c.ValuesRead):
		return failure.Refusef(files.NameOutput{Kind: state.CheckOutput}, "the report would take the place of %q, whose values are read", c.ValuesRead)
	case c.MapPath != "" && files.SameFile(c.ReportPath, c.MapPath):
		return failure.Refusef(files.NameOutput{Kind: state.CheckOutput}, "report and map would both be %q", c.ReportPath)
	}
	return files.CheckWritable(state.CheckOutput, c.ReportPath)
}

// run takes what a pipe gives, or a compressed file, as it is read more than once, and checks it.
func (c *fileCheck) run(ctx context.Context, r *job.Runner) error {
	c.path = c.Input.File
	if c.Input.Streams() || state.IsPacked(c.Input.File) {
		root, err := state.RootIn(r.Lookup)
		if err != nil {
			return err
		}
		scratch, err := state.NewScratch(ctx, root)
		if err != nil {
			return err
		}
		defer scratch.Remove() // else the next command does
		if c.path, _, _, err = r.CopyInput(ctx, &state.Run{Dir: scratch.Dir}, c.Input); err != nil {
			return err
		}
	}
	if err := c.place(&r.Env); err != nil {
		return err
	}
	return c.check(ctx)
}

// place finds out where the report and the map file may go. A map file that is read and brought up to date is replaced.
func (c *fileCheck) place(e *job.Env) (err error) {
	if c.ReportPath != "" {
		if c.toReport, err = e.Output(state.CheckOutput, c.ReportPath, c.Overwrite); err != nil {
			return err
		}
		c.toReport.Input = c.Input.File
	}
	if c.MapPath == "" {
		return nil
	}
	renew := c.MapRead != "" && files.SameFile(c.MapPath, c.MapRead)
	if c.toMap, err = e.Output(state.MapOutput, c.MapPath, c.Overwrite || renew); err != nil {
		return err
	}
	c.toMap.Input, c.toMap.Replace = c.Input.File, renew
	return nil
}

// check surveys the file, writes the map file, and judges the rows.
func (c *fileCheck) check(ctx context.Context) error {
	im, err := c.Resource.Checker(ctx, importer.Options{Path: c.path, Name: c.Input.Name(), Sheet: c.Sheet, Match: c.Match, Limit: c.Limit, Mode: c.Mode, Accept: c.Accept,
		MatchesPhones: c.Resource.Capabilities(false).Traits.MatchesPhones && c.Mode != modes.UpdateOnly})
	var refused *survey.HeaderError
	switch {
	case errors.As(err, &refused):
		c.Survey, c.Refused = refused.Survey, true
	case err != nil:
		return job.WrongSheet(err)
	default:
		c.Survey = im.Survey()
	}
	if c.toMap != nil {
		if err := files.WriteMapFile(c.toMap, c.Survey.Columns); err != nil {
			return err
		}
		c.Map = c.toMap
	}
	if c.Refused {
		return job.WrongSheet(err)
	}
	return c.judge(ctx, im)
}

// judge collects what is wrong with the rows, and writes the report if one was asked for.
func (c *fileCheck) judge(ctx context.Context, im importer.Checker) error {
	if c.toReport == nil {
		return job.WrongSheet(im.Check(ctx, func(row importer.Checked) error {
			c.Problems.add(row.Result, c.AllProblems)
			return nil
		}))
	}
	out, err := report.NewCheckWriter(c.toReport, files.FormatOf(c.ReportPath), job.CSVForm(im.Survey().Delimiter, c.PlainCSV), im.Survey(), c.Resource.Ref(), c.Adviser)
	if err != nil {
		return err
	}
	err = im.Check(ctx, func(row importer.Checked) error {
		c.Problems.add(row.Result, c.AllProblems)
		return out.Add(row.Row, row.Result.Problems, row.Result.Outcome, row.Findings)
	})
	if err != nil {
		out.Abort()
		return job.WrongSheet(err)
	}
	if err := out.Finish(); err != nil {
		return err
	}
	c.Report = c.toReport
	return nil
}
