package survey

import (
	"slices"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
	"crmferry/mapping/cells"
)

// tally counts for a survey. Its counters by field are a slice, because a map would cost more than the conversion of
// the row.
type tally struct {
	s      *Survey
	fields []string
	counts []int
	codes  map[string]int
	found  []FindingCount

	unmatched map[Unmatched]int
}

// mostPhoneExamples is among how many numbers a country can be told from another.
const mostPhoneExamples = 200

func newTally(s *Survey) *tally {
	return &tally{s: s, codes: map[string]int{}, unmatched: map[Unmatched]int{}}
}

func (t *tally) row(cells []string, fields crm.Fields, problems []mapping.Problem) {
	t.s.Rows++
	for i := range min(len(cells), len(t.s.Filled)) {
		if cells[i] == "" {
			continue
		}
		t.s.Filled[i]++
		if t.s.Examples[i] == "" {
			t.s.Examples[i] = cells[i]
		}
	}
	if len(problems) > 0 {
		t.s.Invalid++
		t.problems(problems)
		return
	}
	for _, f := range fields {
		i := slices.Index(t.fields, f)
		if i < 0 {
			i = len(t.fields)
			t.fields, t.counts = append(t.fields, f), append(t.counts, 0)
		}
		t.counts[i]++
	}
}

// problems counts each code once a row.
func (t *tally) problems(problems []mapping.Problem) {
	if p := problems[0]; len(problems) == 1 && p.Code == cells.CodeRequired {
		if t.s.Lacking == nil {
			t.s.Lacking = map[string]int{}
		}
		t.s.Lacking[p.Field]++
	}
	if len(problems) == 1 && problems[0].Splits {
		t.s.Splittable++
	}
	for i, p := range problems {
		first := slices.IndexFunc(problems, func(q mapping.Problem) bool { return q.Code == p.Code }) == i
		if first {
			t.codes[p.Code]++
		}
		if p.Local == "" {
			continue
		}
		if t.s.LocalPhones++; t.s.LocalPhones <= mostPhoneExamples {
			t.s.PhoneExamples = append(t.s.PhoneExamples, p.Local)
		}
	}
}

func (t *tally) finish() {
	for i, f := range t.fields {
		t.s.Sets[f] = t.counts[i]
	}
	t.s.Codes = outcome.CountCodes(t.codes)
	t.s.Unmatched = t.listUnmatched()
}
