package mapping

import (
	"fmt"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// readValues reads what --values puts in place of cells, by field and then by cell in lower case. It refuses a line whose
// value the field does not take.
func (m *Matching[C]) readValues(spec *match.Spec, values []ValueEntry) (map[string]map[string]string, *match.Error) {
	byField := map[string]map[string]string{}
	for _, e := range values {
		i, err := spec.Find(headers.Clean(e.Field), "--values")
		if err != nil {
			return nil, err
		}
		f, from, to := &m.table.Fields[i], strings.ToLower(headers.Clean(e.From)), headers.Clean(e.To)
		if byField[f.Name] == nil {
			byField[f.Name] = map[string]string{}
		}
		switch known, twice := byField[f.Name][from]; {
		case from == "":
			return nil, &match.Error{Message: fmt.Sprintf("--values: a line for %s has nothing in the column from", f.Name),
				Hint: "an empty cell leaves the CRM's value alone; --default gives the rows without a value one"}
		case twice && known != to:
			return nil, &match.Error{Message: fmt.Sprintf("--values: %s of %s becomes both %s and %s", cells.Quote(headers.Clean(e.From)), f.Name, cells.Quote(known), cells.Quote(to)),
				Hint: "keep one of the two lines"}
		}
		if err := m.checkValue(spec, f, to); err != nil {
			return nil, err
		}
		byField[f.Name][from] = to
	}
	return byField, nil
}

// checkValue refuses a value of --values that its field does not take.
func (m *Matching[C]) checkValue(spec *match.Spec, f *Field[C], to string) *match.Error {
	if to == "" || to == m.options.Clear {
		return nil
	}
	if !f.Writable {
		return &match.Error{Message: fmt.Sprintf("--values: %s cannot be written", f.Name), Hint: spec.Listing()}
	}
	var c C
	r := reading{o: &m.options, phones: &m.phones, name: f.Name, rules: &f.rules}
	f.read(&r, []source{newConstant("--values", to, f.main)}, &c)
	if len(r.problems) == 0 {
		return nil
	}
	message := strings.TrimPrefix(r.problems[0].Message, "--values "+f.Name+": ")
	return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("--values: %s: %s", f.Name, message), Hint: flagAdvice(r.problems[0].Code)}
}
