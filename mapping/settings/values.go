package settings

import (
	"fmt"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/told"
	"crmferry/mapping/schema"
)

// ValueEntry is one line of a values file.
type ValueEntry struct {
	Field string `csv:"field"` // by its name, its label or another name of the vendor
	From  string `csv:"from"`  // a cell, or a value in the cell of a list; case and outer space do not matter
	To    string `csv:"to"`    // what is read in its place; "" for nothing
}

// readValues reads what a values file puts in place of cells. It refuses a line whose value the field does not take.
func (s *Reader[C]) readValues(values []ValueEntry, said *Settings[C]) *columns.Error {
	byField := map[string]map[string]string{}
	for _, e := range values {
		i, err := told.Field(s.Spec, headers.Clean(e.Field), s.name(hint.Values))
		if err != nil {
			return err
		}
		f, from, to := &s.Fields[i], crm.Fold(e.From), headers.Clean(e.To)
		if byField[f.Name] == nil {
			byField[f.Name], said.Replaced = map[string]string{}, append(said.Replaced, f.Name)
		}
		switch known, twice := byField[f.Name][from]; {
		case from == "":
			return &columns.Error{Message: fmt.Sprintf("%s: a line for %s has nothing in the column from", s.name(hint.Values), f.Name),
				Hint: s.say(hint.NoFrom)}
		case twice && known != to:
			return &columns.Error{Message: fmt.Sprintf("%s: %s of %s becomes both %s and %s", s.name(hint.Values), cells.Quote(headers.Clean(e.From)), f.Name, cells.Quote(known), cells.Quote(to)),
				Hint: "keep one of the two lines"}
		}
		if err := s.checkValue(f, to); err != nil {
			return err
		}
		byField[f.Name][from] = to
	}
	said.Values = byField
	return nil
}

// checkValue refuses a value of a values file that its field does not take.
func (s *Reader[C]) checkValue(f *schema.Field[C], to string) *columns.Error {
	if to == "" || to == s.Base.Options.Clear {
		return nil
	}
	setting := s.name(hint.Values)
	if !f.Writable {
		return &columns.Error{Message: fmt.Sprintf("%s: %s cannot be written", setting, f.Name), Hint: s.say(hint.Fields, s.Spec.ID())}
	}
	var c C
	r := s.of(f)
	f.Read(r, []schema.Source{schema.NewConstant(setting, to, f.Main)}, &c)
	if len(r.Problems) == 0 {
		return nil
	}
	message := strings.TrimPrefix(r.Problems[0].Message, setting+" "+f.Name+": ")
	return &columns.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s: %s: %s", setting, f.Name, message), Hint: s.say(hint.CorrectSetting, r.Problems[0].Code)}
}
