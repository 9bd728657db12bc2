package account

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"crmferry/exporter"
	"crmferry/importer"
	"crmferry/importer/trace"
	"crmferry/internal/crm"
	"crmferry/mapping"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/people"
)

// Contacts is the resource that a vendor's name alone stands for.
const Contacts = "contacts"

// Resource is an entry of the registry as commands see it, whatever its contact type.
type Resource interface {
	// ID is the resource whatever the account: "growcrm" for the vendor's contacts, else "growcrm/clients".
	ID() string
	// Account is whose the resource is.
	Account() Account
	// Ref is what commands take: ID with the name of the account, "growcrm@acme/clients".
	Ref() string
	Vendor() *Vendor
	// Name is the name of what the resource holds: "contacts".
	Name() string
	// Noun is what one of its things is called: "client".
	Noun() string
	// Fields describes the fields of the table, in its order.
	Fields() []mapping.Info
	// Spec is the table as its exports are recognised by when they are imported elsewhere.
	Spec() *resource.Spec
	// Capabilities says what the vendor's client can do, with or without what the vendor does not document.
	Capabilities(undocumented bool) Capabilities
	// Checker reads a file for a check.
	Checker(ctx context.Context, o importer.Options) (importer.Checker, error)
	// Target is what files are imported into over a connection; nil if the vendor documents no way to create what the resource holds.
	Target(c *Connection) importer.Target
	// ExportColumns are the columns that an export can have.
	ExportColumns() []mapping.ExportColumn
	// Columns are those of the fields of these names, all without a name; the error is a *match.Error for one that
	// there is not.
	Columns(names []string, words hint.Words) ([]mapping.ExportColumn, error)
	// OfOthers reports whether what the resource holds belongs to others, as notes do to people.
	OfOthers() bool
	// Unread says what an update may empty because the vendor does not let it be read, "" for nothing.
	Unread() string
	// HasChangeDate reports whether it is known when each of what the resource holds was changed last.
	HasChangeDate() bool
	// Exporter lists what the resource holds over a connection.
	Exporter(c *Connection, o exporter.Options) (exporter.Session, error)
	// Trace looks for the rows of a past import about a contact: see trace.Search.
	Trace(ctx context.Context, run trace.Run, q people.Question) (*trace.Found, error)
	// TryKey makes one read and says what the key can see; ErrNoRead if the vendor documents none.
	TryKey(ctx context.Context, c *Connection) (string, error)
}

// Capabilities are what a client can do, found by asking it for the interfaces of package crm.
type Capabilities struct {
	Create, List, Find, Update, Check bool
	Delete                            string // what becomes of deleted contacts, "" if they cannot be deleted
	Archive                           bool   // contacts can be put away without being deleted
	Traits                            crm.Traits
	Links                             []crm.LinkKind
	Filters                           []crm.FilterSpec // of the list
}

// openConfig is what a client of any vendor is made of.
type openConfig struct {
	Base         *url.URL
	HTTP         *http.Client
	Organization string // of vendors that have it in their paths
	Undocumented bool   // with what the vendor does not document
}

// entry is one resource of one vendor. It alone knows the type of its contacts.
type entry[C any] struct {
	vendor *Vendor
	table  *mapping.Table[C]
	open   func(openConfig) vendorClient
}

// vendorClient is a client of any vendor; what it can do beyond that is found by asking it.
type vendorClient interface {
	Traits() crm.Traits
}

// newEntry makes an entry of the registry.
func newEntry[C any](v *Vendor, table *mapping.Table[C], open func(openConfig) crm.Creator[C]) *entry[C] {
	return &entry[C]{vendor: v, table: table, open: func(o openConfig) vendorClient { return open(o) }}
}

func (e *entry[C]) Vendor() *Vendor { return e.vendor }

func (e *entry[C]) Account() Account { return Account{Vendor: e.vendor} }

func (e *entry[C]) Ref() string { return e.ID() }

func (e *entry[C]) Name() string { return e.table.Resource }

func (e *entry[C]) Noun() string { return e.table.Noun() }

func (e *entry[C]) Fields() []mapping.Info { return e.table.Info() }

func (e *entry[C]) Spec() *resource.Spec { return e.table.Spec() }

