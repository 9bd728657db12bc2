package rogerroger

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"crmferry/internal/crm"
)

// Create makes a person (POST /people). The vendor documents no idempotency key: token is not sent, and a lost answer
// leaves it open whether the person exists. A field whose value is zero is left out.
func (c *Client) Create(ctx context.Context, want Person, fields crm.Fields, _ string) (crm.Answer[Person], error) {
	const op = "create person"
	body, err := encodeNew(want, fields)
	if err != nil {
		return crm.Answer[Person]{}, refuse(op, err)
	}
	made, err := c.write(ctx, crm.Call{Op: op, Method: http.MethodPost, Path: "/people", ContentType: typeLD, Body: body}, fields, "")
	made.Created = err == nil
	return made, err
}

// Update changes the given fields (PATCH /people/{id}; never PUT, which replaces all fields). Arrays are sent complete,
// because a merge patch replaces them (RFC 7396; that the vendor does so is inferred).
func (c *Client) Update(ctx context.Context, found, want Person, fields crm.Fields) (crm.Answer[Person], error) {
	const op = "update person"
	if found.ID == "" {
		return crm.Answer[Person]{}, refuse(op, fmt.Errorf("the person has no id"))
	}
	body, err := encodePatch(found, want, fields)
	if err != nil {
		return crm.Answer[Person]{}, refuse(op, err)
	}
	return c.write(ctx, crm.Call{Op: op, Method: http.MethodPatch, Path: personPath(found.ID),
		ContentType: typeMerge, Body: body, Repeatable: true}, fields, found.ID)
}

// write sends a person and reads the person that comes back, who has the id unless that is "".
func (c *Client) write(ctx context.Context, call crm.Call, fields crm.Fields, id string) (crm.Answer[Person], error) {
	if fields.Has("archivedAt") {
		defer c.archived.Store(true) // also if the answer is lost
	}
	got := answer[Person]{asked: lastPart(id)}
	meta, err := c.api.Do(ctx, call, &got)
	if err != nil {
		return crm.Answer[Person]{Meta: meta}, err
	}
	return crm.Answer[Person]{ID: got.record.ID, Contact: &got.record, Meta: meta}, nil
}

// personPath is the path of one person; id may be an IRI.
func personPath(id string) string { return "/people/" + url.PathEscape(lastPart(id)) }

// isPathPart reports whether an id may be one: "" and dots would name something else as a path.
func isPathPart(id string) bool { return id != "" && id != "." && id != ".." }

// refuse is the error of a request that cannot be built from what it was given.
func refuse(op string, err error) error {
	return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Err: err}
}

// Archived sets archivedAt, which Update writes: the documentation of people has no delete.
func (c *Client) Archived(found Person, at time.Time) (Person, string) {
	if found.ArchivedAt.IsZero() {
		found.ArchivedAt = at.UTC().Truncate(time.Second)
	}
	return found, "archivedAt"
}

var _ crm.Archiver[Person] = (*Client)(nil)
