package rogerroger

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

var (
	_ crm.Creator[Person] = (*Undocumented)(nil)
	_ crm.Deleter[Person] = (*Undocumented)(nil)
)

// Undocumented adds to a client what the vendor does not document, and its own n8n node and MCP server send: the delete of a
// person. What it answers is written nowhere: no more counts as an answer than what the framework behind such an API usually
// says, and what else comes leaves the delete in doubt, until a look shows whether the person is there.
type Undocumented struct{ *Client }

// NewUndocumented returns a client that also deletes. It sends nothing.
func NewUndocumented(c Config) *Undocumented { return &Undocumented{Client: New(c)} }

// Delete deletes a person (DELETE /people/{id}, undocumented).
func (c *Undocumented) Delete(ctx context.Context, id string) (crm.Answer[Person], error) {
	const op = "delete person"
	if !isPathPart(lastPart(id)) {
		return crm.Answer[Person]{}, refuse(op, fmt.Errorf("%q is no id of a person", id))
	}
	meta, err := remove[Person](ctx, c.Client, op, personPath(id), id)
	return crm.Answer[Person]{ID: id, Meta: meta}, err
}

// remove deletes what is at a path.
func remove[T record](ctx context.Context, c *Client, op, path, id string) (crm.Meta, error) {
	body := deletion[T]{answer: answer[T]{asked: lastPart(id)}}
	meta, err := c.api.Do(ctx, crm.Call{Op: op, Method: http.MethodDelete, Path: path}, &body)
	if err == nil && body.empty && meta.Status != http.StatusNoContent {
		err = &crm.Error{Op: op, Class: crm.Ambiguous, Code: crm.CodeServer, Meta: meta, Message: "the answer is empty"}
	}
	return meta, err
}

// Deleted says that nobody knows where deleted people are.
func (c *Undocumented) Deleted() string {
	return "RogerRoger documents neither that they can be deleted nor a way to bring them back"
}

// deletion is the answer to a delete: nothing, or what was deleted.
type deletion[T record] struct {
	answer[T]
	empty bool
}

// Decode reads the answer.
func (d *deletion[T]) Decode(body []byte, in *quickjson.Decoders) error {
	if d.empty = len(bytes.TrimSpace(body)) == 0; d.empty {
		return nil
	}
	return d.answer.Decode(body, in)
}

// Mismatch says that an answer which says something is not about it.
func (d *deletion[T]) Mismatch() string {
	if d.empty {
		return ""
	}
	return d.answer.Mismatch()
}
