package rogerroger

import (
	"context"
	"fmt"
	"net/http"

	"crmferry/internal/crm"
)

// Create makes a note (POST /people/{personId}/notes; on an organization the same there, undocumented). No idempotency key is
// documented: token is not sent, and a lost answer leaves it open whether the note exists. A zero value is left out.
func (c *Notes) Create(ctx context.Context, want Note, fields crm.Fields, _ string) (crm.Answer[Note], error) {
	const op = "create note"
	switch {
	case want.on() == "":
		return crm.Answer[Note]{}, refuse(op, fmt.Errorf("the note has no person"))
	case want.Person.ID == "" && !c.undocumented:
		return crm.Answer[Note]{}, refuse(op, fmt.Errorf("how a note on an organization is made is not documented"))
	}
	body := encodeNote(want, fields)
	for name, v := range body {
		if v == nil {
			delete(body, name)
		}
	}
	call := crm.Call{Op: op, Method: http.MethodPost, Path: want.on() + "/notes", ContentType: typeLD, Body: crm.JSON(body)}
	made, err := c.write(ctx, call, want, "")
	made.Created = err == nil
	return made, c.orphaned(ctx, want, err)
}

// Update changes the given fields (PATCH /people/{personId}/notes/{id}). The person cannot be changed: the path names it.
func (c *Notes) Update(ctx context.Context, found, want Note, fields crm.Fields) (crm.Answer[Note], error) {
	const op = "update note"
	if found.Identity() == "" || found.Person.ID == "" {
		return crm.Answer[Note]{}, refuse(op, fmt.Errorf("the note has no id, or is on no person: no way is documented to change one on an organization"))
	}
	return c.write(ctx, crm.Call{Op: op, Method: http.MethodPatch, Path: found.Identity(), ContentType: typeMerge,
		Body: crm.JSON(encodeNote(want, fields)), Repeatable: true}, found, found.ID)
}

// write sends a note on what another is on and reads the note that comes back, which has the id unless that is "".
func (c *Notes) write(ctx context.Context, call crm.Call, of Note, id string) (crm.Answer[Note], error) {
	w := answer[wireNote]{asked: id}
	meta, err := c.people.api.Do(ctx, call, &w)
	if err != nil {
		return crm.Answer[Note]{Meta: meta}, c.explain(ctx, err)
	}
	n := w.record.note(of)
	c.seen.add(n)
	return crm.Answer[Note]{ID: n.Identity(), Contact: &n, Meta: meta}, nil
}
