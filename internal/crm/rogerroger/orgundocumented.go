package rogerroger

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"

	"crmferry/internal/crm"
)

var (
	_ crm.Creator[Organization]  = (*UndocumentedOrganizations)(nil)
	_ crm.Lister[Organization]   = (*UndocumentedOrganizations)(nil)
	_ crm.Numbered[Organization] = (*UndocumentedOrganizations)(nil)
	_ crm.Getter[Organization]   = (*UndocumentedOrganizations)(nil)
	_ crm.Updater[Organization]  = (*UndocumentedOrganizations)(nil)
	_ crm.Deleter[Organization]  = (*UndocumentedOrganizations)(nil)
)

// UndocumentedOrganizations adds what the vendor does not document and its own clients send: the list, the read, the update and the
// delete of organizations.
type UndocumentedOrganizations struct{ *Organizations }

// NewUndocumentedOrganizations returns a client that also lists, updates and deletes. It sends nothing.
func NewUndocumentedOrganizations(c Config) *UndocumentedOrganizations {
	return &UndocumentedOrganizations{NewOrganizations(c)}
}

// List yields all organizations. Whether archived ones are among them is not documented.
func (c *UndocumentedOrganizations) List(ctx context.Context) iter.Seq2[crm.Page[Organization], error] {
	return c.Scan(ctx)
}

// Sections is the list as a whole.
func (c *UndocumentedOrganizations) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	return make([]crm.Section, 1), nil
}

// ListPage reads page n of GET /organizations. Tags and segments have their names, which takes a list of each kind.
func (c *UndocumentedOrganizations) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[Organization], error) {
	page, err := listPage[Organization](ctx, c.people, "list organizations", "/organizations", q.Values(), n)
	if err == nil {
		err = nameLinks(ctx, c.people, page.Items, organizationLinks())
	}
	return page, err
}

// Get reads an organization by id or IRI (GET /organizations/{id}).
func (c *UndocumentedOrganizations) Get(ctx context.Context, id string) (Organization, error) {
	const op = "read organization"
	if !isPathPart(lastPart(id)) {
		return Organization{}, &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeNotFound, Message: fmt.Sprintf("%q is no id of an organization", id)}
	}
	got := answer[Organization]{asked: lastPart(id)}
	_, err := c.people.api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: organizationPath(id)}, &got)
	one := []Organization{got.record}
	nameKnown(c.people, one, organizationLinks())
	return one[0], err
}

// Update changes the given fields (PATCH /organizations/{id}). Arrays are sent complete, because a merge patch replaces them.
func (c *UndocumentedOrganizations) Update(ctx context.Context, found, want Organization, fields crm.Fields) (crm.Answer[Organization], error) {
	const op = "update organization"
	if found.ID == "" {
		return crm.Answer[Organization]{}, refuse(op, fmt.Errorf("the organization has no id"))
	}
	body, err := encodeOrganization(found, want, fields)
	if err != nil {
		return crm.Answer[Organization]{}, refuse(op, err)
	}
	return c.write(ctx, crm.Call{Op: op, Method: http.MethodPatch, Path: organizationPath(found.ID),
		ContentType: typeMerge, Body: crm.JSON(body), Repeatable: true}, found.ID)
}

// Delete deletes an organization (DELETE /organizations/{id}).
func (c *UndocumentedOrganizations) Delete(ctx context.Context, id string) (crm.Answer[Organization], error) {
	const op = "delete organization"
	if !isPathPart(lastPart(id)) {
		return crm.Answer[Organization]{}, refuse(op, fmt.Errorf("%q is no id of an organization", id))
	}
	meta, err := remove[Organization](ctx, c.people, op, organizationPath(id), id)
	return crm.Answer[Organization]{ID: id, Meta: meta}, err
}

// Deleted says that nobody knows where deleted organizations are.
func (c *UndocumentedOrganizations) Deleted() string {
	return "RogerRoger documents neither that they can be deleted nor a way to bring them back"
}

// organizationPath is the path of one organization; id may be an IRI.
func organizationPath(id string) string { return "/organizations/" + url.PathEscape(lastPart(id)) }
