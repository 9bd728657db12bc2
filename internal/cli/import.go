package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/terminal"
)

// importOptions are the flags of import.
type importOptions struct {
	sheetOptions
	connectOptions
	lockOptions
	outputOptions
	file          string
	mode          string
	createMissing []string
	accept        []string
	limit         int
	maxFailures   int
	dryRun        bool
	yes           bool
	confirm       int
	noCopy        bool
	resume        string
	restart       bool
	report        string
	rejects       string
	flags         *pflag.FlagSet
	given         text.Given // to repeat the command in a hint
}

func newImportCommand(a *app) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import VENDOR[/RESOURCE] FILE",
		Short: "create or update every row of FILE in VENDOR",
		Example: `  # try it on a simulated CRM: no key, nothing leaves this machine
  crmferry import growcrm leads.xlsx --sandbox
  # say what would be done, write nothing
  crmferry import growcrm leads.xlsx --dry-run
  # the first five rows, then all of them
  crmferry import growcrm leads.xlsx --limit 5
  crmferry import growcrm leads.xlsx
  # name a column, give every row a value, create tags that do not exist yet
  crmferry import rogerroger leads.csv --map "Relatie=familyName" --set tags=Fair2026 --create-missing tags
  # take an import back: delete the contacts that its report says were created
  crmferry import growcrm leads.report.xlsx --mode delete`,
		Long: `Every row is matched with a contact by its e-mail, else by phone and name together; it is created, updated, or
left alone if it says nothing new. An empty cell leaves the CRM's value alone. The report says what became of each
row; rejected and failed rows are also written to a file of their own, to be mended and imported again. FILE may be a pipe,
or - for stdin: then --yes is needed.

With --mode delete, the contacts whose ids FILE holds are deleted, where the vendor documents that; nothing else of a row
is looked at. Of the report of an earlier run only the rows count that it calls created, and only if the contact still
goes by the key in the report. The number of contacts has to be typed, or given with --confirm. All of them are first
written into a file that can be imported, FILE.before-delete, unless --no-copy is given.`,
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.resourceAndFile(cmd, args)
			if err != nil {
				return err
			}
			o.file, o.flags, o.given = args[1], cmd.Flags(), givenCommand(r, args[1], cmd)
			return a.importFile(cmd.Context(), r, &o)
		},
	}
	o.sheetOptions.addTo(a, cmd)
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "`MODE`: upsert, create (an existing contact is skipped), update (a missing one is skipped) or delete (by id) (default: upsert, where the vendor documents an update)")
		fs.StringSliceVar(&o.createMissing, "create-missing", nil, "create what rows name and the CRM does not have: `KIND`,... (tags, segments, organizations, clients)")
		fs.StringSliceVar(&o.accept, "accept", nil, "take rows with such an error as they stand: `CODE`,... (id_mismatch)")
		o.addReplace(fs)
		o.addUndocumented(fs, a.registry)
	})
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "import the first `N` rows only")
		fs.IntVar(&o.maxFailures, "max-failures", 0, "stop when `N` rows failed (default: when the first 20 all failed)")
		o.connectOptions.addTo(fs)
	})
	addFlags(cmd, groupSafety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.dryRun, "dry-run", "n", false, "do everything but write, and report what would be done")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask; needed where there is no terminal")
		fs.IntVar(&o.confirm, "confirm", 0, "with --mode delete, instead of an answer: there are `N` contacts to delete")
		fs.BoolVar(&o.noCopy, "no-copy", false, "with --mode delete: keep no copy of what is deleted, as a request for erasure wants it")
		o.addResume(fs)
		o.lockOptions.addTo(fs)
		o.outputOptions.addTo(fs)
		o.addSandbox(fs)
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report to `FILE` (default: leads.report.xlsx for leads.xlsx)")
		fs.StringVar(&o.rejects, "rejects", "", "write rejected and failed rows to `FILE` (default: leads.rejects.xlsx for leads.xlsx)")
	})
	addFlags(cmd, groupTalk, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
		fs.BoolVarP(&o.verbose, "verbose", "v", false, "print each request to stderr")
	})
	a.addJSON(cmd)
	return cmd
}

