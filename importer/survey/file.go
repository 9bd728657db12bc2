package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/importer/survey/batches"
	"crmferry/importer/survey/shared"
	"crmferry/importer/survey/shift"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// File is a file that was read once from beginning to end: what it told, and the way to read it again.
type File[C any] struct {
	input
	Table    *mapping.Table[C]
	Matching *mapping.Matching[C]
	Survey   *Survey
	Keys     KeySet  // of its rows
	FirstKey crm.Key // of the first row that has one; the zero key if none has

	report   takeBackColumns
	isReport bool
	mails    []bool // columns of e-mail addresses
	shifts   *shift.Finder
	old      OldColumns
}

// Row is what a row of a file says.
type Row[C any] struct {
	Number int // as Excel shows it: the header is 1
	Line   int `json:",omitzero"` // of a CSV file
	First  int `json:",omitzero"` // the number that a mended rejects file carries, 0 for none
	Part   int `json:",omitzero"` // of a row that stands for several records, from 1; 0 for a row that is one
	Parts  int `json:",omitzero"` // how many there are; 0 where each is told by itself
	mapping.Row[C]
	Keys       []crm.Key   `json:",omitzero"` // that say whether two rows are about one contact
	Notes      []string    `json:",omitzero"` // for the report
	Said       []string    `json:",omitzero"` // in the rows file, in place of the remarks: their messages
	NotCreated string      `json:",omitzero"` // why a row of a report is left out, whatever else it says
	LeftOut    string      `json:",omitzero"` // why the user leaves the row out
	Reported   string      `json:",omitzero"` // the key of a row of a report
	Old        outcome.Old `json:",omitzero"` // in the rows file, for the list of ids
	Earlier    *Earlier    `json:",omitzero"` // what another run says of the row, nil for a row of a file
}

// Read reads all of a file twice, without network: for what its columns hold, by which the header is matched, and then for its
// rows, which it counts and hands to visit, the valid ones and the others. It returns a *HeaderError for a header that cannot
// be used and a *rows.Error for a file that cannot be read. With Options.Keep the rows are kept as they were converted; if an
// earlier session has kept them already, those are taken, and the file is not looked at.
func Read[C any](ctx context.Context, t *mapping.Table[C], o Options, visit func(seq int, r *Row[C])) (*File[C], error) {
	f := &File[C]{input: input{o: o}, Table: t, Keys: newKeySet()}
	kept, err := f.isKept()
	if err != nil {
		return nil, err
	}
	if kept {
		return f, f.restore(ctx, visit)
	}
	if f.o.Match.Profile, err = f.profile(ctx, func(header []string) []bool { return mailColumns(t, header) }); err != nil {
		return nil, f.named(err)
	}
	r, err := f.Open()
	if err != nil {
		return nil, f.named(err)
	}
	defer r.Close()
	if err := f.match(r); err != nil {
		return nil, err
	}
	out, err := f.keep()
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	err = f.read(ctx, r, func(seq int, says *Row[C]) {
		visit(seq, says)
		says.addTo(out)
	})
	if err != nil {
		return nil, err
	}
	switch f.Survey.Rows {
	case 0:
		return nil, f.noRows()
	case f.Survey.LeftOut:
		return nil, f.allLeftOut()
	}
	return f, out.Finish(&Kept{f.Survey, f.Matching.Save(), f.isReport})
}

// match finds out what the columns are.
func (f *File[C]) match(r *sheet.Reader) (err error) {
	if f.report, err = findReport(r.Header(), &f.o); err != nil {
		return err
	}
	f.isReport = f.report.outcome >= 0
	f.o.Match.OnlyID, f.o.Match.Unconfirmed = f.o.Deletes, slices.Contains(f.o.Accept, match.CodeUnconfirmed)
	f.Matching, err = f.Table.Match(r.Header(), f.o.Match)
	var refused *match.Error
	if errors.As(err, &refused) {
		return &HeaderError{refusedSurvey(f.o.Name, r, refused), refused}
	}
	if err != nil {
		return err
	}
	f.mails = mails(f.Table, f.Matching.Columns)
	if p := f.o.Match.Profile; p != nil {
		f.shifts = shift.NewFinder(p, r.Header())
	}
	if f.o.Keep != "" && !f.o.Deletes {
		f.old = OldColumnsOf(f.Matching.Columns)
	}
	f.Survey = newSurvey(f.o.Name, r, f.Matching.Columns, f.Matching.Program)
	for _, name := range f.Matching.Defaults() {
		f.Survey.Defaulted[name] = 0
	}
	return nil
}

