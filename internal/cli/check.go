package cli

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
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

	toReport, toMap *state.Output // nil for none
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
	a.warnDamaged(r.Vendor().ID)
	ctx, done, err := o.takePipe(ctx, a)
	if err != nil {
		return a.checkFailed(err, inputName(o.file))
	}
	defer done()
	im, err := o.survey(ctx, a, r)
	problems := newProblemList(a.ui.JSON)
	if err == nil {
		err = o.judge(ctx, im, problems)
	}
	if err != nil {
		return a.checkFailed(err, inputName(o.file))
	}
	if o.toReport != nil {
		a.tellOutput(o.toReport)
	}
	code := failure.ExitOK
	if problems.rejected > 0 {
		code = failure.ExitRows
	}
	if a.ui.JSON {
		if err := a.ui.WriteJSON(newCheckResult(inputName(o.file), im.Survey(), problems, code).wrote(o)); err != nil {
			return err
		}
		return failure.Quietly(code)
	}
	a.showCheck(im.Survey(), r.ID(), problems)
	if o.toReport != nil {
		a.ui.Notef("report  %s", o.toReport.Path())
	}
	a.verdict(im.Survey(), problems, o, r.ID())
	return failure.Quietly(code)
}

// judge collects what is wrong with the rows, and writes the report if one was asked for.
func (o *checkOptions) judge(ctx context.Context, im importer.Checker, problems *problemList) error {
	visit := func(c importer.Checked) error {
		problems.add(c.Result)
		return nil
	}
	if o.toReport == nil {
		return text.ExplainSheet(im.Check(ctx, visit))
	}
	out, err := report.NewCheckWriter(o.toReport, reportFormat(o.report), im.Survey(), text.Adviser{})
	if err != nil {
		return err
	}
	err = im.Check(ctx, func(c importer.Checked) error {
		problems.add(c.Result)
		return out.Add(c.Row, c.Result.Problems, c.Result.Outcome, c.Findings)
	})
	if err != nil {
		out.Abort()
		return text.ExplainSheet(err)
	}
	return out.Finish()
}

// survey reads the file and matches its header. Of a header that cannot be used, too, it shows what is known and writes
// the map file: there one sees how to mend it.
func (o *checkOptions) survey(ctx context.Context, a *app, r account.Resource) (importer.Checker, error) {
	match, err := o.check(a)
	if err == nil {
		err = o.place(a)
	}
	if err == nil {
		err = checkReplace(r, o.replace)
	}
	if err != nil {
		return nil, err
	}
	im, err := r.Checker(ctx, importer.Options{Path: o.input, Name: inputName(o.file), Sheet: o.sheet(), Match: match, Limit: o.limit, Mode: importer.Mode(o.mode),
		MatchesPhones: r.Capabilities(false).Traits.MatchesPhones && o.mode != string(importer.UpdateOnly)})
	var refused *survey.HeaderError
	switch {
	case errors.As(err, &refused):
		if !a.ui.JSON && !a.ui.Quiet {
			a.showUnderstood(refused.Survey, r.ID())
			a.showFindings(refused.Survey)
		}
		err = o.writeMapOf(a, r.ID(), refused.Survey.Columns, err)
	case err == nil:
		err = o.writeMapOf(a, r.ID(), im.Survey().Columns, nil)
	}
	return im, text.ExplainSheet(err)
}

// checkFailed says for programs why no row was judged; of a header that cannot be used, also how far it was understood.
// For people that is the error's to say.
func (a *app) checkFailed(err error, file string) error {
	if !a.ui.JSON {
		return err
	}
	f := failure.Explain(err)
	s, problem := &survey.Survey{Clears: map[string]int{}, Defaulted: map[string]int{}, Replaced: map[string]int{}}, &checkError{Message: f.Error(), Hint: strings.Join(f.Hints, "; ")}
	if refused := (*survey.HeaderError)(nil); errors.As(err, &refused) {
		s, problem.Fields = refused.Survey, refused.Err.Fields
	}
	r := newCheckResult(file, s, newProblemList(true), f.Code)
	r.Error = problem
	return errors.Join(a.ui.WriteJSON(r), err)
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
	if err := errors.Join(a.inputReadable(o.file), o.checkMapOutput(), o.checkReportOutput()); err != nil {
		return match, err
	}
	return o.matchOptions(o.mode != string(importer.UpdateOnly))
}
