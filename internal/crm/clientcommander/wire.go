package clientcommander

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// personOf is the person object as read, of texts T and numbers N. None of its fields but the id is sure to be there.
type personOf[T, N ~string] struct {
	ID                 T        `json:"id"`
	FirstName          T        `json:"firstName"`
	LastName           T        `json:"lastName"`
	FullName           T        `json:"fullName"`
	Emails             []Email  `json:"emails"`
	Phones             []Phone  `json:"phones"`
	AssignedAgentID    T        `json:"assignedAgentId"`
	AssignedAgentName  T        `json:"assignedAgentName"`
	AssignedAgentEmail T        `json:"assignedAgentEmail"`
	StageID            T        `json:"stageId"`
	StageName          T        `json:"stageName"`
	Source             T        `json:"source"`
	Timeframe          T        `json:"timeframe"`
	Background         T        `json:"background"`
	Tags               tagsJSON `json:"tags"`
	Price              N        `json:"price"`
	Relationship       *bool    `json:"relationship"`
	CreatedAt          T        `json:"createdAt"`
	UpdatedAt          T        `json:"updatedAt"`

	// Addresses are in no documented answer; read in case one has them.
	Street  T `json:"street"`
	City    T `json:"city"`
	State   T `json:"state"`
	ZipCode T `json:"zipCode"`
}

// personJSON reads a person leniently.
type personJSON = personOf[crm.Text, crm.Text]

// plainPerson reads a person whose values are of the documented types, in less than half the time.
type plainPerson = personOf[string, json.Number]

// tagsJSON are tags as read: one text joined with ", ", or a list in case they come as they are written.
type tagsJSON []string

// UnmarshalJSON takes a text, a list of texts or null.
func (t *tagsJSON) UnmarshalJSON(b []byte) error {
	*t = nil
	if bytes.HasPrefix(b, []byte("[")) {
		return json.Unmarshal(b, (*[]string)(t))
	}
	var all crm.Text
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	*t = splitTags(string(all))
	return nil
}

