package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer/modes"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/parse"
	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/verdict"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/check"
)

// checkOptions are the flags of check.
type checkOptions struct {
	sheetOptions
	flags.Files
	file     string
	mode     string
	limit    int
	connect  connectOptions // of these, --allow-undocumented
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
		ValidArgsFunction: a.complete().Vendor,
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
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "check for import --mode `MODE`: update needs fewer fields, delete only ids")
		o.addAccept(fs)
		o.addReplace(fs)
		o.connect.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "check the first `N` rows only")
	})
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write all that is found into `FILE`, .xlsx or .csv, to be worked off")
		fs.StringVar(&o.writeMap, "write-map", "", "write what each column is taken for into `FILE`, to be changed in Excel and read with --map-file")
		o.Files.AddTo(fs)
		o.AddPlainTo(fs)
	})
	flags.Add(cmd, flags.Talk, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
	})
	flags.AddJSON(cmd, a.ui)
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"mode": complete.Words(modeNames()...), "replace": complete.List(a.complete().Lists)})
	return cmd
}

// checkFile says what an import would make of a file, without network.
func (a *app) checkFile(ctx context.Context, r account.Resource, o *checkOptions) error {
	a.tuneMemory()
	req, err := o.request(a, r)
	if err != nil {
		return a.checkFailed(err, req.Input.Name())
	}
	if req.Input.Streams() {
		var release func()
		ctx, release = a.interruptible(ctx)
		defer release()
	}
	c, err := check.Run(ctx, a.runner(r.Account(), connectOptions{}), req)
	if c.Refused && !a.ui.JSON && !a.ui.Quiet {
		a.showUnderstood(c.Survey, r.ID())
	}
	if c.Map != nil {
		say.Messages(a.ui, text.Outputs(c.Map)...)
		say.Messages(a.ui, verdict.MapWritten(c.Map.Path(), r.ID()))
	}
	if err != nil {
		return a.checkFailed(err, req.Input.Name())
	}
	return a.showCheck(c, req, o)
}

// request turns the flags into a request, and refuses wrong ones.
func (o *checkOptions) request(a *app, r account.Resource) (req check.Request, err error) {
	req = check.Request{Resource: r, Input: a.input(o.file), Sheet: o.sheet(), Mode: modes.Mode(cmp.Or(o.mode, string(modes.Upsert))), Limit: o.limit,
		AllProblems: a.ui.JSON, ReportPath: o.report, MapPath: o.writeMap, MapRead: o.mapFile, ValuesRead: o.values, Overwrite: o.Overwrite, PlainCSV: o.PlainCSV, Adviser: text.AdviserOf(r)}
	if o.limit < 0 || o.flags.Changed("limit") && o.limit == 0 {
		return req, failure.Usage("give the number of rows: --limit 5", "--limit %d checks nothing", o.limit)
	}
	if err := parse.OneOf("--mode", o.mode, modeNames()...); err != nil {
		return req, err
	}
	if req.Match, err = o.matchOptions(a.registry, req.Mode != modes.UpdateOnly); err != nil {
		return req, err
	}
	req.Match.Undocumented, req.Match.Others = o.connect.undocumented, a.registry.Others(r)
	if err := o.checkAccept(); err != nil {
		return req, err
	}
	req.Accept = o.accept
	return req, o.checkFor(a, r)
}

// checkFailed says for programs why no row was judged; of a header that cannot be used, also how far it was understood.
// For people that is the error's to say.
func (a *app) checkFailed(err error, file string) error {
	if !a.ui.JSON {
		return err
	}
	a.said = verdict.NewCheckFailureJSON(file, a.explain(err))
	return err
}

// showCheck prints what a check found, for programs or for people; under --quiet only what is wrong.
func (a *app) showCheck(c *check.Result, req check.Request, o *checkOptions) error {
	if c.Report != nil {
		say.Messages(a.ui, text.Outputs(c.Report)...)
	}
	code := failure.ExitOK
	if c.Problems.Rejected > 0 {
		code = failure.ExitRows
	}
	if a.ui.JSON {
		a.said = verdict.NewCheckJSON(req.Input.Name(), c, code)
		return failure.Quietly(code)
	}
	if !a.ui.Quiet {
		a.showUnderstood(c.Survey, req.Resource.ID())
	}
	say.Lists(a.ui, verdict.Problems(&c.Problems)...)
	for _, line := range verdict.Unmatched(c.Survey.Unmatched) {
		a.ui.Rows([][]string{{line}})
	}
	if c.Report != nil {
		a.ui.Notef("report  %s", c.Report.Path())
	}
	say.Messages(a.ui, verdict.Checked{Result: c, Given: o.given, Report: o.report, HasValues: o.values != "", By: text.AdviserOf(req.Resource)}.Verdict()...)
	return failure.Quietly(code)
}

// showUnderstood prints how the file was understood, each column, and what was found in cells.
func (a *app) showUnderstood(s *survey.Survey, id string) {
	a.ui.Notef("%s", text.Headline(s))
	for _, f := range text.NotableFacts(s.Facts) {
		a.ui.Notef("  %s", text.Fact(f))
	}
	table := verdict.ColumnTable(s, id)
	if room := a.ui.Room(table, verdict.ExampleColumn); room > 0 {
		for _, row := range table {
			row[verdict.ExampleColumn] = humanize.Clip(row[verdict.ExampleColumn], room)
		}
	}
	a.ui.Rows(table)
	if empty := verdict.EmptyColumns(s); empty != "" {
		say.Lists(a.ui, text.List{Heading: empty})
	}
	say.Lists(a.ui, verdict.Findings(s)...)
}
