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

	"crmferry/importer/modes"
	"crmferry/internal/account"
	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job"
)

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
		ValidArgsFunction: a.complete().Vendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.resourceAndFile(cmd, args)
			if err != nil {
				return err
			}
			o.file, o.flags, o.given = args[1], cmd.Flags(), givenCommand(r, args[1], cmd)
			return a.importFile(cmd, r, &o)
		},
	}
	o.addTo(a, cmd)
	return cmd
}

// importFile creates or updates every row of a file.
func (a *app) importFile(cmd *cobra.Command, r account.Resource, o *importOptions) error {
	if err := o.check(a.ui); err != nil {
		return err
	}
	q, err := o.request(a, r)
	if err != nil {
		return a.explainGiven(err, o.given)
	}
	tells := importObserver{given: o.given, check: o.given.Look()}
	return a.carryOut(cmd, r, o.connectOptions, tells, func(ctx context.Context, run *job.Runner) (*job.ImportResult, error) { return run.Import(ctx, q) })
}

// carryOut writes to an account, and says meanwhile what happens and at the end what became of it.
func (a *app) carryOut(cmd *cobra.Command, r account.Resource, o connectOptions, tells importObserver, write func(context.Context, *job.Runner) (*job.ImportResult, error)) error {
	prune, err := a.pruner(o)
	if err != nil {
		return err
	}
	a.tuneMemory()
	ctx, release := a.interruptible(cmd.Context())
	defer release()
	run := a.runner(r.Account(), o)
	tells.observer = run.Observer.(*observer)
	run.Observer = &tells
	result, err := write(ctx, run)
	if result != nil {
		a.tellImport(result, tells.given)
	}
	if err != nil {
		return a.explainGiven(err, tells.given)
	}
	prune()
	return failure.Quietly(result.Code)
}

// request turns the flags into a request.
func (o *importOptions) request(a *app, r account.Resource) (*job.ImportRequest, error) {
	if err := o.checkFor(a, r); err != nil {
		return nil, err
	}
	connect, err := o.options(a)
	if err != nil {
		return nil, err
	}
	match, err := o.matchOptions(a.registry, false) // the mode is not known yet
	if err != nil {
		return nil, err
	}
	match.Undocumented, match.Others = o.undocumented, a.registry.Others(r)
	q := &job.ImportRequest{Resource: r, Input: a.input(o.file), Connect: connect, Wait: o.wait, Sheet: o.sheet(), Match: match, Mode: modes.Mode(o.mode),
		Lookup: o.lookup, CreateMissing: o.createMissing, Accept: o.accept, Limit: o.limit, MaxFailures: o.maxFailures, DryRun: o.dryRun, Yes: o.yes, NoCopy: o.noCopy,
		Resume: o.resume, Restart: o.restart, Options: o.rowOptions(), Report: o.report, Rejects: o.rejects, Overwrite: o.Overwrite, PlainCSV: o.PlainCSV, Adviser: text.AdviserOf(r)}
	q.Confirm = o.confirmed(o.flags)
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
		say.Messages(o.ui, messages...)
		return
	}
	o.observer.Event(e)
}

// tellImport says what became of an import, for programs or for people.
func (a *app) tellImport(r *job.ImportResult, g text.Given) {
	if !r.Lost {
		say.Messages(a.ui, text.Outputs(r.Outputs()...)...)
	}
	if a.ui.JSON {
		a.said = text.NewImportJSON(r)
	}
	if !a.ui.Quiet || r.Code != failure.ExitOK {
		g.Beside = a.registry.Resources()
		say.Messages(a.ui, text.ImportResult(r, g)...)
	}
}

// notAsked are flags that do not decide what becomes of a row: a run may be resumed with others.
func notAsked() []string {
	return []string{"yes", "resume", "restart", "wait", "report", "rejects", "rate", "workers", "quiet", "verbose", "progress", "plain-csv", "json",
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