// importFile creates or updates every row of a file.
func (a *app) importFile(ctx context.Context, r account.Resource, o *importOptions) error {
	if err := o.check(a.ui); err != nil {
		return err
	}
	q, err := o.request(a, r)
	if err != nil {
		return a.explainGiven(err, o.given)
	}
	a.tuneMemory()
	ctx, release := a.interruptible(ctx)
	defer release()
	run := a.runner(r.Vendor(), o.connectOptions)
	run.Observer = &importObserver{run.Observer.(*observer), o.given, checkCommand(o.given, o.flags)}
	result, err := run.Import(ctx, q)
	if result != nil {
		if err := a.tellImport(result, o.given); err != nil {
			return err
		}
	}
	if err != nil {
		return a.explainGiven(err, o.given)
	}
	return failure.Quietly(result.Code)
}

// request turns the flags into a request.
func (o *importOptions) request(a *app, r account.Resource) (*job.ImportRequest, error) {
	if err := checkReplace(r, o.replace); err != nil {
		return nil, err
	}
	connect, err := o.options(a)
	if err != nil {
		return nil, err
	}
	match, err := o.matchOptions(false) // the mode is not known yet
	if err != nil {
		return nil, err
	}
	q := &job.ImportRequest{Resource: r, Input: a.input(o.file), Connect: connect, Wait: o.wait, Sheet: o.sheet(), Match: match, Mode: modes.Mode(o.mode),
		CreateMissing: o.createMissing, Accept: o.accept, Limit: o.limit, MaxFailures: o.maxFailures, DryRun: o.dryRun, Yes: o.yes, NoCopy: o.noCopy,
		Resume: o.resume, Restart: o.restart, Options: o.rowOptions(), Report: o.report, Rejects: o.rejects, Overwrite: o.overwrite, Adviser: text.Adviser{}}
	if o.flags.Changed("confirm") {
		q.Confirm = &o.confirm
	}
	return q, nil
}

// importObserver says what happens during an import.
type importObserver struct {
	*observer
	given text.Given
	check string // the command that looks at the same file in the same way
}

// Event says what happened.
func (o *importObserver) Event(e job.Event) {
	if messages := text.ImportEvent(e, o.given, o.check); messages != nil {
		say(o.ui, messages...)
		return
	}
	o.observer.Event(e)
}

// tellImport says what became of an import, for programs or for people.
func (a *app) tellImport(r *job.ImportResult, g text.Given) error {
	if !r.Lost {
		a.say(text.Outputs(r.Outputs()...)...)
	}
	if a.ui.JSON {
		if err := a.ui.WriteJSON(text.NewImportJSON(r)); err != nil {
			return err
		}
	}
	if !a.ui.Quiet || r.Code != failure.ExitOK {
		a.say(text.ImportResult(r, g)...)
	}
	return nil
}