// read fills the survey and the keys.
func (f *File[C]) read(ctx context.Context, r *sheet.Reader, visit func(seq int, r *Row[C])) error {
	tally := newTally(f.Survey)
	announced := f.announced()
	rows := f.o.Match.Profile.Rows // growing to that would take more memory than it
	f.Keys.hashes = make([]uint64, 0, rows)
	var phones *shared.Finder
	if f.o.MatchesPhones {
		phones = shared.NewFinder(rows)
	}
	next := 0
	err := f.each(ctx, r, nil, func(_ int, row *sheet.Row, says *Row[C]) error {
		first, isValid := next, says.isValid()
		f.inParts(says, func(part *Row[C]) {
			if next > first {
				f.Survey.Further++
			}
			if visit(next, part); isValid {
				f.addKeys(next, part.Keys)
			}
			next++
		})
		if says.IsSkipped() {
			tally.row(row.Cells, nil, nil)
			f.countSkipped(says)
			return nil
		}
		tally.row(row.Cells, says.Fields, says.Problems)
		tally.findings(row, says.Remarks)
		if len(says.Problems) > 0 {
			tally.closed(says.Problems)
			return nil
		}
		addValues(f.Survey, &says.Row)
		f.countAnnounced(announced, says)
		f.countKeys(says)
		if phones != nil && (len(says.Keys) == 0 || says.Keys[0].ID == "") {
			phones.Note(row.Number, says.Keys, f.Table.Phones(&says.Contact))
		}
		return nil
	})
	if err != nil {
		return err
	}
	tally.finish()
	s := f.Survey
	s.SharedPhones = phones.Found()
	s.Findings = slices.Concat(inFile(r.Findings()), inColumns(shift.Columns(f.o.Match.Profile, f.Matching.Columns, f.mails)), tally.found)
	s.Keys = f.Keys.compare()
	s.Repeats = len(f.Keys.hashes) - s.Keys
	s.Limited = f.o.Limit > 0 && s.Rows == f.o.Limit
	return nil
}

// IsSkipped reports whether nothing is to be done with the row, whatever its cells say.
func (r *Row[C]) IsSkipped() bool { return r.NotCreated != "" || r.LeftOut != "" || r.Empty != "" }

func (f *File[C]) countSkipped(says *Row[C]) {
	switch {
	case says.LeftOut != "":
		f.Survey.LeftOut++
	case says.NotCreated != "":
		f.Survey.NotCreated++
	default:
		f.Survey.Empty++
	}
}

// announced are the fields that do something outside the contact if a row has a value in them, and that value.
func (f *File[C]) announced() map[string]string {
	values := map[string]string{}
	for _, info := range f.Table.Info() {
		if info.Announce != "" {
			values[info.Name] = cmp.Or(info.AnnounceOn, "yes")
		}
	}
	return values
}

func (f *File[C]) countAnnounced(fields map[string]string, says *Row[C]) {
	for name, value := range fields {
		if says.Fields.Has(name) && f.Table.Text(says.Contact, name) == value {
			f.Survey.Announced[name]++
		}
	}
}

// countKeys takes down by what a valid row is matched.
func (f *File[C]) countKeys(says *Row[C]) {
	if f.IsReport() && says.Reported == "" {
		f.Survey.Unkeyed++
	}
	switch {
	case len(says.Keys) == 0:
		f.Survey.NoKey++
	case says.Keys[0].ID != "":
		f.Survey.ByID++
		if f.o.BelievesIDs && f.isUnproven(says) {
			f.Survey.Unproven++
		}
	}
	for _, k := range says.Keys {
		if k.ByWords() {
			f.Survey.ByWords++
		}
	}
}

// isUnproven reports whether a row with an id has too little else to know its contact by.
func (f *File[C]) isUnproven(says *Row[C]) bool {
	if !f.Table.HasPeople() || len(says.Fields) == 0 {
		return false
	}
	own := f.Table.Without(says.Contact, says.Defaulted)
	return f.Table.Held(&own) < 2
}

// Each reads the file again, converts its rows up to the limit, and calls do for them in their order: seq counts them from
// 0, and what do is given is valid until it returns. With only, the other rows are left out.
func (f *File[C]) Each(ctx context.Context, only *RowSet, do func(seq int, row *sheet.Row, r *Row[C]) error) error {
	r, err := f.Open()
	if err != nil {
		return f.named(err)
	}
	defer r.Close()
	return f.each(ctx, r, only, do)
}

func (f *File[C]) each(ctx context.Context, r *sheet.Reader, only *RowSet, do func(seq int, row *sheet.Row, r *Row[C]) error) error {
	convert := func(seq int, row *sheet.Row, says *Row[C]) {
		if only != nil && !only.Has(seq) {
			return
		}
		says.Number, says.Line, says.First, says.Part, says.Parts = row.Number, row.Line, firstRow(cellAt(row, f.Matching.SourceRow)), 0, 0
		says.NotCreated, says.Reported = f.report.notCreated(row), cellAt(row, f.report.key)
		says.Old = f.old.Of(row.Cells)
		off := f.offColumn(row)
		misplaced := f.misplaced(row, off)
		f.convert(row, misplaced, &says.Row)
		says.Remarks = append(says.Remarks, f.shiftRemarks(row, off)...)
		says.LeftOut = f.Matching.LeftOut(row.Cells)
		says.Keys = f.Table.MatchKeys(&says.Contact)
		says.Notes = f.decoded(row)
		for _, p := range misplaced {
			if slices.Contains(f.o.Accept, p.Code) {
				says.Notes = append(says.Notes, "accepted: "+p.Message)
			}
		}
	}
	err := batches.Each(ctx, r, f.o.Limit, convert, func(seq int, row *sheet.Row, says *Row[C]) error {
		if only != nil && !only.Has(seq) {
			return nil
		}
		return do(seq, row, says)
	})
	return f.named(err)
}

