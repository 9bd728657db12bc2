// Package crm is the contract between the core and the client of a vendor.
//
// A client must be able to create a contact; everything else it can do it shows by implementing one of the optional
// interfaces below, and the core finds them by type assertion. What a vendor does not document is absent: the core
// asks for capabilities, never for a vendor by name.
//
// Clients are safe for concurrent use. Every method returns an *Error for anything that went wrong between this
// machine and the vendor, and the context's error when the context ended.
package crm

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// Fields names fields of a table, by the vendor's own names: those that a row sets or clears, or those that a step
// writes. A field in the set whose value in the contact is zero is cleared.
type Fields []string

// Has reports whether name is in f.
func (f Fields) Has(name string) bool { return slices.Contains(f, name) }

// Without returns f without the fields of drop.
func (f Fields) Without(drop Fields) Fields {
	if !slices.ContainsFunc(f, drop.Has) {
		return f
	}
	return slices.DeleteFunc(slices.Clone(f), drop.Has)
}

// CustomPrefix begins the names of fields that the users of an account have defined: custom.sector.
const CustomPrefix = "custom."

// Customs are those of the fields that users of an account have defined.
func (f Fields) Customs() Fields {
	return slices.DeleteFunc(slices.Clone(f), func(name string) bool { return !strings.HasPrefix(name, CustomPrefix) })
}

// Custom holds what records have in such fields, by the vendor's names, without the prefix. Copies of a record share it: it is
// never changed.
type Custom map[string]string

// With returns c with the value of one field.
func (c Custom) With(name, value string) Custom {
	with := maps.Clone(c)
	if with == nil {
		with = Custom{}
	}
	with[name] = value
	return with
}

// In are the values of those fields that a request writes.
func (c Custom) In(fields Fields) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for _, f := range fields {
			if name, ok := strings.CutPrefix(f, CustomPrefix); ok && !yield(name, c[name]) {
				return
			}
		}
	}
}

// Ref is a thing that a contact is linked to: a client, a tag, a stage. Either part may be empty: a row that names a
// tag has only Name until the name is resolved; a contact read from a vendor may have only ID.
type Ref struct {
	ID   string `json:",omitzero"` // as the vendor writes it: a number, an IRI
	Name string `json:",omitzero"`
}

// Beside is what a thing is called that goes by an e-mail address and by a name: whichever the vendor knows.
func Beside(email, name string) string { return email + " (" + name + ")" }

// BesideOf takes the two apart; name is "" where the thing goes by one.
func BesideOf(called string) (email, name string) {
	email, name, ok := strings.Cut(called, " (")
	if !ok || !strings.Contains(email, "@") || strings.Contains(email, " ") || !strings.HasSuffix(name, ")") {
		return called, ""
	}
	return email, name[:len(name)-1]
}

// Key is what a row is matched by. Exactly one of Email, Phone, Of, Number and ID is set, or none but Name; a phone number
// identifies a person only together with the name. A record that has no key of its own and belongs to another, as a note does to
// a person, is matched by what it belongs to together with what it says. A company goes by its name alone where nothing better
// finds it. Keys are normalised (trimmed, lower case, phones as digits, names as Fold has them), so that equal keys are ==.
type Key struct {
	Email string `json:",omitzero"`
	Phone string `json:",omitzero"` // digits only
	Of    string `json:",omitzero"` // id or e-mail address of the contact that the record belongs to
	Name  string `json:",omitzero"` // with Phone: full name; with Of: what the record says, line by line; with Email: what tells records of one address apart, "" where it tells one contact; alone: of a company
	ID    string `json:",omitzero"` // the vendor's id

	Number string `json:",omitzero"` // that its users gave the record: no two have the same
}

// ByWords reports whether k is found by words of a name or a title, which many may have.
func (k Key) ByWords() bool { return k.Name+k.Of != "" && k.ID+k.Email+k.Number == "" }

// IsName reports whether k is the name of a company, which several may bear.
func (k Key) IsName() bool { return k == Key{Name: k.Name} && k.Name != "" }

// Contradict reports whether the keys of two records have numbers, and none of them in common.
func Contradict(a, b []Key) bool {
	numbered := func(k Key) bool { return k.Number != "" }
	return slices.ContainsFunc(a, numbered) && slices.ContainsFunc(b, numbered) &&
		!slices.ContainsFunc(a, func(k Key) bool { return numbered(k) && slices.Contains(b, k) })
}

// Apart reports whether the keys of two records have something beside names, and none of it in common.
func Apart(a, b []Key) bool {
	better := func(k Key) bool { return !k.IsName() }
	return slices.ContainsFunc(a, better) && slices.ContainsFunc(b, better) && !slices.ContainsFunc(a, func(k Key) bool { return better(k) && slices.Contains(b, k) })
}

// Digits are the digits of a phone number, by which numbers are compared.
func Digits(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, strings.TrimPrefix(number, "+")) // which leaves nothing to copy of most numbers
}

