package steps

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"crmferry/importer/item"
	"crmferry/importer/phase"
	"crmferry/importer/requests"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
)

// note is a contact that is written in one request for each letter.
type note struct{ letters string }

// speller writes the letters of a note, but for those that it refuses.
type speller struct {
	refuses string
	wrote   []string
}

func (*speller) Traits() crm.Traits { return crm.Traits{} }

func (*speller) Create(context.Context, note, crm.Fields, string) (crm.Answer[note], error) {
	return crm.Answer[note]{}, errors.New("the contact itself is written already")
}

func (*speller) StepFields() crm.Fields { return crm.Fields{"letters"} }

func (*speller) Steps(_ *note, want note, _ crm.Fields) (steps []crm.Step) {
	for _, letter := range want.letters {
		steps = append(steps, crm.Step{Name: string(letter)})
	}
	return steps
}

func (s *speller) Do(_ context.Context, step crm.Step, id string, have *note, _ note) (crm.Answer[note], error) {
	if step.Name == s.refuses {
		return crm.Answer[note]{}, &crm.Error{Class: crm.Permanent}
	}
	s.wrote = append(s.wrote, id+": "+have.letters+step.Name)
	return crm.Answer[note]{Contact: &note{have.letters + step.Name}}, nil
}

// TestDo: each step is done to the contact as the one before has left it, and of those behind a refused one none is.
func TestDo(t *testing.T) {
	for _, tt := range []struct {
		refuses string
		wrote   []string
		left    []crm.Step
	}{
		{"", []string{"5: a", "5: ab", "5: abc"}, nil},
		{"b", []string{"5: a"}, []crm.Step{{Name: "b"}, {Name: "c"}}},
	} {
		vendor := &speller{refuses: tt.refuses}
		d := New(Options[note]{Vendor: vendor, Requests: &requests.Sender{Clock: time.Now, Pool: workers.NewPool(1), Health: workers.NewHealth(time.Now, workers.Outage), Spoke: func() bool { return true }}})
		it := &item.Row[note]{Want: note{"abc"}}
		it.Res.ID = "5"
		for _, p := range []phase.Phase{phase.Intended, phase.Written} {
			if err := it.Enter(p); err != nil {
				t.Fatal(err)
			}
		}
		left, err := d.Do(t.Context(), it, &note{}, false)
		if (err != nil) != (tt.refuses != "") {
			t.Errorf("refuses %q: %v", tt.refuses, err)
		}
		if !slices.Equal(vendor.wrote, tt.wrote) || !slices.EqualFunc(left, tt.left, func(a, b crm.Step) bool { return a.Name == b.Name }) {
			t.Errorf("refuses %q: wrote %q, left %v", tt.refuses, vendor.wrote, left)
		}
	}
}
