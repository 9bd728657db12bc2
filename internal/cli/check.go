package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// checkOptions are the flags of check.
type checkOptions struct {
	sheetOptions
	outputOptions
	file     string
	input    string // what is read: the file, or a copy of a pipe
	mode     string
	limit    int
	writeMap string
	report   string
	flags    *pflag.FlagSet
	given    text.Given // to repeat the command in what comes next
}

func newCheckCommand(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check VENDOR[/RESOURCE] FILE",
		Short: "mapping and validation only: no network, no key needed",
		Example: `  # how are the columns understood, and which rows break a rule?
  crmferry check growcrm leads.xlsx
  # phones without a country code are Dutch
  crmferry check rogerroger leads.csv --region NL`,
		Long: `Prints each column with the field that it is put into and why, and every problem of every row. What only the
vendor can know (who exists already, which tags there are) is left to import --dry-run. FILE may be a pipe, or - for stdin.`,
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.resourceAndFile(cmd, args)
			if err != nil {
				return err
			}
			o.file, o.flags, o.given = args[1], cmd.Flags(), givenCommand(r, args[1], cmd)
			return a.checkFile(cmd.Context(), r, &o)
		},
	}
	o.sheetOptions.addTo(a, cmd)
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "check for import --mode `MODE`: update needs fewer fields, delete only ids")
		o.addReplace(fs)
	})
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "check the first `N` rows only")
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write all that is found into `FILE`, .xlsx or .csv, to be worked off")
		fs.StringVar(&o.writeMap, "write-map", "", "write what each column is taken for into `FILE`, to be changed in Excel and read with --map-file")
		o.outputOptions.addTo(fs)
	})
	addFlags(cmd, groupTalk, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
	})
	a.addJSON(cmd)
	return cmd
}

// checkFile says what an import would make of a file, without network.
func (a *app) checkFile(ctx context.Context, r account.Resource, o *checkOptions) error {
	a.tuneMemory()
	a.runner(r.Vendor(), connectOptions{}).TellUnreadable(r.Vendor())
	ctx, done, err := o.takePipe(ctx, a)
	if err != nil {
		return a.checkFailed(err, job.Input{File: o.file}.Name())
	}
	defer done()
	req, err := o.request(a, r)
	if err != nil {
		return a.checkFailed(err, job.Input{File: o.file}.Name())
	}
	checked, err := job.Check(ctx, req)
	if checked.Refused && !a.ui.JSON && !a.ui.Quiet {
		a.showUnderstood(checked.Survey, r.ID())
	}
	if checked.MapWritten {
		a.tellOutput(req.Map)
		a.say(text.MapWritten(req.Map.Path(), r.ID()))
	}
	if err != nil {
		return a.checkFailed(text.ExplainSheet(err), req.Name)
	}
	return a.showCheck(checked, req, o)
}

// request turns the flags into a request, and refuses wrong ones.
func (o *checkOptions) request(a *app, r account.Resource) (req job.CheckRequest, err error) {
	match, err := o.check(a)
	if err != nil {
		return req, err
	}
	req = job.CheckRequest{Resource: r, Path: o.input, Name: job.Input{File: o.file}.Name(), Sheet: o.sheet(), Match: match, Mode: importer.Mode(o.mode), Limit: o.limit,
		AllProblems: a.ui.JSON, Format: job.FormatOf(o.report), Adviser: text.Adviser{}}
	if req.Report, req.Map, err = o.place(a); err != nil {
		return req, err
	}
	return req, checkReplace(r, o.replace)
}

// checkFailed says for programs why no row was judged; of a header that cannot be used, also how far it was understood.
// For people that is the error's to say.
func (a *app) checkFailed(err error, file string) error {
	if !a.ui.JSON {
		return err
	}
	return errors.Join(a.ui.WriteJSON(text.NewCheckFailureJSON(file, a.explain(err))), err)
}

// check refuses wrong flags, and turns them into the options of the matching.
func (o *checkOptions) check(a *app) (match mapping.MatchOptions, err error) {
	if o.limit < 0 || o.flags.Changed("limit") && o.limit == 0 {
		return match, failure.Usage("give the number of rows: --limit 5", "--limit %d checks nothing", o.limit)
	}
	if err := oneOf("--mode", o.mode, modes()...); err != nil {
		return match, err
	}
	o.mode = cmp.Or(o.mode, string(importer.Upsert))
	if err := errors.Join(a.input(o.file).Check(), o.checkMapOutput(), o.checkReportOutput()); err != nil {
		return match, err
	}
	return o.matchOptions(o.mode != string(importer.UpdateOnly))
}

// checkMapOutput refuses a map file in the place of another file.
func (o *checkOptions) checkMapOutput() error {
	if o.writeMap == "" {
		return nil
	}
	if job.FormatOf(o.writeMap) == sheet.XLSX {
		return failure.Usage("give it a name that ends in .csv, which Excel opens, too", "--write-map %q would be no workbook", o.writeMap)
	}
	if job.SameFile(o.writeMap, o.file) {
		return failure.Usage("name another file: --write-map FILE", "the map would take the place of the input %q", o.file)
	}
	return job.CheckWritable(state.MapOutput, o.writeMap)
}

// checkReportOutput refuses a report in the place of another file.
func (o *checkOptions) checkReportOutput() error {
	switch {
	case o.report == "":
		return nil
	case job.SameFile(o.report, o.file):
		return failure.Usage("name another file: --report FILE", "the report would take the place of the input %q", o.file)
	case o.writeMap != "" && job.SameFile(o.report, o.writeMap):
		return failure.Usage("name another file: --report FILE", "report and map would both be %q", o.report)
	}
	return job.CheckWritable(state.CheckOutput, o.report)
}

// place finds out where the report and the map file may go; nil is nowhere. A map file that is read and brought up to date
// is replaced.
func (o *checkOptions) place(a *app) (report, mapFile *state.Output, err error) {
	if o.report != "" {
		if report, err = a.jobEnv().Output(state.CheckOutput, o.report, o.overwrite); err != nil {
			return nil, nil, err
		}
		report.Input = o.file
	}
	if o.writeMap == "" {
		return report, nil, nil
	}
	renew := o.mapFile != "" && job.SameFile(o.writeMap, o.mapFile)
	if mapFile, err = a.jobEnv().Output(state.MapOutput, o.writeMap, o.overwrite || renew); err != nil {
		return nil, nil, err
	}
	mapFile.Input, mapFile.Replace = o.file, renew
	return report, mapFile, nil
}

// takePipe copies a pipe that is to be checked, which is read more than once. The context ends at a signal; done removes the
// copy.
func (o *checkOptions) takePipe(parent context.Context, a *app) (ctx context.Context, done func(), err error) {
	o.input = o.file
	in := a.input(o.file)
	if !in.Streams() {
		return parent, func() {}, nil
	}
	if err := in.Check(); err != nil {
		return parent, nil, err
	}
	root, err := state.RootIn(a.env)
	if err != nil {
		return parent, nil, err
	}
	scratch, err := state.NewScratch(root)
	if err != nil {
		return parent, nil, err
	}
	ctx, release := a.interruptible(parent)
	done = func() {
		release()
		_ = scratch.Remove() // else the next command does
	}
	if o.input, _, _, err = a.runner(nil, connectOptions{}).CopyInput(ctx, &state.Run{Dir: scratch.Dir}, in); err != nil {
		done()
	}
	return ctx, done, err
}
