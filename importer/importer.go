package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// Mode says what may be done with the rows.
type Mode string

// The modes.
const (
	Upsert     Mode = "upsert" // create what is missing, update what differs
	CreateOnly Mode = "create" // an existing contact is skipped
	UpdateOnly Mode = "update" // a missing contact is skipped
	DeleteOnly Mode = "delete" // contacts are deleted by their ids, and nothing else of a row matters
)

// Options say what is imported and how.
type Options struct {
	Path  string // the file that is read: the run's copy of the input
	Name  string // the file as the user named it
	Sheet sheet.Options
	Match mapping.MatchOptions

	Mode          Mode
	Limit         int              // rows, 0 for all
	MatchesPhones bool             // the vendor may take contacts with one phone for the same, as its traits say
	Replace       crm.Fields       // lists that are replaced instead of added to
	Accept        []string         // codes, of Acceptable, whose rows are taken as they stand
	CreateMissing []string         // kinds of links that may be created: "tags"
	DryRun        bool             // everything but writing
	MaxFailures   int              // failed rows after which the run stops, 0 for the rule of the first 20
	Workers       int              // requests in flight
	Run           string           // the run's id; idempotency tokens derive from it
	Journal       *journal.Journal // where the run writes down what it does; nil for a dry run

	// Copies starts what takes the contacts that are about to be deleted; nil: they are not copied. It is called once at most,
	// for the first of them that earlier sessions have not copied.
	Copies   func() (Copies, error)
	CopyAnew bool // what earlier sessions have copied is gone

	Offset  func() time.Duration // how far the vendor's clock is ahead of ours, 0 as long as that is not known; may be nil
	Settle  time.Duration        // how long "not found" must hold after a lost answer; 0 for 5 seconds
	Late    time.Duration        // how long after its start a session reckons with requests of earlier ones; 0 for 2 minutes
	Backoff time.Duration        // the first pause before another try, at most; 0 for 2 seconds

	layout *sheet.Layout // of the file, once New has found it
}

// open opens the file: by the layout that New has found, so that all readings of a run understand it alike.
func (o *Options) open() (*sheet.Reader, error) {
	if o.layout != nil {
		return o.layout.Open()
	}
	return sheet.Open(o.Path, o.Sheet)
}

func (o *Options) settle() time.Duration {
	if o.Settle > 0 {
		return o.Settle
	}
	return 5 * time.Second
}

// late is how long after the start of a session "not found" says nothing of what an earlier one sent: as long as a request
// may take. The earlier session may have ended just before, and the vendor may still be at work on its requests.
func (o *Options) late() time.Duration {
	if o.Late > 0 {
		return o.Late
	}
	return 2 * time.Minute
}

// backoff is half of the first pause.
func (o *Options) backoff() time.Duration {
	if o.Backoff > 0 {
		return o.Backoff / 2
	}
	return time.Second
}

// ErrNoRows is the cause for a file that has a header and nothing below it.
var ErrNoRows = errors.New("a header and no rows")

// HeaderError is a header, a --map, a --set or a --default that cannot be used: why, and how far the file was understood up to there.
type HeaderError struct {
	Survey *Survey // its columns, and what is odd about the file above its rows; none of these is counted
	Err    *match.Error
}

// Error is the message without the hint.
func (e *HeaderError) Error() string { return e.Err.Error() }

// Unwrap returns the *match.Error.
func (e *HeaderError) Unwrap() error { return e.Err }

// Importer takes the rows of one file into one vendor. It is made by New, which reads the file; then comes either
// Check, or Connect and Run.
type Importer[C any] struct {
	table    *mapping.Table[C]
	o        Options
	matching *mapping.Matching[C]
	survey   *Survey
	links    *links[C]

	report reportAt // where the file is a report
	first  crm.Key  // of the first row that has one

	keys    keySet
	sample  sample[C] // of rows with ids
	telling rowSet    // rows that a check has something to say about

	vendor   crm.Creator[C]
	updater  crm.Updater[C]
	deleter  crm.Deleter[C]
	stepper  crm.Stepper[C]
	lookup   *lookup[C] // nil if rows are sent without a look
	verifier *lookup[C] // finds what became of a create; nil if the vendor documents no look-up
	stepOnly crm.Fields // fields that only steps write
	blind    crm.Fields // fields that cannot be read back
	plan     *Plan
	clock    func() time.Time
	answered bool // the vendor was asked before the start, and answered
}

// New reads all of the file twice, without network: for what its columns hold, by which the header is matched, and then
// for its rows. It returns a *HeaderError for a header that cannot be used and a *rows.Error for a file that cannot be
// read.
func New[C any](ctx context.Context, t *mapping.Table[C], o Options) (*Importer[C], error) {
	im := &Importer[C]{table: t, o: o, keys: newKeySet(), clock: time.Now}
	var err error
	if im.o.Match.Profile, err = profile(ctx, &im.o); err != nil {
		return nil, im.named(err)
	}
	r, err := im.o.open()
	if err != nil {
		return nil, im.named(err)
	}
	defer r.Close()
	if im.report, err = im.findReport(r.Header()); err != nil {
		return nil, err
	}
	im.o.Match.OnlyID = o.Mode == DeleteOnly
	im.matching, err = t.Match(r.Header(), im.o.Match)
	var refused *match.Error
	if errors.As(err, &refused) {
		return nil, &HeaderError{refusedSurvey(o.Name, r, refused), refused}
	}
	if err != nil {
		return nil, err
	}
	im.links = newLinks[C]()
	im.survey = newSurvey(o.Name, r, im.matching.Columns, im.matching.Program)
	for _, f := range im.matching.Defaults() {
		im.survey.Defaulted[f] = 0
	}
	if err := im.read(ctx, r); err != nil {
		return nil, err
	}
	im.survey.Limited = o.Limit > 0 && im.survey.Rows == o.Limit
	if im.survey.Rows == 0 {
		return nil, fmt.Errorf("read %q: %w", o.Name, ErrNoRows)
	}
	return im, nil
}