func splitTags(all string) []string {
	var tags []string
	for tag := range strings.SplitSeq(all, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// joined is a tag as it stands among others when read.
func joined(tag string) string { return strings.Join(splitTags(tag), ", ") }

func (j *personOf[T, N]) contact() Contact {
	c := Contact{
		ID:                 string(j.ID),
		FirstName:          string(j.FirstName),
		LastName:           string(j.LastName),
		FullName:           string(j.FullName),
		Emails:             j.Emails,
		Phones:             j.Phones,
		Stage:              crm.Ref{ID: string(j.StageID), Name: string(j.StageName)},
		Source:             string(j.Source),
		Timeframe:          string(j.Timeframe),
		Background:         string(j.Background),
		Tags:               j.Tags,
		Street:             string(j.Street),
		City:               string(j.City),
		State:              string(j.State),
		ZipCode:            string(j.ZipCode),
		AssignedAgentID:    string(j.AssignedAgentID),
		AssignedAgentName:  string(j.AssignedAgentName),
		AssignedAgentEmail: string(j.AssignedAgentEmail),
		Relationship:       j.Relationship,
		Price:              priceOf(string(j.Price)),
		CreatedAt:          crm.ParseTime(string(j.CreatedAt)),
		UpdatedAt:          crm.ParseTime(string(j.UpdatedAt)),
	}
	for i, e := range j.Emails {
		if i == 0 || e.IsPrimary {
			c.Email = e.Value
		}
		if e.IsPrimary {
			break
		}
	}
	for i, p := range j.Phones {
		if i == 0 || p.IsPrimary {
			c.Phone = p.Value
		}
		if p.IsPrimary {
			break
		}
	}
	return c
}

// priceOf is a price, nil if the text is none.
func priceOf(text string) *float64 {
	if text == "" {
		return nil
	}
	price, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(price) || math.IsInf(price, 0) {
		return nil
	}
	return &price
}

func contacts[T, N ~string](people []personOf[T, N]) []Contact {
	list := make([]Contact, len(people))
	for i := range people {
		list[i] = people[i].contact()
	}
	return list
}

// listOf is the envelope of a list of P (https://docs.clientcommander.com/api-reference/people/list).
type listOf[P any] struct {
	Data []P `json:"data"`
	Meta crm.Loose[struct {
		Count      *int     `json:"count"`
		HasMore    *bool    `json:"hasMore"`
		NextCursor crm.Text `json:"nextCursor"`
	}] `json:"meta"`
}

// listJSON is a page of a list, read into plain types if its values are of those, else leniently.
type listJSON struct {
	people  []Contact
	isList  bool
	hasMore *bool
	count   *int
	next    string
}

// Mismatch says what makes no list of an answer: an empty one, or one that ends here, would mean that nobody else is there.
func (l *listJSON) Mismatch() string {
	switch {
	case !l.isList:
		return noData
	case l.hasMore == nil:
		return "the answer does not say whether more people follow: it has no meta.hasMore"
	}
	return unidentified(l.people)
}

const noData = "the answer is not a list of Client Commander: it has no data"

// unidentified says that one of the people has no id, "" if all have.
func unidentified(people []Contact) string {
	if slices.ContainsFunc(people, func(p Contact) bool { return !crm.IsID(p.ID) }) {
		return "the answer is not a list of Client Commander: some of whom it holds have no id"
	}
	return ""
}

// foundJSON is the answer to a search (https://docs.clientcommander.com/api-reference/people/search).
type foundJSON struct {
	envelope
	Data []personJSON `json:"data"`
}

// Mismatch says what makes no list of the answer: an empty one means that nobody is there.
func (f *foundJSON) Mismatch() string {
	if f.Data == nil {
		return noData
	}
	return unidentified(contacts(f.Data))
}

// Decode reads the answer.
func (l *listJSON) Decode(body []byte) error {
	var plain listOf[plainPerson]
	if json.Unmarshal(body, &plain) == nil {
		fillList(l, &plain, contacts(plain.Data))
		return nil
	}
	var lenient listOf[personJSON]
	if err := json.Unmarshal(body, &lenient); err != nil {
		return err
	}
	fillList(l, &lenient, contacts(lenient.Data))
	return nil
}

func fillList[P any](l *listJSON, from *listOf[P], people []Contact) {
	meta := from.Meta.Value
	*l = listJSON{people: people, isList: from.Data != nil, hasMore: meta.HasMore, count: meta.Count, next: string(meta.NextCursor)}
}

// createdOf is the answer to a create with a person of P.
type createdOf[P any] struct {
	Meta struct {
		RequestID string `json:"requestId"`
	} `json:"meta"`
	Data struct {
		Created *bool  `json:"created"`
		ID      string `json:"id"`
		Person  P      `json:"person"`
	} `json:"data"`
}

// createdJSON is the answer to a create, read into plain types if its values are of those, else leniently: an import reads
// nothing as often.
type createdJSON struct {
	requestID, id string
	created       *bool
	person        Contact
}

// RequestID is meta.requestId.
func (j *createdJSON) RequestID() string { return j.requestID }

// Decode reads the answer. A part that is of another type than documented is as good as absent where the id, all that is
// needed, was read: encoding/json goes on behind such a part.
func (j *createdJSON) Decode(body []byte) error {
	var plain createdOf[plainPerson]
	if json.Unmarshal(body, &plain) == nil {
		fillCreated(j, &plain, plain.Data.Person.contact())
		return nil
	}
	var lenient createdOf[personJSON]
	err := json.Unmarshal(body, &lenient)
	fillCreated(j, &lenient, lenient.Data.Person.contact())
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) && j.id != "" {
		return nil
	}
	return err
}

func fillCreated[P any](j *createdJSON, from *createdOf[P], person Contact) {
	*j = createdJSON{requestID: from.Meta.RequestID, id: cmp.Or(from.Data.ID, person.ID), created: from.Data.Created, person: person}
}

// Mismatch says that the answer names no id.
func (j *createdJSON) Mismatch() string { return crm.MismatchedID(j.id, "") }

func (j *createdJSON) answer(meta crm.Meta) crm.Answer[Contact] {
	a := crm.Answer[Contact]{ID: j.id, Meta: meta, Created: meta.Status == 201}
	if j.created != nil {
		a.Created = *j.created
	}
	if j.person.ID != "" {
		a.Contact = &j.person
	}
	return a
}

// doneJSON is the answer to an update (https://docs.clientcommander.com/api-reference/people/update).
type doneJSON struct {
	envelope
	Success *bool    `json:"success"`
	Message crm.Text `json:"message"`
}

// Mismatch says that the answer does not tell whether the update was done.
func (d *doneJSON) Mismatch() string {
	if d.Success == nil {
		return "the answer does not say that it is done: it has no success"
	}
	return ""
}

// deletedJSON is the answer to a delete (https://docs.clientcommander.com/api-reference/people/delete).
type deletedJSON struct {
	doneJSON
	Data crm.Loose[struct {
		Deleted bool `json:"deleted"`
	}] `json:"data"`
}

// Mismatch says that the answer does not tell whether the person was deleted.
func (d *deletedJSON) Mismatch() string {
	if odd := d.doneJSON.Mismatch(); odd != "" || !*d.Success || d.Data.Value.Deleted {
		return odd
	}
	return "the answer does not say that the person is deleted: it has no data.deleted"
}

// taggedJSON is the answer to added tags (https://docs.clientcommander.com/api-reference/people/add-tags).
type taggedJSON struct {
	envelope
	Data crm.Loose[struct {
		Count  *int                  `json:"count"`
		Person crm.Loose[personJSON] `json:"person"`
	}] `json:"data"`
}

// Mismatch says that the answer does not tell whether the tags were added.
func (t *taggedJSON) Mismatch() string {
	if t.Data.Value.Count == nil && t.Data.Value.Person.Value.ID == "" {
		return "the answer does not say that tags were added: it has neither data.count nor data.person"
	}
	return ""
}

// meJSON is the answer to a question for the user behind the key.
type meJSON struct {
	envelope
	Data crm.Loose[userJSON] `json:"data"`
}

// Mismatch says that the answer names no user.
func (m *meJSON) Mismatch() string {
	if m.Data.Value.ID == "" {
		return "the answer is not a user of Client Commander: it has no data.id"
	}
	return ""
}

// refusal is the error of an answer that says that nothing was done, nil for any other.
func (d *doneJSON) refusal(op string, meta crm.Meta) error {
	if d.Success == nil || *d.Success {
		return nil
	}
	return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Meta: meta, Message: cmp.Or(string(d.Message), "not done")}
}

