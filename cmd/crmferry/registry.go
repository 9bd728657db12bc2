package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"crmferry/exporter"
	"crmferry/importer"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/mapping"
)

// contacts is the resource that a vendor's name alone stands for.
const contacts = "contacts"

// vendor is what the user of a vendor has to know, and what a connection to it needs, as data.
type vendor struct {
	ID        string // as commands take it
	Name      string // as the vendor writes it
	Settings  []setting
	KeyMadeAt string // where in the vendor's product
	URLHint   string // what the base URL has to be

	DefaultURL string    // "" if an account has its own
	Limit      rateLimit // as documented; zero if the vendor documents none
	Docs       []string  // pages of the vendor

	// Undocumented says what --allow-undocumented turns on, "" if it does nothing for this vendor.
	Undocumented string
	// Authorize returns what adds the vendor's credentials to a request: the values of the secret settings, in order.
	Authorize func(key ...string) func(*http.Request)
}

// setting is one variable of the environment that a vendor needs.
type setting struct {
	Suffix   string // of CRMFERRY_<VENDOR>_<SUFFIX>
	What     string // for people: "API key"
	Secret   bool
	Optional bool
	Number   bool // digits only
}

// Suffixes of variables that mean the same for every vendor.
const (
	suffixURL          = "URL"
	suffixKey          = "KEY"
	suffixOrganization = "ORGANIZATION"
)

// variable is the name of a setting in the environment.
func (v *vendor) variable(suffix string) string {
	return "CRMFERRY_" + strings.ToUpper(v.ID) + "_" + suffix
}

// keyNames lists the variables that hold the credentials.
func (v *vendor) keyNames() string {
	var names []string
	for _, s := range v.Settings {
		if s.Secret {
			names = append(names, v.variable(s.Suffix))
		}
	}
	return strings.Join(names, " and ")
}

// rateLimit is a number of requests in a time, as vendors document it and --rate takes it.
type rateLimit struct {
	Requests int
	Per      time.Duration
}

// resource is an entry of the registry as commands see it, whatever its contact type.
type resource interface {
	// ID is what commands take: "growcrm" for the vendor's contacts, else "growcrm/clients".
	ID() string
	Vendor() *vendor
	// Resource is the vendor's resource: "contacts".
	Resource() string
	// Fields describes the fields of the table, in its order.
	Fields() []mapping.Info
	// Capabilities says what the vendor's client can do, with or without what the vendor does not document.
	Capabilities(undocumented bool) capabilities
	// Checker reads a file for a check.
	Checker(ctx context.Context, o importer.Options) (importer.Checker, error)
	// Target is what files are imported into over a connection; nil if the vendor documents no way to create what the resource holds.
	Target(c *connection) importer.Target
	// ExportColumns are the columns that an export can have.
	ExportColumns() []mapping.ExportColumn
	// Columns are those of the fields of these names, all without a name; the error is a *mapping.MatchError for one that
	// there is not.
	Columns(names []string) ([]mapping.ExportColumn, error)
	// HasChangeDate reports whether it is known when each of what the resource holds was changed last.
	HasChangeDate() bool
	// Exporter lists what the resource holds over a connection.
	Exporter(c *connection, o exporter.Options) (exporter.Session, error)
	// TryKey makes one read and says what the key can see; errNoRead if the vendor documents none.
	TryKey(ctx context.Context, c *connection) (string, error)
}

// capabilities are what a client can do, found by asking it for the interfaces of package crm.
type capabilities struct {
	Create, List, Find, Update, Check bool
	Delete                            string // what becomes of deleted contacts, "" if they cannot be deleted
	Traits                            crm.Traits
	Links                             []crm.LinkKind
	Filters                           []crm.FilterSpec // of the list
	Steps                             bool
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
	vendor *vendor
	table  *mapping.Table[C]
	open   func(openConfig) vendorClient
}

// vendorClient is a client of any vendor; what it can do beyond that is found by asking it.
type vendorClient interface {
	Traits() crm.Traits
}

// newEntry makes an entry of the registry.
func newEntry[C any](v *vendor, table *mapping.Table[C], open func(openConfig) crm.Creator[C]) *entry[C] {
	return &entry[C]{vendor: v, table: table, open: func(o openConfig) vendorClient { return open(o) }}
}

// listedClient is a client that lists and creates nothing.
type listedClient[C any] interface {
	vendorClient
	crm.Lister[C]
}

// newListedEntry makes an entry of a resource that can be exported and not imported.
func newListedEntry[C any](v *vendor, table *mapping.Table[C], open func(openConfig) listedClient[C]) *entry[C] {
	return &entry[C]{vendor: v, table: table, open: func(o openConfig) vendorClient { return open(o) }}
}