// String is the key as reports show it.
func (k Key) String() string {
	switch {
	case k.ID != "":
		return k.ID
	case k.Email != "":
		line, _, _ := strings.Cut(k.Name, "\n")
		return strings.TrimSpace(k.Email + " " + line)
	case k.Phone != "":
		return k.Phone + " " + k.Name
	case k.Of != "":
		line, _, _ := strings.Cut(strings.TrimSpace(k.Name), "\n")
		return k.Of + " " + line
	case k.Number != "":
		return k.Number
	}
	return k.Name
}

// Answer is what a vendor answered to a write that it accepted.
type Answer[C any] struct {
	ID      string
	Contact *C   // the contact after the write; nil if the vendor does not return it
	Created bool // false where an upsert met a contact that existed already
	Meta
}

// Meta is what is known of any answered request.
type Meta struct {
	Status    int
	RequestID string // the vendor's own id of the request, "" if it has none
}

// Creator is what every client can do.
type Creator[C any] interface {
	// Create makes a contact of the given fields. token is the same on every try of the same row and 16 to 64
	// characters long; a vendor with idempotency keys sends it. Sending twice is safe only if Traits.Idempotent.
	Create(ctx context.Context, want C, fields Fields, token string) (Answer[C], error)
	Traits() Traits
}

// Traits are facts about a vendor's API that the core needs to plan with.
type Traits struct {
	// CreateUpserts: Create updates the contact that the vendor itself finds to be the same.
	CreateUpserts bool
	// MatchesPhones: Create may take a contact with the same phone for the same.
	MatchesPhones bool
	// Idempotent: Create may be repeated with the same token and the same bytes.
	Idempotent bool
	// UpdateRepeatable: Update sends whole values, so that sending it twice does what sending it once does.
	UpdateRepeatable bool
	// UniqueEmail: Create is refused with CodeTaken if a contact has the e-mail address already.
	UniqueEmail bool
	// Unordered: the order of List is not documented, or changes while a contact exists.
	Unordered bool
	// PageSize is the number of contacts on a full page of List, 0 without List.
	PageSize int
	// Paging are the parameters by which pages of List are read: no filters, although vendors list them there.
	Paging []string
	// FindBatch is the number of keys that one call of Find takes, 0 without Find.
	FindBatch int
	// FindEach: Find makes at least one request for every key; a batch saves only what its keys have in common.
	FindEach bool
	// FindRequests is how many requests one call of Find makes at most, 0 for one; FindSetup how many more the first
	// call makes.
	FindRequests, FindSetup int
	// NameRequests is how many requests one call of Find makes at most for a key that is found by words of a name, 0 for as many
	// as for another.
	NameRequests int
	// ReadRequests is how many requests one page of List takes, and one contact that Find reads by its id, 0 for one.
	ReadRequests int
	// Lacks are the records that List leaves out, as that they are listed is not documented; "" for none.
	Lacks string
	// HolderRequests is how many requests HeldBy makes, at most, for an address that Find was not asked for.
	HolderRequests int
}

// Page is one page of a list.
type Page[C any] struct {
	Items []C
	Total int // contacts in the whole list; -1 where the vendor does not say
}

// Lister is a client that can list all contacts, archived ones included.
type Lister[C any] interface {
	List(ctx context.Context) iter.Seq2[Page[C], error]
}

// Scanner is a client that reads everything in order to find a few, and offers no list of it: the vendor documents none.
type Scanner[C any] interface {
	// Scan yields what List would.
	Scan(ctx context.Context) iter.Seq2[Page[C], error]
}

// ListOf is how all records of a client are read in order to find some: its List, else its Scan, nil where it has neither.
func ListOf[C any](client any) func(context.Context) iter.Seq2[Page[C], error] {
	switch c := client.(type) {
	case Lister[C]:
		return c.List
	case Scanner[C]:
		return c.Scan
	}
	return nil
}

// Finder is a client that can look contacts up.
type Finder[C any] interface {
	// Find returns every contact that may carry one of the keys, at most Traits.FindBatch of them. It may return
	// more than asked for: the caller compares. All keys are of one kind.
	Find(ctx context.Context, keys []Key) ([]C, error)
}

// Getter is a client that can read one contact by its id.
type Getter[C any] interface {
	// Get returns an *Error with CodeNotFound if there is no such contact.
	Get(ctx context.Context, id string) (C, error)
}

// Updater is a client that can change a contact.
type Updater[C any] interface {
	// Update makes the given fields of found what they are in want. Lists in want are complete: the caller has
	// merged what found has with what the row adds. Fields that take a step of their own are not written here.
	Update(ctx context.Context, found, want C, fields Fields) (Answer[C], error)
}

