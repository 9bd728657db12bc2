package planfile

import (
	"cmp"
	"strconv"
	"strings"

	"crmferry/importer/outcome"
)

// Row is one row of a plan.
type Row struct {
	Number  int             // in the input: no other row of the plan has it
	First   int             // the row in the file that this one was rejected from, 0 for none
	Action  outcome.Action  // what would be done
	Outcome outcome.Outcome // what became of it already: rejected, skipped, unchanged; "" if it would be sent
	Key     string
	Name    string // what people know the contact by
	ID      string
	What    string // for people: what would be done, or why nothing would be
	Changes []Change
}

// Change is what would become of a field. Values are as an export shows them; no field of a contact comes twice in a row.
type Change struct {
	Field, Now, Will string
	Of               string // another contact that has the field, not that of the row; "" for that of the row
}

// Taken is the change of another contact, which stops being what only one can be.
func Taken(field, of string) Change { return Change{Field: field, Now: "yes", Will: "no", Of: of} }

// Shown is the field as a file names it.
func (c *Change) Shown() string {
	if c.Of == "" {
		return c.Field
	}
	return c.Field + " of " + c.Of
}

// Unread stands for what a contact has in a field that cannot be read.
const Unread = "(cannot be read)"

// kindOfField is what changes of one kind are listed and counted by: whoever else has the field.
func (c *Change) kindOfField() string {
	if c.Of == "" {
		return c.Field
	}
	return c.Field + " of another contact"
}

// RowOf is the row of a plan that a dry run has this result for.
func RowOf(res *outcome.Result, name string, changes []Change) Row {
	return Row{
		Number: res.Row, First: res.First, Action: res.Action, Outcome: res.Outcome, Key: res.Key, Name: name, ID: res.ID,
		What: what(res, changes), Changes: changes,
	}
}

// what says what would be done with a row, or why nothing would be.
func what(res *outcome.Result, changes []Change) string {
	var parts []string
	if res.Outcome != "" {
		parts = append(parts, string(res.Outcome))
	}
	if codes := res.Codes(); codes != "" {
		parts = append(parts, codes)
	}
	if fields := fieldsOf(res, changes); fields != "" {
		parts = append(parts, fields)
	}
	if message := res.Message(); message != "" {
		parts = append(parts, message)
	}
	return strings.Join(parts, ": ")
}

// fieldsOf names the fields that would be written, and says which of them would lose their value.
func fieldsOf(res *outcome.Result, changes []Change) string {
	if len(changes) == 0 {
		return strings.Join(res.Changed, ", ")
	}
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = c.Shown()
		if c.kind() == emptied {
			names[i] += " (" + emptied.String() + ")"
		}
	}
	return strings.Join(names, ", ")
}

// IsSent reports whether the row would be sent: the others are as they are to be, or cannot be sent.
func (r *Row) IsSent() bool { return r.Outcome == "" }

// Shown is the row's number for people: of the file in which it stood first.
func (r *Row) Shown() int { return cmp.Or(r.First, r.Number) }

// Texts are the texts of a row as a file shows them: what no sheet can hold is replaced.
type Texts struct{ Key, Name, What, ID string }

// Texts are the row's texts as a file shows them.
func (r *Row) Texts() Texts { return Texts{shown(r.Key), shown(r.Name), shown(r.What), shown(r.ID)} }

// Ref is what the file's rows name a row of a plan by: the plan's run, and the row's number in the input. It stands in each
// row, so that the file names its plan however it was sorted and saved.
func (r *Row) Ref(run string) string { return run + refMark + strconv.Itoa(r.Number) }

const refMark = "/"

// parseRef takes a Ref apart.
func parseRef(text string) (run string, number int, ok bool) {
	i := strings.LastIndex(text, refMark)
	if i < 1 {
		return "", 0, false
	}
	number, err := strconv.Atoi(text[i+len(refMark):])
	return text[:i], number, err == nil && number > 0
}

// changeKind is what becomes of a field's value. The worst comes first.
type changeKind int

const (
	emptied changeKind = iota
	replaced
	added
)

// String is the word for it, whose colour the workbook has.
func (k changeKind) String() string { return [...]string{"emptied", "replaced", "added"}[k] }

func (c Change) kind() changeKind {
	switch {
	case c.Now != "" && c.Will == "":
		return emptied
	case c.Now == "" && c.Will != "":
		return added
	}
	return replaced
}
