package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/parse"
	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job/export"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// exportOptions are the flags of export.
type exportOptions struct {
	connectOptions
	lockOptions
	flags.Files
	output    string
	filters   []string
	columns   []string
	since     string
	limit     int
	excel     bool
	delimiter string
	raw       bool
	minRows   int
	maxShrink string
	unproven  bool
	yes       bool
	flags     *pflag.FlagSet // as given
}

// sinceLast is the value of --since for what has changed since the last such export.
const sinceLast = "last"

func newExportCommand(a *app) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export VENDOR[/RESOURCE] -o FILE",
		Short: "every contact of VENDOR into FILE (.csv, .xlsx, or - for CSV on stdout)",
		Example: `  # try it on a simulated CRM: no key, nothing leaves this machine
  crmferry export growcrm -o contacts.xlsx --sandbox
  # every night: nothing printed unless it fails, and never a suspiciously small file
  crmferry export growcrm -o contacts.csv --quiet --wait 2h --max-shrink 20%
  # a file that Excel opens with a double click
  crmferry export rogerroger -o people.csv --excel
  # what is new or changed since yesterday, into a file of its own
  crmferry export clientcommander -o "changes-{date}.csv" --since 36h
  # what is new or changed since the last such export, each time into a further file
  crmferry export growcrm -o changes.csv --since last
  # some contacts, some columns
  crmferry export growcrm -o owners.csv --filter account_owner=yes --columns first_name,email,client.company_name`,
		Long: `The file holds every contact that was there throughout, once, or it is not written: the old file stays until the
new one is whole. What crmferry export writes, crmferry import of the same vendor reads back and finds unchanged.`,
		ValidArgsFunction: a.complete().Vendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.ArgCount(cmd, args, 1, 1); err != nil {
				return err
			}
			r, err := a.registry.Find(args[0])
			if err != nil {
				return err
			}
			o.flags = cmd.Flags()
			return a.exportFile(cmd.Context(), r, &o)
		},
	}
	o.addFlags(a, cmd)
	flags.AddJSON(cmd, a.ui)
	values := a.complete()
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"since": complete.Words(sinceLast), "filter": values.Filter, "columns": complete.List(values.Fields)})
	return cmd
}

func (o *exportOptions) addFlags(a *app, cmd *cobra.Command) {
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVarP(&o.output, "output", "o", "", "write to `FILE`, .csv or .xlsx, or - for CSV on stdout; {date} and {time} in its name become those of the start")
		fs.StringArrayVar(&o.filters, "filter", nil, "only what the vendor's own filter selects, or in its order: `name=value` (repeatable)")
		fs.StringSliceVar(&o.columns, "columns", nil, "these columns in this order: `FIELD`,... (default: all, see crmferry fields)")
		fs.StringVar(&o.since, "since", "", "only contacts created or changed since `TIME`: 2026-03-15, 2026-03-15T06:00:00Z or 36h ago; FILE then needs {date} or {time}; or since the last such export: last")
		fs.BoolVar(&o.excel, "excel", false, "CSV as Excel opens it: with a byte order mark, semicolons, and labels as headers")
		fs.StringVar(&o.delimiter, "delimiter", "", "`CHARACTER` between the cells of a CSV file, or tab (default: comma, with --excel semicolon)")
		fs.BoolVar(&o.raw, "raw", false, "CSV without the ' before cells that a spreadsheet would compute")
	})
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) { o.addUndocumented(fs, a.registry) })
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "export the first `N` only")
		o.connectOptions.addTo(fs)
	})
	flags.Add(cmd, flags.Safety, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.minRows, "min-rows", 0, "write no file of less than `N` rows")
		fs.StringVar(&o.maxShrink, "max-shrink", "", "write no file with so much fewer rows than the old one: `20%`")
		fs.BoolVar(&o.unproven, "allow-unproven", false, "write the file even if the list cannot be shown to be complete")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask, however many requests it takes")
		o.addPatience(fs)
		o.Files.AddTo(fs)
		o.addSandbox(fs)
	})
	flags.Add(cmd, flags.Talk, func(fs *pflag.FlagSet) {
		o.addTalk(a, fs)
	})
}

// check refuses flags that contradict each other before anything is asked for.
func (o *exportOptions) check(ui *terminal.UI, f files.OutputFile) error {
	csvOnly := ""
	for _, f := range []string{"excel", "delimiter", "raw"} {
		if o.flags.Changed(f) && csvOnly == "" {
			csvOnly = f
		}
	}
	switch {
	case o.limit < 0 || o.flags.Changed("limit") && o.limit == 0:
		return failure.Usage("give the number of contacts: --limit 5", "--limit %d exports nothing", o.limit)
	case csvOnly != "" && f.Format == sheet.XLSX:
		return failure.Usage("leave it out: a workbook needs none of it", "--%s is for CSV files, and %s is a workbook", csvOnly, f.Path)
	case ui.JSON && f.ToStdout():
		return failure.Usage("write the contacts to a file, or leave --json out", "--json and --output - both write to stdout")
	case o.since == sinceLast && o.limit > 0:
		return failure.Usage("leave --limit out", "--since last continues where the last export ended, and --limit would end before the rest")
	case o.since == sinceLast: // its files are never replaced
	case o.since != "" && !f.Dated() && !f.ToStdout():
		return failure.Usage(`put {date} or {time} into its name: --output `+text.Quote(strings.TrimSuffix(f.Path, filepath.Ext(f.Path))+"-{date}"+filepath.Ext(f.Path)),
			"--since exports changes only, and would replace the full file %s", f.Path)
	}
	return nil
}

