package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer/modes"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/terminal"
)

// importOptions are the flags of import.
type importOptions struct {
	sheetOptions
	connectOptions
	lockOptions
	writeLimits
	flags.Files
	file          string
	mode          string
	lookup        bool
	createMissing []string
	limit         int
	dryRun        bool
	yes           bool
	noCopy        bool
	resume        string
	restart       bool
	report        string
	rejects       string
	flags         *pflag.FlagSet
	given         text.Given // to repeat the command in a hint
}

// addTo declares the flags.
func (o *importOptions) addTo(a *app, cmd *cobra.Command) {
	o.sheetOptions.addTo(a, cmd)
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "`MODE`: upsert, create (an existing contact is skipped), update (a missing one is skipped) or delete (by id) (default: upsert, where the vendor documents an update)")
		fs.BoolVar(&o.lookup, "lookup", false, "look contacts up before they are updated, also where the vendor finds them by itself (clientcommander): then their updates can be taken back")
		fs.StringSliceVar(&o.createMissing, "create-missing", nil, "create what rows name and the CRM does not have: `KIND`,... ("+strings.Join(a.registry.Creatable(), ", ")+")")
		o.addAccept(fs)
		o.addReplace(fs)
		o.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "import the first `N` rows only")
		o.addMaxFailures(fs)
		o.connectOptions.addTo(fs)
	})
	flags.Add(cmd, flags.Safety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.dryRun, "dry-run", "n", false, "do everything but write, and report what would be done")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask; needed where there is no terminal")
		o.addConfirm(fs, "with --mode delete, instead of an answer: there are `N` contacts to delete")
		fs.BoolVar(&o.noCopy, "no-copy", false, "with --mode delete: keep no copy of what is deleted, as a request for erasure wants it")
		o.addResume(fs)
		o.lockOptions.addTo(fs)
		o.Files.AddTo(fs)
		o.AddPlainTo(fs)
		o.addSandbox(fs)
	})
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report to `FILE` (default: leads.report.xlsx for leads.xlsx)")
		fs.StringVar(&o.rejects, "rejects", "", "write rejected and failed rows to `FILE` (default: leads.rejects.xlsx for leads.xlsx)")
	})
	flags.Add(cmd, flags.Talk, func(fs *pflag.FlagSet) {
		o.addTalk(a, fs)
	})
	flags.AddJSON(cmd, a.ui)
	values := a.complete()
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"mode": complete.Words(modeNames()...), "create-missing": complete.List(values.Creatable), "replace": complete.List(values.Lists),
		"accept": complete.List(func([]string) []string { return acceptable() }), "resume": values.Unfinished})
}

// check refuses flags that contradict each other before anything is read.
func (o *importOptions) check(ui *terminal.UI) error {
	if err := o.lockOptions.check(); err != nil {
		return err
	}
	if err := o.checkAccept(); err != nil {
		return err
	}
	switch modes.Mode(o.mode) {
	case "", modes.Upsert, modes.CreateOnly, modes.UpdateOnly:
	case modes.DeleteOnly:
		if err := o.checkDelete(); err != nil {
			return err
		}
	default:
		return failure.Unknown("mode", o.mode, humanize.Nearest(o.mode, modeNames()), "modes: "+strings.Join(modeNames(), ", "))
	}
	switch {
	case o.resume != "" && o.restart:
		return failure.Usage("leave one of them out", "--resume and --restart do not go together")
	case o.noCopy && !o.deletes():
		return failure.Usage("leave --no-copy out, or say --mode delete", "--no-copy is about what is deleted, and nothing is deleted")
	case o.flags.Changed("confirm") && !o.deletes():
		return failure.Usage("leave --confirm out, or say --mode delete", "--confirm is the number of contacts to delete, and nothing is deleted")
	case o.limit < 0 || o.flags.Changed("limit") && o.limit == 0:
		return failure.Usage("give the number of rows: --limit 5", "--limit %d imports nothing", o.limit)
	}
	if err := o.writeLimits.check(o.flags); err != nil {
		return err
	}
	return o.checkAnswer(ui)
}

// checkAnswer refuses an import that nobody can answer for; a file that cannot be read is what is wrong first.
func (o *importOptions) checkAnswer(ui *terminal.UI) error {
	if o.yes || o.sandbox || o.dryRun || o.deletes() {
		return nil
	}
	in := files.Input{File: o.file}
	if !in.Streams() && ui.CanAsk() {
		return nil
	}
	const hint = "say --yes to import without being asked, or --dry-run to see what would be done"
	if in.Streams() {
		return failure.Usage(hint, "%s is a pipe, there is nobody to ask, and nothing was sent", in.Name())
	}
	if err := in.Check(); err != nil && o.resume == "" {
		return err
	}
	return failure.Usage(hint, "there is no terminal to ask on, and nothing was sent")
}

// deletes reports whether contacts are to be deleted.
func (o *importOptions) deletes() bool { return modes.Mode(o.mode) == modes.DeleteOnly }

// checkDelete refuses flags that say something of contacts, of which nothing is left.
func (o *importOptions) checkDelete() error {
	for _, name := range []string{"set", "default", "replace", "create-missing", "values", "clear-token"} {
		if o.flags.Changed(name) {
			return failure.Usage("leave --"+name+" out", "--%s means nothing with --mode delete: nothing but the id of a row counts", name)
		}
	}
	if o.match == "email" {
		return failure.Usage("name the column of the ids with --match id, or with --map \"HEADER=id\"", "contacts are deleted by their ids only, never by e-mail")
	}
	return nil
}

// addResume declares --resume and --restart.
func (o *importOptions) addResume(fs *pflag.FlagSet) {
	fs.StringVar(&o.resume, "resume", "", "go on with the unfinished run of this file, or with --resume=`RUN`; if there is none, start one")
	fs.Lookup("resume").NoOptDefVal = job.NewestRun
	fs.BoolVar(&o.restart, "restart", false, "start anew although an unfinished run of this file exists, or although it was imported before and cannot be looked up")
}
