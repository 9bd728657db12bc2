package importer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"crmferry/importer/copied"
	"crmferry/importer/directory"
	"crmferry/importer/identity"
	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// Options say what is imported and how.
type Options struct {
	Path  string // the file that is read: the run's copy of the input
	Name  string // the file as the user named it
	Sheet sheet.Options
	Match mapping.MatchOptions

	Mode          modes.Mode
	Limit         int              // rows, 0 for all
	MatchesPhones bool             // the vendor may take contacts with one phone for the same, as its traits say
	Replace       crm.Fields       // lists that are replaced instead of added to
	Accept        []string         // codes, of outcome.Acceptable, whose rows are taken as they stand
	CreateMissing []string         // kinds of links that may be created: "tags"
	Lookup        bool             // contacts are looked up even where the vendor finds them by itself
	DryRun        bool             // everything but writing
	From          modes.Source     // what the rows are those of
	MaxFailures   int              // failed rows after which the run stops, 0 for the rule of the first 20
	Workers       int              // requests in flight
	Pace          float64          // requests a second that may leave, 0 without a limit
	Keep          string           // where the rows are kept as they were converted, "" for a check
	Run           string           // the run's id; idempotency tokens derive from it
	Journal       *journal.Journal // where the run writes down what it does; nil for a dry run

	// Copies starts what takes the contacts that are about to be deleted; nil: they are not copied. It is called once at most,
	// for the first of them that earlier sessions have not copied.
	Copies   func() (copied.Copies, error)
	CopyAnew bool // what earlier sessions have copied is gone

	CreatedBy func(key string) string // as decide.Rules has it

	Offset  func() time.Duration // how far the vendor's clock is ahead of ours, 0 as long as that is not known; may be nil
	Settle  time.Duration        // how long "not found" must hold after a lost answer; 0 for 5 seconds
	Late    time.Duration        // how long after its start a session reckons with requests of earlier ones; 0 for 2 minutes
	Backoff time.Duration        // the first pause before another try, at most; 0 for 2 seconds

	Patience time.Duration // how long the vendor may be away, if that is more than a quarter of an hour; before the first row at most, 0 for a few tries
}

// read are the options of reading the file.
func (o *Options) read() survey.Options {
	return survey.Options{Path: o.Path, Name: o.Name, Sheet: o.Sheet, Match: o.Match, Limit: o.Limit, Accept: o.Accept, Keep: o.Keep,
		Deletes: o.Mode == modes.DeleteOnly, BelievesIDs: o.believesIDs(), MatchesPhones: o.MatchesPhones}
}

func (o *Options) absenceWait() time.Duration { return cmp.Or(o.Settle, 5*time.Second) }

// late is how long after the start of a session "not found" says nothing of what an earlier one sent: as long as a request
// may take. The earlier session may have ended just before, and the vendor may still be at work on its requests.
func (o *Options) late() time.Duration { return cmp.Or(o.Late, 2*time.Minute) }

// outage is how long the vendor may be away.
func (o *Options) outage() time.Duration { return max(o.Patience, workers.Outage) }

// backoff is half of the first pause.
func (o *Options) backoff() time.Duration { return cmp.Or(o.Backoff, 2*time.Second) / 2 }

// Importer takes the rows of one file into one vendor. It is made by New, which reads the file; then comes either
// Check, or Connect and Run.
type Importer[C any] struct {
	table    *mapping.Table[C]
	o        Options
	file     *survey.File[C]
	matching *mapping.Matching[C]
	survey   *survey.Survey
	links    *links.Links[C]

	sample   identity.Sample[C] // of rows with ids
	toReport survey.RowSet      // rows that a check has something to say about

	vendor     crm.Creator[C]
	updater    crm.Updater[C]
	deleter    crm.Deleter[C]
	directory  *directory.Directory[C] // nil if rows are sent without a look
	verifier   *directory.Directory[C] // finds what became of a create; nil if the vendor documents no look-up
	stepOnly   crm.Fields              // fields that only steps write
	toSend     int                     // rows that may be sent
	parts      int                     // of rows that an undo takes back in several
	toPeek     int                     // requests, at most, by which rows are looked up to see whether they need what is missing
	freshDoubt bool                    // a write of the run that is taken back may still be carried out
	plan       *Plan
	clock      func() time.Time
	answered   bool // the vendor was asked before the start, and answered
}