// checkCommand is the command that looks at a file without network in the same way as the one that was given.
func checkCommand(given text.Given, flags *pflag.FlagSet) string {
	known := newCheckCommand(&app{ui: &terminal.UI{}}).Flags() // of another app, whose flags it may reset
	less := []string{"json", "quiet", "verbose", "report"}
	flags.Visit(func(f *pflag.Flag) {
		if known.Lookup(f.Name) == nil {
			less = append(less, f.Name)
		}
	})
	return given.Check(less)
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
	case o.noCopy && !o.deletes():
		return failure.Usage("leave --no-copy out, or say --mode delete", "--no-copy is about what is deleted, and nothing is deleted")
	case o.flags.Changed("confirm") && !o.deletes():
		return failure.Usage("leave --confirm out, or say --mode delete", "--confirm is the number of contacts to delete, and nothing is deleted")
	case o.limit < 0 || o.flags.Changed("limit") && o.limit == 0:
		return failure.Usage("give the number of rows: --limit 5", "--limit %d imports nothing", o.limit)
	case o.maxFailures < 0 || o.flags.Changed("max-failures") && o.maxFailures == 0:
		return failure.Usage("give a number above 0", "--max-failures %d stops before the first row", o.maxFailures)
	case job.Input{File: o.file}.Streams() && !o.yes && !o.sandbox && !o.dryRun && !o.deletes():
		return failure.Usage("say --yes to import without being asked, or --dry-run to see what would be done",
			"%s is a pipe, there is nobody to ask, and nothing was sent", job.Input{File: o.file}.Name())
	case !ui.CanAsk() && !o.yes && !o.sandbox && !o.dryRun && !o.deletes():
		return failure.Usage("say --yes to import without being asked, or --dry-run to see what would be done",
			"there is no terminal to ask on, and nothing was sent")
	}
	return nil
}

func modeNames() []string { return []string{"upsert", "create", "update", "delete"} }

// deletes reports whether contacts are to be deleted.
func (o *importOptions) deletes() bool { return modes.Mode(o.mode) == modes.DeleteOnly }

// checkDelete refuses flags that say something of contacts, of which nothing is left.
func (o *importOptions) checkDelete() error {
	for _, name := range []string{"set", "default", "replace", "create-missing", "values", "clear-token"} {
		if o.flags.Changed(name) {
			return failure.Usage("leave --"+name+" out", "--%s means nothing with --mode delete: nothing but the id of a row counts", name)
		}
	}
	switch {
	case o.match == "email":
		return failure.Usage("name the column of the ids with --match id, or with --map \"HEADER=id\"", "contacts are deleted by their ids only, never by e-mail")
	case o.flags.Changed("confirm") && o.confirm < 1:
		return failure.Usage("give the number of contacts: --confirm 170", "--confirm %d confirms nothing", o.confirm)
	}
	return nil
}

// checkAccept refuses --accept of what cannot be taken as it stands.
func (o *importOptions) checkAccept() error {
	for _, code := range o.accept {
		if err := oneOf("--accept", code, importer.Acceptable()...); err != nil {
			return err
		}
	}
	return nil
}

// addResume declares --resume and --restart.
func (o *importOptions) addResume(fs *pflag.FlagSet) {
	fs.StringVar(&o.resume, "resume", "", "go on with the unfinished run of this file, or with --resume=`RUN`; if there is none, start one")
	fs.Lookup("resume").NoOptDefVal = job.NewestRun
	fs.BoolVar(&o.restart, "restart", false, "start anew although an unfinished run of this file exists, or although it was imported before and cannot be looked up")
}

// notAsked are flags that do not decide what becomes of a row: a run may be resumed with others.
func notAsked() []string {
	return []string{"yes", "resume", "restart", "wait", "report", "rejects", "rate", "workers", "quiet", "verbose", "json",
		"max-failures", "overwrite", "dry-run", "sandbox", "mode", "confirm"}
}

// rowOptions are the flags, as given, that decide what becomes of a row; those that name a file hold its content.
func (o *importOptions) rowOptions() map[string]string {
	asked := map[string]string{}
	o.flags.Visit(func(f *pflag.Flag) {
		if slices.Contains(notAsked(), f.Name) {
			return
		}
		asked[f.Name] = f.Value.String()
		if list, ok := f.Value.(pflag.SliceValue); ok {
			asked[f.Name] = strings.Join(list.GetSlice(), ", ")
		}
		if f.Name == "map-file" || f.Name == "values" {
			if content, err := os.ReadFile(f.Value.String()); err == nil { // else it is refused where it is read
				sum := sha256.Sum256(content)
				asked[f.Name] += " " + hex.EncodeToString(sum[:6])
			}
		}
	})
	return asked
}
