package survey

import (
	"slices"

	"crmferry/importer/outcome"
	"crmferry/importer/survey/shared"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// Survey is what one reading of the file told, without network.
type Survey struct {
	Name      string // the file, as the user named it
	SheetName string // of a workbook
	Format    sheet.Format
	Delimiter rune // of a CSV file
	Facts     []sheet.Fact
	Source    string // the program that wrote it: "looks like a Google Contacts export"; "" if none is recognised

	Columns  []columns.Column
	refs     []string // by column
	Examples []string // by column: the first cell that is not empty
	Filled   []int    // by column: cells that are not empty

	Rows    int  // data rows, up to the limit
	Further int  // records beyond one for each row: those of rows in parts
	Limited bool // there may be more, which were not looked at
	Invalid int  // rows that break a rule of the table
	NoKey   int  // valid rows that nothing can match: every import creates them again
	ByID    int  // valid rows that carry the vendor's own id
	ByWords int  // valid keys that are found by words of a name
	// Unproven are those of them whose ids are believed although the row has too little of e-mail, phone and name to
	// know its contact by.
	Unproven int
	// SharedPhones are found with Options.MatchesPhones.
	SharedPhones shared.Phones
	Repeats      int // valid keys that stood in an earlier row already
	Keys         int // distinct valid keys
	// NotCreated are the rows of a report whose contacts the run that it tells of did not create; no other counts.
	NotCreated int
	LeftOut    int // rows that the user leaves out
	Empty      int // rows that say nothing
	// Unkeyed are those of them that count and have no key to compare their contacts with.
	Unkeyed   int
	Sets      map[string]int // by field: valid rows that set or empty it
	Clears    map[string]int // by field: those of them that empty it
	Defaulted map[string]int // by field that has a default: those of them that it fills
	Replaced  map[string]int // by field that is set for every row: those of them that say something else
	// Unmatched are the cells of fields that take certain values only, and are none of them: by field, the most frequent
	// first.
	Unmatched []Unmatched
	Lacking   map[string]int // by required field: rows that have nothing for it, and nothing else wrong
	// LocalPhones counts the phone numbers without a country code that no country is known of.
	LocalPhones   int
	PhoneExamples []string // the first of them, to tell where they may be from
	Splittable    int      // rows whose only fault is a text that is too long, and can be split
	// Announced counts, by field, the valid rows that say yes to something beyond the contact itself (see mapping.Info).
	Announced map[string]int
	Codes     []outcome.CodeCount // what is wrong, most frequent first
	Findings  []FindingCount      // in the file, then in its cells
	Refusals  []Refusal           // the columns by which people of them have refused to be mailed or called
}

// Valid is the number of rows that break no rule, and may be sent.
func (s *Survey) Valid() int { return s.Rows - s.Invalid - s.NotCreated - s.LeftOut - s.Empty }

// Count returns how many columns are in a state.
func (s *Survey) Count(state columns.State) int {
	n := 0
	for _, c := range s.Columns {
		if c.State == state {
			n++
		}
	}
	return n
}

// ColumnAt is the place of the column that a Ref names, -1 for none.
func (s *Survey) ColumnAt(ref string) int { return slices.Index(s.refs, ref) }

func newSurvey(name string, r *sheet.Reader, columns []columns.Column, program string) *Survey {
	s := &Survey{
		Name: name, SheetName: r.SheetName(), Format: r.Format(), Delimiter: r.Delimiter(),
		Facts: r.Facts(), Columns: columns, Examples: make([]string, len(columns)), Filled: make([]int, len(columns)),
		Sets: map[string]int{}, Clears: map[string]int{}, Defaulted: map[string]int{}, Replaced: map[string]int{}, Announced: map[string]int{},
	}
	s.setRefs()
	if program != "" {
		s.Source = "looks like " + program
	}
	return s
}

// setRefs names the columns, so that ColumnAt finds them.
func (s *Survey) setRefs() {
	s.refs = columns.Refs(s.Columns)
}

// addValues counts what a valid row empties, and what flags give it.
func addValues[C any](s *Survey, row *mapping.Row[C]) {
	for _, f := range row.Cleared {
		s.Clears[f]++
	}
	for _, f := range row.Defaulted {
		s.Defaulted[f]++
	}
	for _, f := range row.Replaced {
		s.Replaced[f]++
	}
}

// refusedSurvey is what is known of a sheet whose header cannot be used.
func refusedSurvey(name string, r *sheet.Reader, refused *match.Error) *Survey {
	s := newSurvey(name, r, refused.Columns, refused.Program)
	for i, c := range refused.Columns {
		s.Filled[i], s.Examples[i] = c.Filled, c.Example
	}
	s.Findings = inFile(r.Findings())
	return s
}