// userJSON is the user behind a key (https://docs.clientcommander.com/api-reference/users/me).
type userJSON struct {
	ID        crm.Text `json:"id"`
	FirstName crm.Text `json:"firstName"`
	LastName  crm.Text `json:"lastName"`
	Email     crm.Text `json:"email"`
	Role      crm.Text `json:"role"`
}

// String is the user for people: "Jane Smith <jane@example.com> (Owner)".
func (u userJSON) String() string {
	parts := []string{string(u.FirstName), string(u.LastName)}
	if u.Email != "" {
		parts = append(parts, "<"+string(u.Email)+">")
	}
	if u.Role != "" {
		parts = append(parts, "("+string(u.Role)+")")
	}
	if s := strings.Join(strings.Fields(strings.Join(parts, " ")), " "); s != "" {
		return s
	}
	return "a user whose name the vendor does not tell"
}

// writeJSON is the body of a create or update: what is nil is left out.
type writeJSON struct {
	FirstName  *string  `json:"firstName,omitempty"`
	LastName   *string  `json:"lastName,omitempty"`
	Email      *string  `json:"email,omitempty"`
	Phone      *string  `json:"phone,omitempty"`
	Source     *string  `json:"source,omitempty"`
	Stage      *string  `json:"stage,omitempty"`
	Price      *float64 `json:"price,omitempty"`
	Timeframe  *string  `json:"timeframe,omitempty"`
	Background *string  `json:"background,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Street     *string  `json:"street,omitempty"`
	City       *string  `json:"city,omitempty"`
	State      *string  `json:"state,omitempty"`
	ZipCode    *string  `json:"zipCode,omitempty"`
}

// texts pairs the text fields of a body with those of a contact. A field that may not be written empty, by its
// documented rules, is needy.
func (w *writeJSON) texts(c *Contact) []textField {
	return []textField{
		{"firstName", &w.FirstName, &c.FirstName, true}, {"lastName", &w.LastName, &c.LastName, true},
		{"email", &w.Email, &c.Email, true}, {"phone", &w.Phone, &c.Phone, true}, {"stage", &w.Stage, &c.Stage.ID, true},
		{"state", &w.State, &c.State, true}, {"zipCode", &w.ZipCode, &c.ZipCode, true},
		{"source", &w.Source, &c.Source, false}, {"timeframe", &w.Timeframe, &c.Timeframe, false},
		{"background", &w.Background, &c.Background, false}, {"street", &w.Street, &c.Street, false}, {"city", &w.City, &c.City, false},
	}
}

type textField struct {
	name  string
	to    **string
	from  *string
	needy bool
}

// encode is the body that writes the given fields. How a field is emptied is not documented: those whose documented
// rules allow an empty text are sent empty, others are left out.
func encode(c *Contact, fields crm.Fields) *writeJSON {
	w := &writeJSON{}
	for _, f := range w.texts(c) {
		if fields.Has(f.name) && (*f.from != "" || !f.needy) {
			*f.to = f.from
		}
	}
	if fields.Has("price") {
		w.Price = c.Price
	}
	if fields.Has("tags") {
		w.Tags = c.Tags[:min(len(c.Tags), tagBatch)] // the most that a body may have; steps add the others
	}
	return w
}

// encodeUpdate is every writable field that was read, overlaid by the given fields of want. Tags are in neither.
func encodeUpdate(found, want *Contact, fields crm.Fields) *writeJSON {
	kept := *found
	kept.Phone = plainPhone(found.Phone)
	w := encode(want, fields)
	for _, f := range w.texts(&kept) {
		if !fields.Has(f.name) && *f.from != "" {
			*f.to = f.from
		}
	}
	if !fields.Has("price") {
		w.Price = found.Price
	}
	w.Tags = nil
	return w
}

// phonePattern is what the vendor takes (https://docs.clientcommander.com/api-reference/people/create).
var phonePattern = regexp.MustCompile(`^\+?[1-9]\d{1,14}$`)

// plainPhone is a number as read without what the vendor would not take back, "" if that cannot be done.
func plainPhone(phone string) string {
	plain := strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	if !phonePattern.MatchString(plain) {
		return ""
	}
	return plain
}

// envelope is the part of every documented answer that tells the id of the request.
type envelope struct {
	Meta crm.Loose[struct {
		RequestID crm.Text `json:"requestId"`
	}] `json:"meta"`
}

// RequestID is meta.requestId.
func (e *envelope) RequestID() string { return string(e.Meta.Value.RequestID) }

// requestID reads meta.requestId out of the body of a refusal.
func requestID(body []byte) string {
	var e envelope
	if json.Unmarshal(body, &e) != nil {
		return ""
	}
	return e.RequestID()
}

const (
	pageSize = 100 // the most people on a page, https://docs.clientcommander.com/api-reference/people/list
	tagBatch = 20  // the most tags in a request, https://docs.clientcommander.com/api-reference/people/add-tags
	typeJSON = "application/json"
)