// request is what the flags ask for.
func (o *exportOptions) request(a *app, r account.Resource) (*export.Request, error) {
	now := a.now()
	q := &export.Request{Resource: r, Started: now, Columns: o.columns, Limit: o.limit, AllowUnproven: o.unproven, Confirmed: o.yes,
		Excel: o.excel, Raw: o.raw, MinRows: int64(o.minRows), Wait: o.wait, Overwrite: o.Overwrite, Stdout: a.ui.Out, Words: advice.Hint,
		About: func(r *export.Result) [][]string { return text.ExportAbout(r, userAgent()) }}
	q.Record.Output, q.Record.Since, q.Record.Filters = o.output, o.since, o.filters
	var err error
	if q.File, err = parseOutput(o.output, r.Ref(), now); err != nil {
		return nil, err
	}
	if err := o.check(a.ui, q.File); err != nil {
		return nil, err
	}
	if q.Delimiter, err = parse.Delimiter(o.delimiter); err != nil {
		return nil, err
	}
	if err := o.lockOptions.check(); err != nil {
		return nil, err
	}
	if q.SinceLast = o.since == sinceLast; !q.SinceLast {
		if q.Since, err = parse.Since(o.since, now); err != nil {
			return nil, err
		}
	}
	if can := r.Capabilities(o.undocumented); can.List { // else there are no filters, and the export says why
		if q.Query, err = parse.Filters(r.ID(), o.filters, can.Filters, can.Traits.Paging); err != nil {
			return nil, err
		}
	}
	if o.minRows < 0 {
		return nil, failure.Usage("give 0 or more", "--min-rows %d is negative", o.minRows)
	}
	if q.MaxShrink, err = parse.Shrink(o.maxShrink, q.File); err != nil {
		return nil, err
	}
	if q.SinceLast {
		q.MaxShrink = nil // a file of changes is no smaller version of the one before
	}
	if q.File.ToStdout() && a.ui.OutTTY { // which the cells must not command; files and pipes get them as they are
		q.Clean = terminal.Line
	}
	q.Connect, err = o.connectOptions.options(a)
	return q, err
}

// parseOutput understands the name of an output, and refuses a file that could not be written.
func parseOutput(name, id string, now time.Time) (files.OutputFile, error) {
	if name == "" {
		return files.OutputFile{}, failure.Usage(fmt.Sprintf("name the file: crmferry export %s --output contacts.xlsx", id), "there is no --output")
	}
	f := files.NewOutputFile(name, now)
	if f.ToStdout() {
		return f, nil
	}
	if word := f.UnknownPlaceholder(); word != "" {
		return f, failure.Usage("write {date} or {time}, or leave the braces out", "--output %q: %s stands for nothing, so that each export would have the same name", name, word)
	}
	hint := "name a .csv or .xlsx file, or - for CSV on stdout: --output contacts.xlsx"
	if info, err := os.Stat(f.Path); err == nil && info.IsDir() {
		return f, failure.Usage(hint, "cannot write %q: it is a folder", f.Path)
	}
	if ext := filepath.Ext(f.Path); f.Format != sheet.XLSX && !strings.EqualFold(ext, ".csv") {
		return f, failure.Usage(hint, "--output %q is neither a CSV file nor a workbook", name)
	}
	return f, files.CheckWritable(state.ExportOutput, f.Path)
}

// exportFile writes every contact into a file.
func (a *app) exportFile(ctx context.Context, r account.Resource, o *exportOptions) error {
	q, err := o.request(a, r)
	if err != nil {
		return err
	}
	prune, err := a.pruner(o.connectOptions)
	if err != nil {
		return err
	}
	a.tuneMemory()
	ctx, release := a.interruptible(ctx)
	defer release()
	result, err := export.Run(ctx, a.runner(r.Account(), o.connectOptions), q)
	if err != nil {
		return err
	}
	if a.ui.JSON {
		a.said = text.NewExportJSON(result, o.filters)
	}
	if result.Output != nil {
		say.Messages(a.ui, text.Outputs(result.Output)...)
	}
	for _, line := range text.ExportResult(result, a.ui.Quiet) {
		a.ui.Resultf("%s", line)
	}
	prune()
	return nil
}