// convert turns a row into a contact. One whose cells may stand in wrong columns breaks a rule whatever they say.
func (f *File[C]) convert(row *sheet.Row, misplaced []mapping.Problem, conv *mapping.Row[C]) {
	cells := withLinks(row, f.mails)
	f.Matching.ConvertInto(conv, cells, row.Points)
	conv.Remarks = append(conv.Remarks, f.linkRemarks(row, cells)...)
	if f.o.Deletes && len(conv.Problems) == 0 && f.Table.ID(conv.Contact) == "" {
		conv.Problems = []mapping.Problem{{Code: outcome.CodeNothingToDo, Message: "the row has no id, and nothing else says which " + f.Table.Noun() + " to delete"}}
	}
	for _, p := range misplaced {
		if slices.Contains(f.o.Accept, p.Code) {
			continue
		}
		if p.Code == outcome.CodeSection {
			conv.Problems = nil // a contact's rules are none of a heading
		}
		conv.Problems = append(conv.Problems, p)
	}
}

// misplaced is what shows that the cells of a row stand in other columns, belong to other rows, or are no contact's.
func (f *File[C]) misplaced(row *sheet.Row, off offset) (problems []mapping.Problem) {
	if row.Shifted {
		problems = append(problems, mapping.Problem{Code: outcome.CodeShifted, Message: f.shifted(row)})
	}
	if off.certain {
		problems = append(problems, mapping.Problem{Code: outcome.CodeShifted, Message: off.why})
	}
	if row.Section {
		problems = append(problems, mapping.Problem{Code: outcome.CodeSection, Message: fmt.Sprintf(
			"%q stands alone between rows that are full: it reads like a heading, a remark or a subtotal, not like a %s", onlyText(row), f.Table.Noun())})
	}
	if row.Swallows > 0 && row.Swallows <= len(f.Matching.Columns) {
		column := f.Matching.Columns[row.Swallows-1]
		problems = append(problems, mapping.Problem{Code: outcome.CodeSwallows, Column: column.Ref(f.Matching.Columns), Message: fmt.Sprintf(
			"column %q: a quote in line %d opens the cell and one in line %d closes it, and the lines between read like rows of their own",
			column.Title(), row.Line, row.LastLine)})
	}
	if at := f.unclosed(row); at > 0 && at <= len(f.Matching.Columns) {
		column := f.Matching.Columns[at-1]
		problems = append(problems, mapping.Problem{Code: outcome.CodeSwallows, Column: column.Ref(f.Matching.Columns), Message: fmt.Sprintf(
			"column %q: a quote opens the cell and none closes it, so that it is not sure where the cell ends", column.Title())})
	}
	for _, odd := range row.Odd {
		if !odd.Certain {
			problems = append(problems, mapping.Problem{Code: outcome.CodeOddText, Message: f.oddText(odd)})
		}
	}
	return problems
}

// onlyText is the first cell of a row that holds something.
func onlyText(row *sheet.Row) string {
	for _, c := range row.Cells {
		if c = strings.TrimSpace(c); c != "" {
			return c
		}
	}
	return ""
}

// decoded are notes on a row that was read otherwise than the rest of the file: in another encoding, or with cells that are missing.
func (f *File[C]) decoded(row *sheet.Row) (notes []string) {
	quoted := func(cell string) bool { return strings.ContainsRune(cell, '"') }
	if row.Short > 0 && slices.ContainsFunc(row.Cells, quoted) { // else a program leaves out the last ones that are empty
		notes = append(notes, fmt.Sprintf("the row has fewer cells (%d) than the header, and a quote in one: the others were taken as empty", row.Short))
	}
	if row.Lone > 0 && row.Lone <= len(f.Matching.Columns) {
		notes = append(notes, fmt.Sprintf("column %q: a quote opens the cell and none closes it: it was taken as a character of it", f.Matching.Columns[row.Lone-1].Title()))
	}
	for _, odd := range row.Odd {
		if odd.Certain {
			notes = append(notes, f.oddText(odd))
		}
	}
	return notes
}

func (f *File[C]) oddText(odd sheet.OddText) string {
	cell := "a cell"
	if odd.Column < len(f.Matching.Columns) {
		cell = fmt.Sprintf("column %q", f.Matching.Columns[odd.Column].Title())
	}
	return fmt.Sprintf("%s is not in the encoding of the rest of the file: %s", cell, odd.Reads)
}

// firstRow is the row number that a mended rejects file carries, 0 if the cell is no number.
func firstRow(cell string) int {
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// IsReport reports whether the file is the report of an earlier run, whose creations are to be deleted.
func (f *File[C]) IsReport() bool { return f.isReport }
