package importer

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/importer/directory"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// item is a row on its way: what it says, what was found, what became of it.
type item[C any] struct {
	seq      int // position among the rows read, from 0
	want     C
	fields   crm.Fields
	filled   crm.Fields // those of fields that only a default has a value for
	res      outcome.Result
	claims   []mapping.Claim
	reported string // the key of a row of a report
	misnamed bool   // rejected because the vendor lacks what it names: earlier it may not have been

	directory.Query[C]
	asRead  *item[C] // as it was before an action was chosen by what was found
	started time.Time
	// made is the contact that the vendor made along with a link: the row's own creation.
	made *C
	// madeAt is when a link was about to be created whose answer was lost: a contact may have been made along with it.
	madeAt time.Time
	trail
}

// trail is what happened to an item so far; it stays when the item is decided anew.
type trail struct {
	past      *journal.Intent // what an earlier session of the run was about to do
	sentAt    time.Time       // when its create first left
	intended  bool            // the journal says that it is about to be sent
	intentAt  int64           // where it says so, if nobody has waited for that to be durable; 0 for nowhere
	uncertain bool            // a write may have been done
	written   bool            // the vendor took a write of it
	recalled  bool            // its outcome is from an earlier session
	open      bool            // it is left without an outcome
	late      int             // how often a write could not leave before what it was decided by was too old
	wasThere  bool            // the contact that is to be deleted was there in this session

	place workers.Place // of its worker
}

// precheck decides what can be decided about a row without asking the vendor. It sees the rows in their order.
type precheck[C any] struct {
	im     *Importer[C]
	first  map[crm.Key]earlierRow[C]
	claims map[string]int
	// anyName takes names of things as they stand, whether or not the vendor knows them.
	anyName bool
}

// earlierRow is what the first row with a key said.
type earlierRow[C any] struct {
	row    int
	want   C
	fields crm.Fields
}

func newPrecheck[C any](im *Importer[C]) *precheck[C] {
	return &precheck[C]{im: im, first: map[crm.Key]earlierRow[C]{}, claims: map[string]int{}}
}

// row turns a row into an item; the item has an outcome if the row will not be sent.
func (j *precheck[C]) row(seq int, says *survey.Row[C]) *item[C] {
	it := &item[C]{seq: seq, want: says.Contact, fields: says.Fields, filled: says.Defaulted, claims: says.Claims, reported: says.Reported,
		res: outcome.Result{Row: says.Number, Line: says.Line, First: says.First}}
	if says.NotCreated != "" {
		it.res.ID = j.im.table.ID(says.Contact)
		it.skip(outcome.CodeNotCreated, says.NotCreated)
		return it
	}
	problems := says.Problems
	if len(problems) == 0 {
		problems = j.fillLinks(it, says.Links)
		it.misnamed = len(problems) > 0
	}
	if it.Keys = says.Keys; len(says.Links) > 0 {
		it.Keys = j.im.table.MatchKeys(&it.want) // a link may be part of a key
	}
	if len(it.Keys) > 0 {
		it.res.Key = it.Keys[0].String()
	}
	if len(problems) > 0 {
		return it.reject(problems...)
	}
	if j.repeats(it) || j.claimed(it) {
		return it
	}
	j.remember(it)
	if len(it.Keys) == 0 && j.im.o.Mode == modes.UpdateOnly {
		return it.reject(mapping.Problem{Code: outcome.CodeNothingToDo, Message: "the row has no e-mail, and no phone with a name, to find its contact by"})
	}
	return it
}

// fillLinks puts ids in place of the names of things in a row.
func (j *precheck[C]) fillLinks(it *item[C], names []mapping.Link) []mapping.Problem {
	if j.anyName {
		return nil
	}
	f := j.im.links.Fill(j.im.table, &it.want, names, j.im.matching.Columns)
	if it.made = f.Made; !f.MadeAt.IsZero() {
		it.madeAt = f.MadeAt
	}
	return f.Problems
}

// rowName names a row of the file. Reports on a rejects file number rows as they were first.
func (j *precheck[C]) rowName(row int) string {
	if j.im.matching.SourceRow >= 0 {
		return fmt.Sprintf("row %d of this file", row)
	}
	return fmt.Sprintf("row %d", row)
}

func (it *item[C]) reject(problems ...mapping.Problem) *item[C] {
	it.res.Outcome, it.res.Problems = outcome.Rejected, problems
	return it
}

func (it *item[C]) skip(code, message string) {
	it.res.Outcome, it.res.Action = outcome.Skipped, outcome.ActionNone
	it.res.Problems = append(it.res.Problems, mapping.Problem{Code: code, Message: message})
}

// repeats gives an outcome to a row whose key an earlier valid row had.
func (j *precheck[C]) repeats(it *item[C]) bool {
	for _, k := range it.Keys {
		if first, ok := j.first[k]; ok {
			j.compare(it, first)
			return true
		}
	}
	return false
}

// remember keeps what a valid row says for the rows that repeat one of its keys, if there are any.
func (j *precheck[C]) remember(it *item[C]) {
	for _, k := range it.Keys {
		// A row may name whom its record belongs to in two ways, of which the survey knew one.
		if ofRecord(k) || j.im.file.Keys.IsRepeated(k) {
			j.first[k] = earlierRow[C]{it.res.Row, it.want, it.fields}
		}
	}
}

// compare skips a row that says nothing but what first said, and rejects one that differs. A default says nothing.
func (j *precheck[C]) compare(it *item[C], first earlierRow[C]) {
	var differ []string
	fields := it.fields.Without(it.filled)
	for _, f := range fields {
		if !first.fields.Has(f) {
			differ = append(differ, f)
		}
	}
	both := slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return !first.fields.Has(f) })
	differ = append(differ, j.im.table.Same(first.want, it.want, both)...)
	if len(differ) == 0 {
		it.skip(outcome.CodeDuplicate, "says the same as "+j.rowName(first.row))
		return
	}
	it.reject(mapping.Problem{Code: outcome.CodeDuplicate, Field: strings.Join(differ, ","),
		Message: fmt.Sprintf("%s has the same key and differs in %s", j.rowName(first.row), strings.Join(differ, ", "))})
}

// claimed rejects a row that wants what only one contact can have and an earlier row wants already.
func (j *precheck[C]) claimed(it *item[C]) bool {
	field, claim := j.im.table.Claim(&it.want, it.fields)
	if claim == "" {
		return false
	}
	key := strings.ToLower(claim) // names of things are compared without case
	if row, ok := j.claims[key]; ok {
		it.reject(mapping.Problem{Code: outcome.CodeClaimed, Field: field, Column: links.ColumnOf(j.im.matching.Columns, field),
			Message: fmt.Sprintf("%s claims to be %s already", j.rowName(row), claim)})
		return true
	}
	j.claims[key] = it.res.Row
	return false
}

// ofRecord reports whether a key is that of a record which belongs to another.
func ofRecord(k crm.Key) bool { return k.Of != "" }
