package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// exportOptions are the flags of export.
type exportOptions struct {
	connectOptions
	lockOptions
	outputOptions
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
  # some contacts, some columns
  crmferry export growcrm -o owners.csv --filter account_owner=yes --columns first_name,email,client.company_name`,
		Long: `The file holds every contact that was there throughout, once, or it is not written: the old file stays until the
new one is whole. What crmferry export writes, crmferry import of the same vendor reads back and finds unchanged.`,
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := argCount(cmd, args, 1, 1); err != nil {
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
	a.addJSON(cmd)
	return cmd
}

func (o *exportOptions) addFlags(a *app, cmd *cobra.Command) {
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVarP(&o.output, "output", "o", "", "write to `FILE`, .csv or .xlsx, or - for CSV on stdout; {date} and {time} in its name become those of the start")
		fs.StringArrayVar(&o.filters, "filter", nil, "only what the vendor's own filter selects, or in its order: `name=value` (repeatable)")
		fs.StringSliceVar(&o.columns, "columns", nil, "these columns in this order: `FIELD`,... (default: all, see crmferry fields)")
		fs.StringVar(&o.since, "since", "", "only contacts created or changed since `TIME`: 2026-03-15, 2026-03-15T06:00:00Z or 36h ago; FILE then needs {date} or {time}")
		fs.BoolVar(&o.excel, "excel", false, "CSV as Excel opens it: with a byte order mark, semicolons, and labels as headers")
		fs.StringVar(&o.delimiter, "delimiter", "", "`CHARACTER` between the cells of a CSV file, or tab (default: comma, with --excel semicolon)")
		fs.BoolVar(&o.raw, "raw", false, "CSV without the ' before cells that a spreadsheet would compute")
	})
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) { o.addUndocumented(fs, a.registry) })
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "export the first `N` only")
		o.connectOptions.addTo(fs)
	})
	addFlags(cmd, groupSafety, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.minRows, "min-rows", 0, "write no file of less than `N` rows")
		fs.StringVar(&o.maxShrink, "max-shrink", "", "write no file with so much fewer rows than the old one: `20%`")
		fs.BoolVar(&o.unproven, "allow-unproven", false, "write the file even if the list cannot be shown to be complete")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask, however many requests it takes")
		o.lockOptions.addTo(fs)
		o.outputOptions.addTo(fs)
		o.addSandbox(fs)
	})
	addFlags(cmd, groupTalk, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
		fs.BoolVarP(&o.verbose, "verbose", "v", false, "print each request to stderr")
	})
}

// check refuses flags that contradict each other before anything is asked for.
func (o *exportOptions) check(ui *terminal.UI, t *target) error {
	csvOnly := ""
	for _, f := range []string{"excel", "delimiter", "raw"} {
		if o.flags.Changed(f) && csvOnly == "" {
			csvOnly = f
		}
	}
	switch {
	case o.limit < 0 || o.flags.Changed("limit") && o.limit == 0:
		return failure.Usage("give the number of contacts: --limit 5", "--limit %d exports nothing", o.limit)
	case csvOnly != "" && t.format == sheet.XLSX:
		return failure.Usage("leave it out: a workbook needs none of it", "--%s is for CSV files, and %s is a workbook", csvOnly, t.path)
	case ui.JSON && t.path == toStdout:
		return failure.Usage("write the contacts to a file, or leave --json out", "--json and --output - both write to stdout")
	case o.since != "" && !t.dated() && t.path != toStdout:
		return failure.Usage(`put {date} or {time} into its name: --output "changes-{date}.csv"`,
			"--since exports changes only, and would replace the full file %s", t.path)
	}
	if _, err := o.comma(); err != nil {
		return err
	}
	return o.lockOptions.check()
}

// comma reads --delimiter; 0 is the default.
func (o *exportOptions) comma() (rune, error) {
	switch strings.ToLower(o.delimiter) {
	case "":
		return 0, nil
	case "tab", `\t`:
		return '\t', nil
	}
	r, size := utf8.DecodeRuneInString(o.delimiter)
	if size != len(o.delimiter) || strings.ContainsRune("\"\r\n\uFFFD\uFEFF", r) {
		return 0, failure.Usage(`give one character, or tab: --delimiter ";"`, "--delimiter %q is not one character that can stand between cells", o.delimiter)
	}
	return r, nil
}

// exportFile writes every contact into a file.
func (a *app) exportFile(ctx context.Context, r account.Resource, o *exportOptions) error {
	if o.output == "" {
		return failure.Usage(fmt.Sprintf("name the file: crmferry export %s --output contacts.xlsx", r.ID()), "there is no --output")
	}
	job := exportJob{Resource: r, app: a, o: o, started: a.now()}
	var err error
	if job.target, err = newTarget(o.output, job.started); err != nil {
		return err
	}
	if err := o.check(a.ui, job.target); err != nil {
		return err
	}
	if job.target.path != toStdout {
		if job.target.output, err = a.output(state.ExportOutput, "--output", job.target.path, o.outputOptions, r.ExportColumns()...); err != nil {
			return err
		}
	}
	a.tuneMemory()
	defer job.close()
	ctx, release := a.interruptible(ctx)
	defer release()
	if err := job.open(ctx); err != nil {
		return err
	}
	return job.run(ctx)
}

// exportJob is one export on its way.
type exportJob struct {
	account.Resource
	app     *app
	o       *exportOptions
	started time.Time
	target  *target
	guard   *guard
	conn    *connection
	work    *exportRun
	query   crm.Query
	since   time.Time
	columns []mapping.ExportColumn // those that are written

	exporter exporter.Session
	table    write.Table
	progress *terminal.Progress
	met      int // contacts so far
}

func (j *exportJob) close() {
	if j.table != nil {
		j.table.Discard()
	}
	j.target.abort()
	j.work.close()
	j.conn.Close()
}

// open understands the flags, reaches for the account and takes its lock. Nothing is sent.
func (j *exportJob) open(ctx context.Context) error {
	o := j.o
	var err error
	if j.since, err = parseSince(o.since, j.started); err != nil {
		return err
	}
	if err := j.chooseColumns(); err != nil {
		return err
	}
	if err := j.checkList(); err != nil {
		return err
	}
	if j.conn, err = j.app.connect(j.Resource, o.connectOptions); err != nil {
		return err
	}
	if j.query, err = parseFilters(j.ID(), o.filters, j.Capabilities(o.undocumented).Filters); err != nil {
		return err
	}
	if j.guard, err = newGuard(o, j.target); err != nil {
		return err
	}
	j.exporter, err = j.Exporter(j.conn.Connection, exporter.Options{Query: j.query, Columns: o.columns, Limit: o.limit, Since: j.since, Workers: j.conn.Workers,
		Noun: j.Name(), AllowUnproven: o.unproven})
	if err != nil {
		return err
	}
	j.work, err = j.app.newExportRun(ctx, j.Resource, o, j.conn)
	return err
}

// chooseColumns finds the columns of --columns, all without it.
func (j *exportJob) chooseColumns() (err error) {
	j.columns, err = j.Columns(j.o.columns)
	var m *match.Error
	if errors.As(err, &m) {
		return failure.Usage(m.Hint, "%s", m.Message)
	}
	return err
}

// checkList refuses a resource that cannot be listed, and --since where nothing tells what has changed.
func (j *exportJob) checkList() error {
	if !j.Capabilities(j.o.undocumented).List {
		var hints []string
		if j.Vendor().Undocumented != "" {
			hints = append(hints, fmt.Sprintf("by what the vendor does not document (%s): crmferry export %s --output %s --allow-undocumented",
				j.Vendor().Undocumented, j.ID(), text.Quote(j.o.output)))
		}
		return failure.New(failure.ExitUsage, fmt.Errorf("%s documents no list of its %s: they cannot be exported", j.Vendor().Name, j.Name()), hints...)
	}
	if j.o.since != "" && !j.HasChangeDate() {
		return failure.Usage("export all of them: leave --since out",
			"--since needs to know when each of the %s was changed last, and %s returns no such date", j.Name(), j.Vendor().Name)
	}
	return nil
}

// exportRun is the folder of an export and its lock.
type exportRun struct {
	run    *state.Run
	lock   *state.Lock
	record history.Record
}

// newExportRun makes the folder of an export and takes the account's lock; the sandbox of this process needs neither.
func (a *app) newExportRun(ctx context.Context, r account.Resource, o *exportOptions, c *connection) (*exportRun, error) {
	w := &exportRun{}
	if o.sandbox {
		return w, nil
	}
	root, err := state.RootIn(a.env)
	if err != nil {
		return nil, err
	}
	if err := a.mendSalt(root); err != nil {
		return nil, err
	}
	a.warnDamaged(r.Vendor().ID)
	account, err := c.Fingerprint(root)
	if err != nil {
		return nil, err
	}
	if w.run, err = state.NewRun(root, "export", r.Vendor().ID, a.now()); err != nil {
		return nil, err
	}
	w.record = history.Record{Run: *w.run, Kind: history.Export, Args: a.args, Resource: r.ID(), Account: account, BaseURL: c.Base().String(), Output: o.output,
		Filters: o.filters, Columns: o.columns, Since: o.since, Limit: o.limit, Started: a.now(), State: history.Prepared}
	if w.lock, err = a.lockAccount(ctx, root, account, w.run.ID, o.lockOptions); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// note records how far the export is; rows and the exit code count once it has ended.
func (w *exportRun) note(state string, rows int64, exit failure.ExitCode, now time.Time) error {
	if w.run == nil {
		return nil
	}
	w.record.State, w.record.Rows, w.record.Exit = state, int(rows), int(exit)
	if state != history.Running {
		w.record.Finished = now
	}
	return w.record.Write()
}

// id is the run's, "" if nothing is kept of it.
func (w *exportRun) id() string {
	if w.run == nil {
		return ""
	}
	return w.run.ID
}

// close frees the lock, and removes the folder of an export that never began.
func (w *exportRun) close() {
	if w == nil {
		return
	}
	w.lock.Unlock()
	if w.run != nil && w.record.State == history.Prepared {
		_ = os.RemoveAll(w.run.Dir)
	}
}
