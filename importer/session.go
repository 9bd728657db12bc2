package importer

import (
	"context"

	"crmferry/importer/directory"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/importer/survey"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// Checker is a file that was read for a check, whatever the type of its contacts.
type Checker interface {
	// Survey is what reading the file told.
	Survey() *survey.Survey
	// Check judges every row without network: see Importer.Check.
	Check(ctx context.Context, visit func(Checked) error) error
}

// Session is the import of one file into one vendor, whatever the type of its contacts. Connect comes before Run.
type Session interface {
	// Survey is what reading the file told.
	Survey() *survey.Survey
	// Open opens the file for another reading, which understands it as the first one did.
	Open() (*sheet.Reader, error)
	// TakesBack reports whether the file is the report of an import, which is to be taken back.
	TakesBack() bool
	// LinkKinds are the kinds of records that rows name, and that Connect asks the vendor for.
	LinkKinds() []string
	// Unmade lists the kinds of records that the run was to create, and the vendor refused for fields.
	Unmade() []links.Unmade
	// Misset lists the fields for which a setting gives rows a thing that the vendor does not have; doubtful are the names in question.
	Misset(doubtful []links.Count) []string
	// Connect reads what the plan needs: see Importer.Connect.
	Connect(ctx context.Context) (*Plan, error)
	// Run sends the rows: see Importer.Run.
	Run(ctx context.Context, sink outcome.Sink, progress Progress) (*outcome.Summary, error)
}

// Target is what files are imported into: the client of a vendor and the table of its contacts, whatever their type.
type Target interface {
	// Traits are those of the client.
	Traits() crm.Traits
	// DefaultMode is the mode for the vendor: see DefaultMode.
	DefaultMode() modes.Mode
	// CheckMode returns a *modes.Error if the vendor documents too little for the mode.
	CheckMode(mode modes.Mode) error
	// CheckKinds returns a *links.KindError for the first kind of links that cannot be created.
	CheckKinds(kinds []string) error
	// CanLookUp reports whether the vendor documents a way to find contacts.
	CanLookUp() bool
	// Exists reports whether the vendor has the contact with that id; the error is ErrCannotRead if there is no way to know.
	Exists(ctx context.Context, id string) (bool, error)
	// Suggest returns values of a field out of existing records, none if the client cannot: see crm.Suggester.
	Suggest(ctx context.Context, field string) ([]string, error)
	// TakeBack writes what another run did as the rows of a run that takes it back: see undo.Write.
	TakeBack(ctx context.Context, s undo.Source, to string) (*undo.Counts, error)
	// Removes says how the vendor lets a creation be taken back.
	Removes() undo.Removal
	// Changes says field by field what a row of a plan would make of its contact.
	Changes(res *outcome.Result) ([]planfile.Change, error)
	// Follow writes the rows of a plan, which stand in the file from, as the rows of a run that applies it into the file to.
	// says is asked for each row in its order.
	Follow(ctx context.Context, from, to string, says func(seq int) (*survey.Earlier, error)) error
	// Open reads a file: see New.
	Open(ctx context.Context, o Options) (Session, error)
}

// ErrCannotRead is returned by Target.Exists where the vendor documents no way to read a contact by its id.
var ErrCannotRead = directory.ErrCannotRead

// NewTarget binds the client of a vendor to the table of its contacts.
func NewTarget[C any](table *mapping.Table[C], vendor crm.Creator[C]) Target {
	return target[C]{table, vendor}
}

type target[C any] struct {
	table  *mapping.Table[C]
	vendor crm.Creator[C]
}

func (t target[C]) Traits() crm.Traits              { return t.vendor.Traits() }
func (t target[C]) DefaultMode() modes.Mode         { return modes.Default(t.vendor) }
func (t target[C]) CheckMode(mode modes.Mode) error { return modes.Check(mode, t.vendor) }
func (t target[C]) CheckKinds(kinds []string) error { return links.CheckKinds(kinds, t.vendor) }
func (t target[C]) CanLookUp() bool                 { return modes.CanLookUp(t.vendor) }

func (t target[C]) Exists(ctx context.Context, id string) (bool, error) {
	return directory.Exists(ctx, t.vendor, t.table, id)
}

func (t target[C]) Suggest(ctx context.Context, field string) ([]string, error) {
	if s, ok := t.vendor.(crm.Suggester); ok {
		return s.Suggest(ctx, field)
	}
	return nil, nil
}

func (t target[C]) Open(ctx context.Context, o Options) (Session, error) {
	im, err := New(ctx, t.table, o)
	if err != nil {
		return nil, err
	}
	return session[C]{im, t.vendor}, nil
}

// session is an import and the client that it goes through.
type session[C any] struct {
	*Importer[C]
	vendor crm.Creator[C]
}

// Connect reads what the plan needs through the session's client.
func (s session[C]) Connect(ctx context.Context) (*Plan, error) {
	return s.Importer.Connect(ctx, s.vendor)
}
