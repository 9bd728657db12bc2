package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/schema"
)

// readValues reads what a values file puts in place of cells. It refuses a line whose value the field does not take.
func (s *settings[C]) readValues(values []ValueEntry) *match.Error {
	byField := map[string]map[string]string{}
	for _, e := range values {
		i, err := match.Find(s.spec, headers.Clean(e.Field), s.name(hint.Values))
		if err != nil {
			return err
		}
		f, from, to := &s.table.Fields[i], crm.Fold(e.From), headers.Clean(e.To)
		if byField[f.Name] == nil {
			byField[f.Name] = map[string]string{}
		}
		switch known, twice := byField[f.Name][from]; {
		case from == "":
			return &match.Error{Message: fmt.Sprintf("%s: a line for %s has nothing in the column from", s.name(hint.Values), f.Name),
				Hint: s.say(hint.NoFrom)}
		case twice && known != to:
			return &match.Error{Message: fmt.Sprintf("%s: %s of %s becomes both %s and %s", s.name(hint.Values), cells.Quote(headers.Clean(e.From)), f.Name, cells.Quote(known), cells.Quote(to)),
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

// checkValue refuses a value of a values file that its field does not take.
func (s *settings[C]) checkValue(f *schema.Field[C], to string) *match.Error {
	if to == "" || to == s.base.Options.Clear {
		return nil
	}
	if !f.Writable {
		return &match.Error{Message: fmt.Sprintf("%s: %s cannot be written", s.name(hint.Values), f.Name), Hint: s.say(hint.Fields, s.spec.ID())}
	}
	var c C
	r := s.of(f)
	f.Read(r, []schema.Source{schema.NewConstant(s.name(hint.Values), to, f.Main)}, &c)
	if len(r.Problems) == 0 {
		return nil
	}
	setting := s.name(hint.Values)
	message := strings.TrimPrefix(r.Problems[0].Message, setting+" "+f.Name+": ")
	return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s: %s: %s", setting, f.Name, message), Hint: s.say(hint.CorrectSetting, r.Problems[0].Code)}
}

// replacedFields lists the fields that a values file has other values for.
func (s *settings[C]) replacedFields(values []ValueEntry) (names crm.Fields) {
	for _, e := range values {
		if i, err := match.Find(s.spec, headers.Clean(e.Field), ""); err == nil && !slices.Contains(names, s.spec.Fields[i].Name) {
			names = append(names, s.spec.Fields[i].Name)
		}
	}
	return names
}

// read converts the values that the user gives. It returns what is wrong with the first that cannot be used.
func (s *settings[C]) read(o *MatchOptions) *match.Error {
	return cmp.Or(s.readConstants(o), s.readValues(o.Values))
}
