package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// readValues reads what --values puts in place of cells. It refuses a line whose value the field does not take.
func (s *settings[C]) readValues(values []ValueEntry) *match.Error {
	byField := map[string]map[string]string{}
	for _, e := range values {
		i, err := s.spec.Find(headers.Clean(e.Field), "--values")
		if err != nil {
			return err
		}
		f, from, to := &s.table.Fields[i], strings.ToLower(headers.Clean(e.From)), headers.Clean(e.To)
		if byField[f.Name] == nil {
			byField[f.Name] = map[string]string{}
		}
		switch known, twice := byField[f.Name][from]; {
		case from == "":
			return &match.Error{Message: fmt.Sprintf("--values: a line for %s has nothing in the column from", f.Name),
				Hint: "an empty cell leaves the CRM's value alone; --default gives the rows without a value one"}
		case twice && known != to:
			return &match.Error{Message: fmt.Sprintf("--values: %s of %s becomes both %s and %s", cells.Quote(headers.Clean(e.From)), f.Name, cells.Quote(known), cells.Quote(to)),
				Hint: "keep one of the two lines"}
		}
		if err := s.checkValue(f, to); err != nil {
			return err
		}
		byField[f.Name][from] = to
	}
	s.values = byField
	return nil
}

// checkValue refuses a value of --values that its field does not take.
func (s *settings[C]) checkValue(f *Field[C], to string) *match.Error {
	if to == "" || to == s.reading.o.Clear {
		return nil
	}
	if !f.Writable {
		return &match.Error{Message: fmt.Sprintf("--values: %s cannot be written", f.Name), Hint: s.spec.Listing()}
	}
	var c C
	r := s.of(f)
	f.read(r, []source{newConstant("--values", to, f.main)}, &c)
	if len(r.problems) == 0 {
		return nil
	}
	message := strings.TrimPrefix(r.problems[0].Message, "--values "+f.Name+": ")
	return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("--values: %s: %s", f.Name, message), Hint: flagAdvice(r.problems[0].Code)}
}

// replacedFields lists the fields that a values file has other values for.
func (s *settings[C]) replacedFields(values []ValueEntry) (names crm.Fields) {
	for _, e := range values {
		if i, err := s.spec.Find(headers.Clean(e.Field), ""); err == nil && !slices.Contains(names, s.spec.Fields[i].Name) {
			names = append(names, s.spec.Fields[i].Name)
		}
	}
	return names
}

// read converts the values of --set, --default and --values. It returns what is wrong with the first that cannot be used.
func (s *settings[C]) read(o *MatchOptions) *match.Error {
	return cmp.Or(s.readConstants(o), s.readValues(o.Values))
}