func (e *entry[C]) ID() string {
	if e.table.Resource == Contacts {
		return e.vendor.ID
	}
	return e.vendor.ID + "/" + e.table.Resource
}

// client is the vendor's client over a connection.
func (e *entry[C]) client(c *Connection) vendorClient {
	return e.open(openConfig{
		Base:         c.settings.base,
		HTTP:         c.client,
		Organization: c.settings.organization,
		Undocumented: c.undocumented,
	})
}

// Checker reads a file for a check.
func (e *entry[C]) Checker(ctx context.Context, o importer.Options) (importer.Checker, error) {
	im, err := importer.New(ctx, e.table, o)
	if err != nil {
		return nil, err
	}
	return im, nil
}

// Target is what files are imported into over a connection.
func (e *entry[C]) Target(c *Connection) importer.Target {
	if client, ok := e.client(c).(crm.Creator[C]); ok {
		return importer.NewTarget(e.table, client)
	}
	return nil
}

// ExportColumns are the columns that an export can have.
func (e *entry[C]) ExportColumns() []mapping.ExportColumn { return e.table.ExportColumns() }

// Columns are those of the fields of these names.
func (e *entry[C]) Columns(names []string, words hint.Words) ([]mapping.ExportColumn, error) {
	places, err := e.table.Columns(names, words)
	if err != nil {
		return nil, err
	}
	all := e.table.ExportColumns()
	columns := make([]mapping.ExportColumn, len(places))
	for i, place := range places {
		columns[i] = all[place]
	}
	return columns, nil
}

// OfOthers reports whether what the resource holds belongs to others.
func (e *entry[C]) OfOthers() bool { return e.table.OfOthers() }

// Unread says what an update may empty because the vendor does not let it be read.
func (e *entry[C]) Unread() string { return e.table.Unread() }

// HasChangeDate reports whether it is known when each of what the resource holds was changed last.
func (e *entry[C]) HasChangeDate() bool { return e.table.HasChangeDate() }

// Exporter lists what the resource holds over a connection.
func (e *entry[C]) Exporter(c *Connection, o exporter.Options) (exporter.Session, error) {
	x, err := exporter.New(e.table, e.client(c), o)
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Capabilities are found by asking a client of the vendor.
func (e *entry[C]) Capabilities(undocumented bool) Capabilities {
	// A client that is asked nothing sends nothing: any address will do.
	client := e.open(openConfig{
		Base:         &url.URL{Scheme: "https", Host: "example.invalid"},
		HTTP:         http.DefaultClient,
		Organization: "0",
		Undocumented: undocumented,
	})
	c := Capabilities{Traits: client.Traits()}
	_, c.Create = client.(crm.Creator[C])
	_, c.List = client.(crm.Lister[C])
	if _, ok := client.(crm.Numbered[C]); ok {
		c.List = true
	}
	if _, ok := client.(crm.Cursored[C]); ok {
		c.List = true
	}
	_, c.Find = client.(crm.Finder[C])
	_, c.Update = client.(crm.Updater[C])
	if d, ok := client.(crm.Deleter[C]); ok {
		c.Delete = d.Deleted()
	}
	_, c.Archive = client.(crm.Archiver[C])
	_, c.Check = client.(crm.Checker)
	if l, ok := client.(crm.Linker[C]); ok {
		c.Links = l.LinkKinds()
	}
	if f, ok := client.(crm.Filterer); ok {
		c.Filters = f.Filters()
	}
	return c
}

// Trace looks for the rows of a past import about a contact.
func (e *entry[C]) Trace(ctx context.Context, run trace.Run, q people.Question) (*trace.Found, error) {
	return trace.Search(ctx, e.table, run, q)
}

func (e *entry[C]) TryKey(ctx context.Context, c *Connection) (string, error) {
	client := e.client(c)
	if checker, ok := client.(crm.Checker); ok {
		return checker.Check(ctx)
	}
	lister, ok := client.(crm.Lister[C])
	if !ok {
		return "", ErrNoRead
	}
	for page, err := range lister.List(ctx) {
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("the first page of %s holds %d", e.Name(), len(page.Items)), nil
	}
	return "there are no " + e.Name(), nil
}

// ErrNoRead is the answer of a vendor that documents no read: its key cannot be tried without writing.
var ErrNoRead = errors.New("the vendor documents no read")