// ErrOtherRows is returned by New where the rows that a run has kept are those of a run of another kind: rows of a file are not
// what a plan or another run says, and the other way round.
var ErrOtherRows = errors.New("the rows of the run are those of a run of another kind")

// New reads all of the file, without network. It returns a *HeaderError for a header that cannot be used and a *rows.Error
// for a file that cannot be read.
func New[C any](ctx context.Context, t *mapping.Table[C], o Options) (*Importer[C], error) {
	im := &Importer[C]{table: t, o: o, links: links.New[C](), clock: time.Now}
	follows := o.From != modes.FromFile
	others := 0
	file, err := survey.Read(ctx, t, im.o.read(), func(seq int, says *survey.Row[C]) {
		if (says.Earlier != nil) != follows {
			others++
			return
		}
		im.visit(seq, says)
	})
	switch {
	case err != nil:
		return nil, err
	case others > 0:
		return nil, ErrOtherRows
	}
	im.file, im.matching, im.survey = file, file.Matching, file.Survey
	return im, nil
}

// visit takes down what the engine has to know of all rows.
func (im *Importer[C]) visit(seq int, says *survey.Row[C]) {
	if says.IsSkipped() || im.mayReport(says) {
		im.toReport.Set(seq)
	}
	if says.IsSkipped() || len(says.Problems) > 0 {
		return
	}
	if im.o.From == modes.FromPlan && !im.isApplied(says) {
		return
	}
	im.toSend++
	if im.o.From == modes.FromRun && says.Part > 0 {
		im.parts++
	}
	if e := says.Earlier; im.o.From == modes.FromRun && e != nil && e.Result.ID == "" && im.clock().Sub(e.Result.Finished) < im.o.late() {
		im.freshDoubt = true
	}
	im.links.Note(&says.Row, says.Number)
	byID := len(says.Keys) > 0 && says.Keys[0].ID != ""
	im.links.Claims.Note(says.Claims, byID)
	if byID {
		im.sampleID(says)
	}
}

// Survey is what reading the file told.
func (im *Importer[C]) Survey() *survey.Survey { return im.survey }

// Open opens the file for another reading, which understands it as the first one did.
func (im *Importer[C]) Open() (*sheet.Reader, error) { return im.file.Open() }

// TakesBack reports whether the file is the report of an earlier run, whose creations are to be deleted.
func (im *Importer[C]) TakesBack() bool { return im.file.IsReport() }

// mayReport reports whether a row may have an outcome before any request, or findings, even if no other row has its keys.
func (im *Importer[C]) mayReport(says *survey.Row[C]) bool {
	if len(says.Problems)+len(says.Remarks)+len(says.Said) > 0 || len(says.Keys) == 0 && im.o.Mode == modes.UpdateOnly {
		return true
	}
	_, claim := im.table.Claim(&says.Contact, says.Fields)
	return claim != "" || slices.ContainsFunc(says.Keys, item.OfRecord)
}

// newPrecheck begins to judge the rows.
func (im *Importer[C]) newPrecheck() *item.Judge[C] {
	return item.New(item.Rules[C]{Table: im.table, Matching: im.matching, Links: im.links, IsRepeated: im.file.Keys.IsRepeated, Mode: im.o.Mode})
}

// Checked is what a check says of one row.
type Checked struct {
	Row      sheet.Row      // valid until the next one
	Result   outcome.Result // without an outcome for a row that would be sent
	Findings []mapping.Remark
}

// Check judges every row as an import would before its first request, and calls visit for each row that would not be
// sent, or in which something was found.
func (im *Importer[C]) Check(ctx context.Context, visit func(Checked) error) error {
	im.file.Keys.MarkRepeated(&im.toReport)
	if im.toReport.Empty() {
		return nil
	}
	j := im.newPrecheck()
	return im.file.Each(ctx, &im.toReport, func(seq int, row *sheet.Row, says *survey.Row[C]) error {
		it := j.Row(seq, says)
		if it.Res.Outcome == "" && len(says.Remarks) == 0 {
			return nil
		}
		return visit(Checked{*row, it.Res, says.Remarks})
	})
}
