package trace

import (
	"context"
	"errors"
	"io/fs"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/importer/survey"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/people"
)

// Run is a run that is searched, by its files.
type Run struct {
	Rows    string // the rows that it has kept
	Journal string
}

// Found is what was found in a run.
type Found struct {
	Rows   []Row
	Kept   bool         // the rows were searched; else just keys, ids and what was changed, by the journal
	Why    error        // why the rows that are kept cannot be read; nil if they can, or none are kept
	Damage state.Damage // of the journal: what became of rows is not known behind it
}

// Row is a row about the contact.
type Row struct {
	Number int             // as people count it: see outcome.Result.Number
	Line   int             // of a CSV file, 0 otherwise
	Result *outcome.Result // of a plan, without an outcome; nil if the journal says nothing of the row
	Fields []Field         // what was written, or was about to be; of a plan, what would be
	Took   bool            // the vendor took a write of it
}

// Field is what a row did to one field. A value that is not known is nil.
type Field struct {
	Name          string
	Before, After *string
}

// Search looks for the rows of a run about the contact that a question means. The cause of the error is fs.ErrNotExist if the
// run has no journal.
func Search[C any](ctx context.Context, t *mapping.Table[C], run Run, q people.Question) (*Found, error) {
	s := &search[C]{table: t, run: run, question: q, sieve: newSieve(q), rows: map[int]*survey.Row[C]{}, found: &Found{Kept: true}}
	err := s.byRows(ctx)
	if err != nil {
		return nil, err
	}
	var told []*journal.Row
	var seqs []int
	s.found.Damage, err = journal.Search(run.Journal, s.wanted(), s.pick, func(seq int, r *journal.Row) error {
		seqs, told = append(seqs, seq), append(told, r)
		return context.Cause(ctx)
	})
	if err == nil {
		err = s.pickRows(ctx, seqs)
	}
	if err != nil {
		return nil, err
	}
	for i, seq := range seqs {
		row, err := s.row(s.rows[seq], told[i])
		if err != nil {
			return nil, err
		}
		s.found.Rows = append(s.found.Rows, row)
	}
	return s.found, nil
}

type search[C any] struct {
	table    *mapping.Table[C]
	run      Run
	question people.Question
	sieve    sieve
	rows     map[int]*survey.Row[C] // those found, as they were kept
	found    *Found
}

// byRows looks among the rows that are kept.
func (s *search[C]) byRows(ctx context.Context) error {
	err := runrows.Find[survey.Row[C], survey.Kept](ctx, s.run.Rows, s.question.Marks(), func(seq int, r *survey.Row[C]) error {
		if s.question.Means(r.Known(s.table)) {
			s.rows[seq] = r
		}
		return nil
	})
	return s.unkept(ctx, err)
}

// pickRows reads the rows that the journal alone has told of.
func (s *search[C]) pickRows(ctx context.Context, seqs []int) error {
	wanted := map[int]bool{}
	for _, seq := range seqs {
		if s.rows[seq] == nil {
			wanted[seq] = true
		}
	}
	if len(wanted) == 0 || !s.found.Kept {
		return nil
	}
	err := runrows.Pick[survey.Row[C], survey.Kept](ctx, s.run.Rows, func(seq int) bool { return wanted[seq] }, func(seq int, r *survey.Row[C]) error {
		s.rows[seq] = r
		return nil
	})
	return s.unkept(ctx, err)
}

// unkept takes it down that the rows cannot be read; the journal is left. It returns the cause of the context's end.
func (s *search[C]) unkept(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil {
		return nil
	}
	s.found.Kept = false
	if !errors.Is(err, fs.ErrNotExist) {
		s.found.Why = err
	}
	return nil
}

func (s *search[C]) wanted() []int {
	var seqs []int
	for seq := range s.rows {
		seqs = append(seqs, seq)
	}
	return seqs
}

// pick reports whether a record of the journal is about the contact: by its id, which is known after the row was kept, or by
// what the contact was before it was changed. Where no rows are kept, its key counts, too.
func (s *search[C]) pick(raw []byte) (bool, error) {
	if !s.sieve.lets(raw, s.found.Kept) {
		return false, nil
	}
	said, err := journal.Read(raw)
	if err != nil {
		return false, err
	}
	if said.ID != "" && said.ID == s.question.ID() {
		return true, nil
	}
	for _, image := range []*outcome.Image{{Before: said.Before}, {Before: said.After}} {
		if len(image.Before) == 0 {
			continue
		}
		c, err := s.table.FromImage(image.Before)
		if err != nil {
			return false, err
		}
		if s.question.Means(s.table.Known(&c)) {
			return true, nil
		}
	}
	return !s.found.Kept && s.question.Means(people.FromKey(said.Key)), nil
}
