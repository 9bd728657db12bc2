package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// Said is what one record says of the contact of its row.
type Said struct {
	Key    string          `json:"key"` // as in a Result, as is ID
	ID     string          `json:"id"`
	Before json.RawMessage `json:"before"` // as in an Image
	After  json.RawMessage `json:"after"`
}

// Read reads what a record says of the contact of its row.
func Read(raw []byte) (Said, error) {
	var s Said
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, fmt.Errorf("read record of the journal: %w", err)
	}
	return s, nil
}

// Search calls each, in row order, for the rows that are wanted and for those of which a record is picked, with what the
// journal at path knows of the row, nil for nothing: then it was not reached. pick is given each record of a row as it stands in
// the file. The damage says what of the journal could not be used: what happened behind that is not known.
func Search(path string, wanted []int, pick func(raw []byte) (bool, error), each func(seq int, row *Row) error) (state.Damage, error) {
	s := &search{history: history{past: newPast(), more: map[int][]int64{}, owned: map[int]string{}}, rows: map[int]bool{}, pick: pick}
	for _, seq := range wanted {
		s.rows[seq] = true
	}
	view, damage, err := state.ViewJournal(path, s.visit)
	if err != nil {
		return damage, err
	}
	defer view.Close()
	if err := s.replayRows(view.Read); err != nil {
		return damage, err
	}
	for _, seq := range s.sorted() {
		row, err := s.row(seq, view.Read)
		if in := s.past.doubt(seq); err == nil && row == nil && in != nil {
			row = &Row{Seq: seq, Result: in.result(), Open: true}
		}
		if err == nil {
			err = each(seq, row)
		}
		if err != nil {
			return damage, err
		}
	}
	return damage, nil
}

// search replays of a journal what concerns some of its rows.
type search struct {
	history
	rows   map[int]bool
	pick   func(raw []byte) (bool, error)
	places []recordPlace // of all records that concern one row
}

// recordPlace is where a record of a row stands.
type recordPlace struct {
	seq int
	at  int64
}

func (s *search) visit(at int64, raw []byte) error {
	kind, seq, err := headOf(raw)
	if err != nil {
		return err
	}
	switch string(kind) {
	case recordIntent, recordNothing, recordStep, recordOutcome, recordCopied, recordBefore:
	default:
		return s.replay(at, raw)
	}
	s.places = append(s.places, recordPlace{seq, at})
	if s.rows[seq] {
		return nil
	}
	picked, err := s.pick(raw)
	if picked {
		s.rows[seq] = true
	}
	return err
}

// headOf is the kind and the row of a record. It is read by hand: a journal may have a million.
func headOf(raw []byte) (kind []byte, seq int, err error) {
	if rest, ok := bytes.CutPrefix(raw, []byte(`{"t":"`)); ok {
		if kind, rest, ok = bytes.Cut(rest, []byte(`","n":`)); ok {
			end := bytes.IndexAny(rest, ",}")
			if seq, err = strconv.Atoi(string(rest[:max(end, 0)])); err == nil {
				return kind, seq, nil
			}
		}
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, 0, fmt.Errorf("read record of the journal: %w", err)
	}
	return []byte(r.Kind), r.Seq, nil
}

// replayRows takes up the records of the rows searched for.
func (s *search) replayRows(read func(at int64) ([]byte, error)) error {
	if len(s.rows) == 0 {
		return nil
	}
	for _, p := range s.places {
		if !s.rows[p.seq] {
			continue
		}
		raw, err := read(p.at)
		if err == nil {
			err = s.replay(p.at, raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *search) sorted() []int {
	seqs := make([]int, 0, len(s.rows))
	for seq := range s.rows {
		seqs = append(seqs, seq)
	}
	slices.Sort(seqs)
	return seqs
}

// LastImages are those of a row's writes, of one that is only planned what it would change.
func (r *Row) LastImages() []outcome.Image {
	if len(r.Images) == 0 && (r.Result.Before != nil || r.Result.After != nil) {
		return []outcome.Image{{Changed: r.Result.Changed, Before: r.Result.Before, After: r.Result.After}}
	}
	return r.Images
}
