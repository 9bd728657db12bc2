package clientcommander

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

// personJSON is the person object as read. None of its fields but the id is sure to be there.
type personJSON struct {
	ID                 crm.Text `json:"id"`
	FirstName          crm.Text `json:"firstName"`
	LastName           crm.Text `json:"lastName"`
	FullName           crm.Text `json:"fullName"`
	Emails             []Email  `json:"emails"`
	Phones             []Phone  `json:"phones"`
	AssignedAgentID    crm.Text `json:"assignedAgentId"`
	AssignedAgentName  crm.Text `json:"assignedAgentName"`
	AssignedAgentEmail crm.Text `json:"assignedAgentEmail"`
	StageID            crm.Text `json:"stageId"`
	StageName          crm.Text `json:"stageName"`
	Source             crm.Text `json:"source"`
	Timeframe          crm.Text `json:"timeframe"`
	Background         crm.Text `json:"background"`
	Tags               tagsJSON `json:"tags"`
	Price              crm.Text `json:"price"`
	Relationship       *bool    `json:"relationship"`
	CreatedAt          crm.Text `json:"createdAt"`
	UpdatedAt          crm.Text `json:"updatedAt"`

	// Addresses are in no documented answer; read in case one has them.
	Street  crm.Text `json:"street"`
	City    crm.Text `json:"city"`
	State   crm.Text `json:"state"`
	ZipCode crm.Text `json:"zipCode"`
}

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

func (j *personJSON) contact() Contact {
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

func contacts(people []personJSON) []Contact {
	list := make([]Contact, len(people))
	for i := range people {
		list[i] = people[i].contact()
	}
	return list
}

// listJSON is a page of a list (https://docs.clientcommander.com/api-reference/people/list).
type listJSON struct {
	Data []personJSON `json:"data"`
	Meta crm.Loose[struct {
		Count      *int     `json:"count"`
		HasMore    *bool    `json:"hasMore"`
		NextCursor crm.Text `json:"nextCursor"`
	}] `json:"meta"`
}

// Mismatch says what makes no list of an answer: an empty one, or one that ends here, would mean that nobody else is there.
func (l *listJSON) Mismatch() string {
	switch {
	case l.Data == nil:
		return noData
	case l.Meta.Value.HasMore == nil:
		return "the answer does not say whether more people follow: it has no meta.hasMore"
	}
	return unidentified(l.Data)
}

const noData = "the answer is not a list of Client Commander: it has no data"

// unidentified says that one of the people has no id, "" if all have.
func unidentified(people []personJSON) string {
	for i := range people {
		if !crm.IsID(string(people[i].ID)) {
			return "the answer is not a list of Client Commander: some of whom it holds have no id"
		}
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
	return unidentified(f.Data)
}

// createdJSON is the answer to a create.
type createdJSON struct {
	Meta struct {
		RequestID string `json:"requestId"`
	} `json:"meta"`
	Data struct {
		Created *bool      `json:"created"`
		ID      string     `json:"id"`
		Person  personJSON `json:"person"`
	} `json:"data"`
}

// RequestID is meta.requestId.
func (j *createdJSON) RequestID() string { return j.Meta.RequestID }

// Decode reads the answer. A part that is of another type than documented is as good as absent where the id, all that is
// needed, was read: encoding/json goes on behind such a part.
func (j *createdJSON) Decode(body []byte, in *quickjson.Decoders) error {
	err := in.Unmarshal(body, j)
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) && j.id() != "" {
		return nil
	}
	return err
}

func (j *createdJSON) id() string { return cmp.Or(j.Data.ID, string(j.Data.Person.ID)) }

// Mismatch says that the answer names no id.
func (j *createdJSON) Mismatch() string { return crm.MismatchedID(j.id(), "") }

func (j *createdJSON) answer(meta crm.Meta) crm.Answer[Contact] {
	a := crm.Answer[Contact]{ID: j.id(), Meta: meta, Created: meta.Status == 201}
	if j.Data.Created != nil {
		a.Created = *j.Data.Created
	}
	if j.Data.Person.ID != "" {
		person := j.Data.Person.contact()
		a.Contact = &person
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

// members are what a body can write, in the order in which it does.
func members() [14]string {
	return [...]string{"firstName", "lastName", "email", "phone", "source", "stage", "price", "timeframe", "background", "tags", "street", "city", "state", "zipCode"}
}

// text is a member that is a text. One that may not be written empty, by its documented rules, is needy.
func (c *Contact) text(member string) (value string, needy bool) {
	switch member {
	case "firstName":
		return c.FirstName, true
	case "lastName":
		return c.LastName, true
	case "email":
		return c.Email, true
	case "phone":
		return c.Phone, true
	case "stage":
		return c.Stage.ID, true
	case "state":
		return c.State, true
	case "zipCode":
		return c.ZipCode, true
	case "source":
		return c.Source, false
	case "timeframe":
		return c.Timeframe, false
	case "background":
		return c.Background, false
	case "street":
		return c.Street, false
	}
	return c.City, false
}

// encode is the body that writes the given fields. How a field is emptied is not documented: those whose documented
// rules allow an empty text are sent empty, others are left out.
func encode(o *quickjson.Object, c *Contact, fields crm.Fields) []byte {
	for _, name := range members() {
		switch {
		case !fields.Has(name):
		case name == "price":
			addPrice(o, c.Price)
		case name == "tags":
			o.Texts(name, c.Tags[:min(len(c.Tags), tagBatch)]) // the most that a body may have; steps add the others
		default:
			if value, needy := c.text(name); value != "" || !needy {
				o.Text(name, value)
			}
		}
	}
	return o.End()
}

// encodeUpdate is every writable field that was read, overlaid by the given fields of want. Tags are in neither.
func encodeUpdate(found, want *Contact, fields crm.Fields) []byte {
	o := quickjson.NewObject()
	for _, name := range members() {
		from, given := found, fields.Has(name)
		if given {
			from = want
		}
		switch name {
		case "tags":
		case "price":
			addPrice(o, from.Price)
		default:
			value, needy := from.text(name)
			if name == "phone" && !given {
				value = plainPhone(value)
			}
			if value != "" || given && !needy {
				o.Text(name, value)
			}
		}
	}
	return o.End()
}

func addPrice(o *quickjson.Object, price *float64) {
	if price != nil {
		o.Number("price", *price)
	}
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