func (e *entry[C]) Vendor() *vendor        { return e.vendor }
func (e *entry[C]) Resource() string       { return e.table.Resource }
func (e *entry[C]) Fields() []mapping.Info { return e.table.Info() }

func (e *entry[C]) ID() string {
	if e.table.Resource == contacts {
		return e.vendor.ID
	}
	return e.vendor.ID + "/" + e.table.Resource
}

// client is the vendor's client over a connection.
func (e *entry[C]) client(c *connection) vendorClient {
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
func (e *entry[C]) Target(c *connection) importer.Target {
	if client, ok := e.client(c).(crm.Creator[C]); ok {
		return importer.NewTarget(e.table, client)
	}
	return nil
}

// ExportColumns are the columns that an export can have.
func (e *entry[C]) ExportColumns() []mapping.ExportColumn { return e.table.ExportColumns() }

// Columns are those of the fields of these names.
func (e *entry[C]) Columns(names []string) ([]mapping.ExportColumn, error) {
	places, err := e.table.Columns(names)
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

// HasChangeDate reports whether it is known when each of what the resource holds was changed last.
func (e *entry[C]) HasChangeDate() bool { return e.table.HasChangeDate() }

// Exporter lists what the resource holds over a connection.
func (e *entry[C]) Exporter(c *connection, o exporter.Options) (exporter.Session, error) {
	x, err := exporter.New(e.table, e.client(c), o)
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Capabilities are found by asking a client of the vendor.
func (e *entry[C]) Capabilities(undocumented bool) capabilities {
	// A client that is asked nothing sends nothing: any address will do.
	client := e.open(openConfig{
		Base:         &url.URL{Scheme: "https", Host: "example.invalid"},
		HTTP:         http.DefaultClient,
		Organization: "0",
		Undocumented: undocumented,
	})
	c := capabilities{Traits: client.Traits()}
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
	_, c.Steps = client.(crm.Stepper[C])
	_, c.Check = client.(crm.Checker)
	if l, ok := client.(crm.Linker[C]); ok {
		c.Links = l.LinkKinds()
	}
	if f, ok := client.(crm.Filterer); ok {
		c.Filters = f.Filters()
	}
	return c
}

func (e *entry[C]) TryKey(ctx context.Context, c *connection) (string, error) {
	client := e.client(c)
	if checker, ok := client.(crm.Checker); ok {
		return checker.Check(ctx)
	}
	lister, ok := client.(crm.Lister[C])
	if !ok {
		return "", errNoRead
	}
	for page, err := range lister.List(ctx) {
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("the first page of %s holds %d", e.Resource(), len(page.Items)), nil
	}
	return "there are no " + e.Resource(), nil
}

// registry holds all resources. It is a value, so that tests can make one of their own.
type registry struct {
	resources []resource
}

// newRegistry makes a registry. Two resources of one name are a programming error.
func newRegistry(resources ...resource) *registry {
	seen := map[string]bool{}
	for _, r := range resources {
		if seen[r.ID()] {
			panic("two resources named " + r.ID())
		}
		seen[r.ID()] = true
	}
	return &registry{resources: resources}
}

// IDs are the names of all resources, in the registry's order.
func (r *registry) IDs() []string {
	var ids []string
	for _, res := range r.resources {
		ids = append(ids, res.ID())
	}
	return ids
}

// Vendors lists the vendors, each once.
func (r *registry) Vendors() []*vendor {
	var vendors []*vendor
	for _, res := range r.resources {
		if !slices.Contains(vendors, res.Vendor()) {
			vendors = append(vendors, res.Vendor())
		}
	}
	return vendors
}

// Find returns the resource that name stands for ("growcrm", "growcrm/contacts"), or wrong use with the nearest name.
func (r *registry) Find(name string) (resource, error) {
	wanted := strings.TrimSuffix(strings.ToLower(name), "/"+contacts)
	for _, res := range r.resources {
		if res.ID() == wanted {
			return res, nil
		}
	}
	head, tail, found := strings.Cut(wanted, "/")
	if found {
		for _, v := range r.Vendors() {
			if v.ID == head {
				return nil, failure.Usage(fmt.Sprintf("known: %s", strings.Join(r.of(v), ", ")), "%s has no resource %q", v.ID, tail)
			}
		}
	}
	return nil, failure.Unknown("vendor", name, humanize.Nearest(head, r.IDs()), "known: "+strings.Join(r.IDs(), ", "))
}

// of lists the names of a vendor's resources.
func (r *registry) of(v *vendor) []string {
	var ids []string
	for _, res := range r.resources {
		if res.Vendor() == v {
			ids = append(ids, res.ID())
		}
	}
	return ids
}
