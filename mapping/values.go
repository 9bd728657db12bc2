package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// readValues gives the fields of the plan what --values puts in place of their cells. It refuses a line whose value the
// field does not take.
func (w *matcher[C]) readValues() *MatchError {
	byField := map[*Field[C]]map[string]string{}
	for _, e := range w.o.Values {
		i, err := w.t.find(headers.Clean(e.Field), "--values")
		if err != nil {
			return err
		}
		f, from, to := &w.t.Fields[i], strings.ToLower(headers.Clean(e.From)), headers.Clean(e.To)
		if byField[f] == nil {
			byField[f] = map[string]string{}
		}
		switch known, twice := byField[f][from]; {
		case from == "":
			return &MatchError{Message: fmt.Sprintf("--values: a line for %s has nothing in the column from", f.Name),
				Hint: "an empty cell leaves the CRM's value alone; --default gives the rows without a value one"}
		case twice && known != to:
			return &MatchError{Message: fmt.Sprintf("--values: %s of %s becomes both %s and %s", cells.Quote(headers.Clean(e.From)), f.Name, cells.Quote(known), cells.Quote(to)),
				Hint: "keep one of the two lines"}
		}
		if err := w.takes(f, to); err != nil {
			return err
		}
		byField[f][from] = to
	}
	for i := range w.m.plan {
		w.m.plan[i].values = byField[w.m.plan[i].field]
	}
	return nil
}

// replaces says whether --values puts others in place of cells of a field.
func (w *matcher[C]) replaces(field int) bool {
	return slices.ContainsFunc(w.o.Values, func(e ValueEntry) bool {
		i, err := w.t.find(headers.Clean(e.Field), "--values")
		return err == nil && i == field
	})
}

// takes is an error if a field does not take a value of --values.
func (w *matcher[C]) takes(f *Field[C], to string) *MatchError {
	if to == "" || to == w.o.Clear {
		return nil
	}
	if !f.Writable {
		return &MatchError{Message: fmt.Sprintf("--values: %s cannot be written", f.Name), Hint: w.t.listing()}
	}
	var c C
	r := reading{o: &w.m.options, phones: &w.m.phones, name: f.Name, rules: &f.rules}
	f.read(&r, []source{{index: -1, ref: "--values", part: f.main, constant: to}}, &c)
	if len(r.problems) == 0 {
		return nil
	}
	message := strings.TrimPrefix(r.problems[0].Message, "--values "+f.Name+": ")
	return &MatchError{Fields: []string{f.Name}, Message: fmt.Sprintf("--values: %s: %s", f.Name, message), Hint: flagAdvice(r.problems[0].Code)}
}