// Deleter is a client that can delete a contact, in the mildest way that the vendor documents: into a trash, if it has one.
type Deleter[C any] interface {
	// Delete takes the contact with that id away. It returns an *Error with CodeNotFound if there is none (any more). A
	// lost answer is Ambiguous: a read shows whether the contact is there still.
	Delete(ctx context.Context, id string) (Answer[C], error)
	// Deleted says for people what becomes of deleted contacts: "they go to the trash".
	Deleted() string
}

// Attacher is a client of records that others attach records of their own to, which a delete takes along.
type Attacher interface {
	// Attached says for people what is attached to the record with that id, and that a delete would take it along; "" for nothing.
	Attached(ctx context.Context, id string) (string, error)
}

// Sparer is a client that deletes nothing although the vendor documents a delete, because too much would go along.
type Sparer interface {
	// Spared says why, for people.
	Spared() string
}

// NoDelete is why a client deletes nothing.
func NoDelete(client any) string {
	if s, ok := client.(Sparer); ok {
		return s.Spared()
	}
	return "the vendor documents no way to delete a contact"
}

// Archiver is a client of a vendor that documents no delete of a contact, and a field that archives it.
type Archiver[C any] interface {
	// Archived returns the contact as it is once it was archived at a time, and the field that Update writes for that. It
	// sends nothing. A contact that was archived already is returned as it is.
	Archived(found C, at time.Time) (archived C, field string)
}

// Step is a further request that a row needs after its contact was created or updated.
type Step struct {
	Name   string // for people: "add tags"
	Fields Fields // what it writes
}

// Stepper is a client of a vendor where some fields are written by calls of their own.
type Stepper[C any] interface {
	// StepFields are the fields that only steps write. The core never passes them to Update, and to Create only if
	// the contact is known to be new: a vendor where Create can carry them then saves the step.
	StepFields() Fields
	// Steps lists what is left to do so that have (as last read or returned; nil if the vendor returned nothing)
	// becomes want in the given fields.
	Steps(have *C, want C, fields Fields) []Step
	// Do performs one step on the contact id.
	Do(ctx context.Context, step Step, id string, have *C, want C) (Answer[C], error)
}

// Displacer is a Stepper some of whose steps take from another contact what they give to one, because only one can have it.
type Displacer[C any] interface {
	// Holder returns the contact that has what a step is about to give, nil if none has it. have and want are as in Do. It
	// only reads.
	Holder(ctx context.Context, step Step, have *C, want C) (*C, error)
}

// HolderFinder is a client of a vendor where what must be unique may be held by somebody who is no contact.
type HolderFinder interface {
	// HeldBy says for people who has an e-mail address without being a contact, "" if the vendor shows nobody. It only reads,
	// and what it says decides nothing but words and forecasts.
	HeldBy(ctx context.Context, email string) (string, error)
}

// LinkKind is a kind of thing that contacts are linked to by name.
type LinkKind struct {
	Name      string // plural, as people name the kind: "tags"
	One       string // one of them: "tag"
	CanCreate bool
	// WithContact: the vendor makes a contact along with it.
	WithContact bool
	// Unfound says for people why a name may not be found although there is such a thing, and what to write then; "" where that
	// cannot be.
	Unfound string
}

// Linker is a client that turns names of related things into ids.
type Linker[C any] interface {
	LinkKinds() []LinkKind
	// Resolve returns for each name all things of that kind that bear it (without regard to case and outer space).
	// A name without any is absent from the map. The vendor is asked at every call: a thing whose creation was not
	// answered may be there by now.
	Resolve(ctx context.Context, kind string, names []string) (map[string][]Ref, error)
	// CreateLink makes a thing of that kind. first is the contact of the first row that names it. Where the vendor
	// makes a contact along with it, that contact is returned, else nil. The error is Ambiguous if the thing may be made.
	CreateLink(ctx context.Context, kind, name string, first C) (Ref, *C, error)
}

// Prover is a Linker that can tell which ids of a kind there are, by few requests.
type Prover interface {
	// Prove says which of the ids nothing of a kind has, and of which it cannot tell.
	Prove(ctx context.Context, kind string, ids []string) (Proof, error)
}

// Proof is what a Prover knows of ids. Those that it does not name are there.
type Proof struct {
	Absent, Unproven []string
	Why              string // nothing can be told of the latter, for people
}

// Forecaster is a Stepper that can tell by reads which of its steps the vendor would refuse.
type Forecaster[C any] interface {
	// Refuses says why the vendor would refuse a step of Steps(have, want), for people, "" if nothing is known against it. have is
	// nil where there is no contact yet.
	Refuses(ctx context.Context, step Step, have *C, want C) (string, error)
	// Foretold is the field of the steps about which Refuses reads.
	Foretold() string
}

// Checker is a client of a vendor that documents a read by which a key can be tried.
type Checker interface {
	// Check makes one read and returns who the key belongs to or what it can see, for people.
	Check(ctx context.Context) (string, error)
}
