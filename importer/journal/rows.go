package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// Row is what a journal knows of one row.
type Row struct {
	Seq     int
	Result  *outcome.Result // its outcome, or, of a dry run, what would be done; of a row in doubt, that it is unknown
	Written bool            // the vendor took a write of it, after which steps of an open one may be missing
	Open    bool            // nothing says what came of a write that was about to leave
	Updated bool            // a write of it updated a contact, be it the one that it has created
	Former  *string         // the id of the contact that had what a step gave to this one, "" for none; nil if that is not known
	Images  []outcome.Image // of each of its writes that changed or deleted a contact, in their order
}

// Link is a thing that rows name and that the run was about to create.
type Link struct {
	Kind, Name string
	At         time.Time
}

// View is a journal, of which one row after another is read: of each it holds a few places, not what is known of it.
type View struct {
	history
	rows   int // up to the last of which something is known
	file   *state.JournalView
	damage state.Damage
}

// Look reads the journal at path.
func Look(path string) (*View, error) {
	v := &View{history: history{past: newPast(), more: map[int][]int64{}, owned: map[int]string{}}}
	var err error
	if v.file, v.damage, err = state.ViewJournal(path, v.replay); err != nil {
		return nil, err
	}
	v.rows = max(v.past.seen(), v.past.upTo())
	return v, nil
}

// Close closes the file.
func (v *View) Close() error { return v.file.Close() }

// Damage says what of the journal could not be used: of the rows behind that nothing is known.
func (v *View) Damage() state.Damage { return v.damage }

// Links are the things that were created for rows, in no order.
func (v *View) Links() []Link { return slices.Collect(maps.Values(v.past.links)) }

// Row is what the journal knows of a row, nil for nothing.
func (v *View) Row(seq int) (*Row, error) {
	if seq >= v.rows {
		return nil, nil
	}
	return v.row(seq, v.file.Read)
}

// Each calls each for every row of which something is known, in row order.
func (v *View) Each(each func(*Row) error) error {
	for seq := range v.rows {
		row, err := v.Row(seq)
		if err == nil && row != nil {
			err = each(row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Rows calls each for every row that the journal at path knows something of, in row order. The damage says what of the journal
// could not be used: each is not called then for the rows behind it.
func Rows(path string, each func(*Row) error) (state.Damage, error) {
	v, err := Look(path)
	if err != nil {
		return state.Damage{}, err
	}
	defer v.Close()
	return v.damage, v.Each(each)
}

// history is past with the places of the images.
type history struct {
	past  past
	whole []int64         // by row: where the contact that it is to delete stands, 0 for none
	first []int64         // by row: where the image of its first write stands that has one, 0 for none
	again []bool          // by row: a write was an update
	more  map[int][]int64 // those of its further writes, noImage for one without
	owned map[int]string  // by row: who had what a step gave to its contact
}

const noImage = -1

func (h *history) replay(at int64, raw []byte) error {
	if err := h.past.replay(at, raw); err != nil {
		return err
	}
	var r struct {
		Kind   string          `json:"t"`
		Seq    int             `json:"n"`
		Action outcome.Action  `json:"action"`
		Former *string         `json:"former"`
		Before json.RawMessage `json:"before"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("read record of the journal: %w", err)
	}
	switch r.Kind {
	case recordBefore:
		h.whole = extend(h.whole, r.Seq)
		h.whole[r.Seq] = at
	case recordIntent:
		if h.again = extend(h.again, r.Seq); r.Action == outcome.ActionUpdate {
			h.again[r.Seq] = true
		}
		h.addWrite(r.Seq, at, r.Before != nil)
	case recordStep:
		if r.Former != nil {
			h.owned[r.Seq] = *r.Former
		}
	case recordNothing:
		h.dropWrite(r.Seq)
	}
	return nil
}

func (h *history) addWrite(seq int, at int64, image bool) {
	h.first = extend(h.first, seq)
	switch {
	case !image && h.first[seq] != 0:
		h.more[seq] = append(h.more[seq], noImage)
	case !image:
	case h.first[seq] == 0:
		h.first[seq] = at
	default:
		h.more[seq] = append(h.more[seq], at)
	}
}

// dropWrite forgets the last write of a row, which did not leave.
func (h *history) dropWrite(seq int) {
	switch more := h.more[seq]; {
	case len(more) > 0:
		h.more[seq] = more[:len(more)-1]
	case seq < len(h.first):
		h.first[seq] = 0
	}
}

// places are where the images of a row stand.
func (h *history) places(seq int) (places []int64) {
	for _, list := range [][]int64{h.whole, h.first} {
		if seq < len(list) && list[seq] != 0 {
			places = append(places, list[seq])
		}
	}
	for _, at := range h.more[seq] {
		if at != noImage {
			places = append(places, at)
		}
	}
	return places
}

// row is what is known of a row, nil for nothing.
func (h *history) row(seq int, read func(at int64) ([]byte, error)) (*Row, error) {
	res, written, err := h.past.known(seq, read)
	doubt := h.past.doubt(seq)
	if res == nil && err == nil && doubt != nil {
		res = doubt.result()
	}
	if err != nil || res == nil {
		return nil, err
	}
	row := &Row{Seq: seq, Result: res, Written: written, Open: !h.past.hasOutcome(seq), Updated: seq < len(h.again) && h.again[seq]}
	if row.Open && doubt != nil {
		row.Written = doubt.Written
	}
	if former, known := h.owned[seq]; known {
		row.Former = &former
	}
	for _, at := range h.places(seq) {
		var r record
		raw, err := read(at)
		if err == nil {
			err = json.Unmarshal(raw, &r)
		}
		if err != nil {
			return nil, fmt.Errorf("read what a row changed from the journal: %w", err)
		}
		row.Images = append(row.Images, outcome.Image{Changed: r.Changed, Before: r.Before, After: r.After})
	}
	return row, nil
}
