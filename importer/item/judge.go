package item

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Judge decides what can be decided about a row without asking the vendor. It sees the rows in their order.
type Judge[C any] struct {
	Rules[C]
	first  map[crm.Key]earlierRow[C]
	claims map[string]int
	kept   map[string]int // ids of another program, by the first rows whose new records are to keep them
}

// earlierRow is what the first row with a key said.
type earlierRow[C any] struct {
	row    int
	want   C
	fields crm.Fields
}

// Rules are what rows are judged by.
type Rules[C any] struct {
	Table      *mapping.Table[C]
	Matching   *mapping.Matching[C]
	Links      *links.Links[C]
	IsRepeated func(crm.Key) bool // reports whether several rows have a key
	Mode       modes.Mode
}

// New returns a Judge that has seen no row.
func New[C any](by Rules[C]) *Judge[C] {
	return &Judge[C]{Rules: by, first: map[crm.Key]earlierRow[C]{}, claims: map[string]int{}, kept: map[string]int{}}
}

// Row puts what a row says on its way. It has an outcome if it will not be sent.
func (j *Judge[C]) Row(seq int, says *survey.Row[C]) *Row[C] {
	it := &Row[C]{Seq: seq, Want: says.Contact, Fields: says.Fields, Filled: says.Defaulted, Claims: says.Claims, Origin: says.Origin, Reported: says.Reported,
		Res: outcome.Result{Row: says.Number, Line: says.Line, First: says.First, Part: says.Part, Parts: says.Parts, Notes: slices.Clone(says.Notes)}}
	if says.Old.ID != "" {
		old := says.Old
		it.Res.Old = &old
	}
	if says.Earlier != nil && it.follow(says.Earlier) {
		return it
	}
	if says.LeftOut != "" {
		it.Skip(outcome.CodeLeftOut, says.LeftOut)
		return it
	}
	if says.NotCreated != "" {
		it.Res.ID = j.Table.ID(says.Contact)
		it.Skip(outcome.CodeNotCreated, says.NotCreated)
		return it
	}
	if says.Empty != "" {
		it.Skip(outcome.CodeEmpty, says.Empty)
		return it
	}
	problems := says.Problems
	if len(problems) == 0 {
		problems = j.fillLinks(it, says.Links)
		it.Misnamed = len(problems) > 0
	}
	if it.Keys = says.Keys; len(says.Links) > 0 {
		it.Keys = j.Table.MatchKeys(&it.Want) // a link may be part of a key
	}
	if len(it.Keys) > 0 {
		it.Res.Key = it.Keys[0].String()
	}
	if len(problems) > 0 {
		return it.Reject(problems...)
	}
	it.Res.Notes = append(it.Res.Notes, outcome.NotesOf(says.Remarks)...) // of a row that was not kept, or by an earlier version
	it.Res.Notes = append(it.Res.Notes, says.Said...)
	if j.repeats(it) || j.claimed(it) || j.keepsTwice(it) {
		return it
	}
	j.remember(it)
	if len(it.Keys) == 0 && j.Mode == modes.UpdateOnly {
		return it.Reject(mapping.Problem{Code: outcome.CodeNothingToDo, Message: "the row has no e-mail, and no phone with a name, to find its " + j.Table.Noun() + " by"})
	}
	return it
}

// fillLinks puts ids in place of the names of things in a row.
func (j *Judge[C]) fillLinks(it *Row[C], names []mapping.Link) []mapping.Problem {
	f := j.Links.Fill(j.Table, &it.Want, names)
	it.Lacks = f.Lacks
	if it.Made = f.Made; !f.MadeAt.IsZero() {
		it.MadeAt = f.MadeAt
	}
	return f.Problems
}

// rowName names a row of the file. Reports on a rejects file number rows as they were first.
func (j *Judge[C]) rowName(row int) string {
	if j.Matching.SourceRow >= 0 {
		return fmt.Sprintf("row %d of this file", row)
	}
	return fmt.Sprintf("row %d", row)
}

// repeats gives an outcome to a row whose key an earlier valid row had.
func (j *Judge[C]) repeats(it *Row[C]) bool {
	for _, k := range it.Keys {
		first, ok := j.first[k]
		switch {
		case !ok, k.IsName() && crm.Contradict(it.Keys, j.Table.RowKeys(first.want)):
		case k.IsName() && crm.Apart(it.Keys, j.Table.RowKeys(first.want)): // two companies, if the vendor has each
			it.Namesake = first.row
		default:
			j.compare(it, first)
			return true
		}
	}
	return false
}

// remember keeps what a valid row says for the rows that repeat one of its keys, if there are any.
func (j *Judge[C]) remember(it *Row[C]) {
	for _, k := range it.Keys {
		// A row may name whom its record belongs to in two ways, of which the survey knew one.
		if OfRecord(k) || j.IsRepeated(k) {
			j.first[k] = earlierRow[C]{it.Res.Row, it.Want, it.Fields}
		}
	}
}

// compare skips a row that says nothing but what first said, and rejects one that differs. A default says nothing.
func (j *Judge[C]) compare(it *Row[C], first earlierRow[C]) {
	var differ []string
	fields := it.Fields.Without(it.Filled)
	for _, f := range fields {
		if !first.fields.Has(f) {
			differ = append(differ, f)
		}
	}
	both := slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return !first.fields.Has(f) })
	differ = append(differ, j.Table.Same(first.want, it.Want, both)...)
	if len(differ) == 0 {
		it.Skip(outcome.CodeDuplicate, "says the same as "+j.rowName(first.row))
		return
	}
	it.Reject(mapping.Problem{Code: outcome.CodeDuplicate, Field: strings.Join(differ, ","),
		Message: fmt.Sprintf("%s has the same key and differs in %s", j.rowName(first.row), strings.Join(differ, ", "))})
}

// claimed rejects a row that wants what only one contact can have and an earlier row wants already.
func (j *Judge[C]) claimed(it *Row[C]) bool {
	field, claim := j.Table.Claim(&it.Want, it.Fields)
	if claim == "" {
		return false
	}
	key := crm.Fold(claim)
	if row, ok := j.claims[key]; ok {
		it.Reject(mapping.Problem{Code: outcome.CodeClaimed, Field: field, Column: links.ColumnOf(j.Matching.Columns, field),
			Message: fmt.Sprintf("%s claims to be %s already", j.rowName(row), claim)})
		return true
	}
	j.claims[key] = it.Res.Row
	return false
}

// keepsTwice rejects a row whose new record would keep the id that it has in another program, as that of an earlier row would.
func (j *Judge[C]) keepsTwice(it *Row[C]) bool {
	id := crm.Fold(it.Origin.ID)
	if id == "" || j.Mode == modes.UpdateOnly {
		return false
	}
	want := it.Want
	if len(j.Table.KeepOrigin(&want, it.Fields, it.Origin)) == len(it.Fields) {
		return false
	}
	if row, ok := j.kept[id]; ok && row != it.Res.Row {
		it.Reject(mapping.Problem{Code: outcome.CodeDuplicate, Message: fmt.Sprintf("%s has the same id of its own program, %q, which a new %s keeps: two cannot", j.rowName(row), it.Origin.ID, j.Table.Noun())})
		return true
	}
	j.kept[id] = it.Res.Row
	return false
}