// Survey is what reading the file told.
func (im *Importer[C]) Survey() *Survey { return im.survey }

// Options are those that New was called with.
func (im *Importer[C]) Options() Options { return im.o }

// named puts the name that the user knows in place of the copy's path.
func (im *Importer[C]) named(err error) error {
	var e *rows.Error
	if errors.As(err, &e) {
		c := *e
		c.Path = im.o.Name
		return &c
	}
	return err
}

// read fills the survey, the names to resolve and the keys.
func (im *Importer[C]) read(ctx context.Context, r *sheet.Reader) error {
	tally := newTally(im.survey)
	loud := im.announced()
	var shared *phones
	if im.o.MatchesPhones {
		shared = &phones{seed: im.keys.seed}
	}
	err := im.each(ctx, r, nil, func(seq int, row sheet.Row, conv *converted[C]) error {
		if conv.notCreated != "" {
			tally.row(row.Cells, nil, nil)
			im.survey.NotCreated++
			im.telling.set(seq)
			return nil
		}
		if im.mayTell(conv) {
			im.telling.set(seq)
		}
		tally.row(row.Cells, conv.Fields, conv.Problems)
		tally.findings(row, conv.Findings)
		if len(conv.Problems) > 0 {
			tally.closed(conv.Problems)
			return nil
		}
		addValues(im.survey, &conv.Row)
		im.links.note(conv.Row)
		im.links.claims.note(conv.Claims, len(conv.keys) > 0 && conv.keys[0].ID != "")
		for _, f := range loud {
			if conv.Fields.Has(f) && im.table.Text(conv.Contact, f) == "yes" {
				im.survey.Announced[f]++
			}
		}
		if im.TakesBack() && conv.reported == "" {
			im.survey.Unkeyed++
		}
		switch {
		case len(conv.keys) == 0:
			im.survey.NoKey++
		case conv.keys[0].ID != "":
			im.countID(row, conv)
		}
		if im.first == (crm.Key{}) && len(conv.keys) > 0 {
			im.first = conv.keys[0]
		}
		im.keys.add(seq, conv.keys)
		notePhones(im, shared, row, conv)
		return nil
	})
	if err != nil {
		return err
	}
	tally.finish()
	im.survey.SharedPhones = shared.shared()
	im.survey.Findings = append(inFile(r.Findings()), tally.found...)
	im.survey.Keys = im.keys.compare()
	im.survey.Repeats = len(im.keys.hashes) - im.survey.Keys
	return nil
}

// announced are the fields that do something outside the contact if a row says yes to them.
func (im *Importer[C]) announced() []string {
	var names []string
	for _, f := range im.table.Info() {
		if f.Announce != "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// converted is what a row says.
type converted[C any] struct {
	mapping.Row[C]
	keys       []crm.Key // that say whether two rows are about one contact
	notCreated string    // why a row of a report is left out, whatever else it says
	reported   string    // the key of a row of a report
}

// each converts the rows up to the limit, and calls do for them in their order. With only, the others say nothing.
func (im *Importer[C]) each(ctx context.Context, r *sheet.Reader, only *rowSet, do func(seq int, row sheet.Row, conv *converted[C]) error) error {
	convert := func(seq int, row sheet.Row, c *converted[C]) {
		if only != nil && !only.has(seq) {
			return
		}
		c.Row, c.notCreated, c.reported = im.convert(row), im.notCreated(row), im.report.cell(row, im.report.key)
		c.keys = im.table.MatchKeys(&c.Contact)
	}
	err := inBatches(ctx, source{r, im.o.Limit}, convert, func(seq int, row sheet.Row, c *converted[C]) error {
		if only != nil && !only.has(seq) {
			return nil
		}
		return do(seq, row, c)
	})
	return im.named(err)
}

// mayTell says whether a row may have an outcome before any request, or findings, even if no other row has its keys.
func (im *Importer[C]) mayTell(conv *converted[C]) bool {
	if len(conv.Problems)+len(conv.Findings) > 0 || len(conv.keys) == 0 && im.o.Mode == UpdateOnly {
		return true
	}
	_, claim := im.table.Claim(&conv.Contact, conv.Fields)
	return claim != "" || slices.ContainsFunc(conv.keys, ofRecord)
}

// Checked is what a check says of one row.
type Checked struct {
	Row      sheet.Row      // valid until the next one
	Result   outcome.Result // without an outcome for a row that would be sent
	Findings []mapping.Finding
}

// Check judges every row as an import would before its first request, and calls visit for each row that would not be
// sent, or in which something was found.
func (im *Importer[C]) Check(ctx context.Context, visit func(Checked) error) error {
	im.keys.markRepeated(&im.telling)
	if im.telling.empty() {
		return nil
	}
	r, err := im.o.open()
	if err != nil {
		return im.named(err)
	}
	defer r.Close()
	j := newJudge(im)
	return im.each(ctx, r, &im.telling, func(seq int, row sheet.Row, conv *converted[C]) error {
		it := j.row(seq, row, conv)
		if it.res.Outcome == "" && len(conv.Findings) == 0 {
			return nil
		}
		return visit(Checked{row, it.res, conv.Findings})
	})
}
