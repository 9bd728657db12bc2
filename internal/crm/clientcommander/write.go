package clientcommander

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

// Create makes a person or updates the one that the vendor takes for the same (POST /v1/people); by what it does so, it
// does not document. token goes as Idempotency-Key. What happens to the tags of a person that exists is not documented
// either: they are sent only if fields has them, which is for people known to be new.
func (c *Client) Create(ctx context.Context, want Contact, fields crm.Fields, token string) (crm.Answer[Contact], error) {
	by, ok := c.creates.Get().(*create)
	if !ok {
		by = &create{body: quickjson.NewObject()}
	}
	defer c.creates.Put(by)
	call := crm.Call{Op: "create person", Method: http.MethodPost, Path: "/v1/people", ContentType: typeJSON, Token: token,
		Body: encode(by.body, &want, fields)}
	meta, err := c.api.Do(ctx, call, &by.answer)
	if err != nil {
		return crm.Answer[Contact]{Meta: meta}, err
	}
	return by.answer.answer(meta), nil
}

// create is the memory that one create after the other is put together and read in.
type create struct {
	body   *quickjson.Object
	answer createdJSON
}

// Update changes the given fields (PUT /v1/people/{id}). Whether PUT keeps what it is not told is not documented: every
// writable field that was read is sent along, but never tags. As what PUT does to those is not documented either, a
// person that has some is read again, and Steps adds those that are gone.
func (c *Client) Update(ctx context.Context, found, want Contact, fields crm.Fields) (crm.Answer[Contact], error) {
	call := crm.Call{Op: "update person", Method: http.MethodPut, Path: personPath(found.ID), ContentType: typeJSON,
		Body: encodeUpdate(&found, &want, fields), Repeatable: true}
	var body doneJSON
	meta, err := c.api.Do(ctx, call, &body)
	if err == nil {
		err = body.refusal(call.Op, meta)
	}
	if err != nil {
		return crm.Answer[Contact]{Meta: meta}, err
	}
	answer := crm.Answer[Contact]{ID: found.ID, Meta: meta}
	if len(found.Tags) > 0 {
		// The update is done: without this read nothing is known of the tags, and all of them are added again.
		if now, err := c.search(ctx, url.Values{"id": {found.ID}}); err == nil && len(now) == 1 {
			answer.Contact = &now[0]
		}
	}
	return answer, nil
}

// Delete moves a person to the trash (DELETE /v1/people/{id}, https://docs.clientcommander.com/api-reference/people/delete).
// It never asks for what cannot be undone.
func (c *Client) Delete(ctx context.Context, id string) (crm.Answer[Contact], error) {
	call := crm.Call{Op: "delete person", Method: http.MethodDelete, Path: personPath(id)}
	var body deletedJSON
	meta, err := c.api.Do(ctx, call, &body)
	if err == nil {
		err = body.refusal(call.Op, meta)
	}
	return crm.Answer[Contact]{ID: id, Meta: meta}, err
}

// Deleted says that deleted people are in the trash.
func (c *Client) Deleted() string { return "they go to the trash of Client Commander" }

// StepFields says that tags are added by calls of their own.
func (c *Client) StepFields() crm.Fields { return crm.Fields{"tags"} }

// Steps lists the requests that add the tags of want that have lacks, up to 20 in each, whether fields has them or
// not: an update may have lost them. Tags cannot be taken away.
func (c *Client) Steps(have *Contact, want Contact, _ crm.Fields) []crm.Step {
	missing := len(missingTags(have, want))
	steps := make([]crm.Step, 0, (missing+tagBatch-1)/tagBatch)
	for range cap(steps) {
		steps = append(steps, crm.Step{Name: "add tags", Fields: c.StepFields()})
	}
	return steps
}

// Do adds the next 20 tags that have lacks (POST /v1/people/{id}/tags). Adding a tag twice is taken to be adding it
// once, as tags are a set wherever the vendor shows them.
func (c *Client) Do(ctx context.Context, step crm.Step, id string, have *Contact, want Contact) (crm.Answer[Contact], error) {
	tags := missingTags(have, want)
	if len(tags) == 0 {
		return crm.Answer[Contact]{ID: id, Contact: have}, nil
	}
	tags = tags[:min(len(tags), tagBatch)]
	var body taggedJSON
	meta, err := c.api.Do(ctx, crm.Call{Op: step.Name, Method: http.MethodPost, Path: personPath(id) + "/tags", ContentType: typeJSON,
		Body: crm.JSON(map[string][]string{"tags": tags}), Repeatable: true}, &body)
	if err != nil {
		return crm.Answer[Contact]{Meta: meta}, err
	}
	after := body.Data.Value.Person.Value.contact()
	if after.ID == "" && have != nil {
		after = *have
	}
	// What was accepted counts as added even if the answer does not show it yet, else the next step would repeat it.
	after.Tags = append(slices.Clone(after.Tags), missingTags(&after, Contact{Tags: tags})...)
	return crm.Answer[Contact]{ID: id, Contact: &after, Meta: meta}, nil
}

// missingTags are the tags of want that have lacks. A tag with a comma reads like two tags.
func missingTags(have *Contact, want Contact) []string {
	held := ", "
	if have != nil {
		held += strings.Join(have.Tags, ", ") + ", "
	}
	var missing []string
	for _, tag := range want.Tags {
		if tag != "" && !strings.Contains(held, ", "+joined(tag)+", ") && !slices.Contains(missing, tag) {
			missing = append(missing, tag)
		}
	}
	return missing
}
