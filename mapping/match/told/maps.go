package told

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
)

// Maps are the fields that the user gives columns.
type Maps struct {
	Targets   map[int][]Target // by column; an empty list ignores the column
	IgnoredBy map[int]string   // by column: what ignores it, as Target.How
}

// Target is a field that the user or a map file gives a column.
type Target struct {
	Field int
	Part  headers.Concept
	How   string // the name of hint.Map, or MapFile
}

// Has reports whether the user maps a column to the field.
func (m *Maps) Has(field int) bool {
	for _, targets := range m.Targets {
		if slices.ContainsFunc(targets, func(t Target) bool { return t.Field == field }) {
			return true
		}
	}
	return false
}

// Maps reads what the user maps, as typed, and the map file; the user wins. With an error it returns what could be read.
func (s *Reader) Maps(args []string, file []columns.MapEntry) (*Maps, *columns.Error) {
	m := &Maps{Targets: map[int][]Target{}, IgnoredBy: map[int]string{}}
	drift := &drift{whole: slices.ContainsFunc(file, func(e columns.MapEntry) bool { return e.How != "" })}
	var first *columns.Error
	for _, e := range file {
		if drift.whole && !s.stillThere(e.Column) {
			drift.gone = append(drift.gone, e.Column)
		} else if err := s.addMap(m, e.Column, e.Field, MapFile); err != nil && first == nil {
			first = err
		}
	}
	fromFile := m.Targets
	m.Targets = map[int][]Target{}
	for _, arg := range args {
		if err := s.readMap(m, arg); err != nil && first == nil {
			first = err
		}
	}
	for column, targets := range fromFile {
		if _, ok := m.Targets[column]; !ok {
			m.Targets[column] = targets
		}
	}
	if first == nil && drift.whole {
		first = s.drifted(drift, m)
	}
	return m, first
}

// readMap reads a map as typed.
func (s *Reader) readMap(m *Maps, arg string) *columns.Error {
	i := strings.LastIndexByte(arg, '=')
	if i < 0 {
		return &columns.Error{Message: fmt.Sprintf("%s %q has no =", s.name(hint.Map), arg), Hint: s.Words.Say(hint.MapForm)}
	}
	return s.addMap(m, arg[:i], arg[i+1:], s.name(hint.Map))
}

// addMap gives the column named by header its fields, or none.
func (s *Reader) addMap(m *Maps, header, fields, how string) *columns.Error {
	column, err := s.findColumn(header, how)
	if err != nil {
		return err
	}
	targets := []Target{}
	for name := range strings.SplitSeq(fields, ",") {
		if name = headers.Clean(name); name == "" {
			continue
		}
		t, err := s.findTarget(name, how)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	if known, twice := m.Targets[column]; twice {
		if targets, err = s.joinTargets(column, known, targets, how); err != nil {
			return err
		}
	}
	if len(targets) > 1 { // both halves of a name from one column
		for i := range targets {
			if headers.IsNamePart(targets[i].Part) {
				targets[i].Part = headers.FullName
			}
		}
	}
	m.Targets[column] = targets
	if len(targets) == 0 {
		m.IgnoredBy[column] = how
	}
	return nil
}

// joinTargets puts together what two lines say of one column: the same, or both halves of a name. It refuses others.
func (s *Reader) joinTargets(column int, known, more []Target, how string) ([]Target, *columns.Error) {
	both, same := slices.Clone(known), len(known) == len(more)
	for _, t := range more {
		if !slices.ContainsFunc(known, func(k Target) bool { return k.Field == t.Field }) {
			both, same = append(both, t), false
		}
	}
	isName := func(t Target) bool { return headers.IsNamePart(t.Part) || t.Part == headers.FullName }
	names := len(known) > 0 && len(more) > 0 && !slices.ContainsFunc(both, func(t Target) bool { return !isName(t) })
	if same || names {
		return both, nil
	}
	return nil, &columns.Error{Message: fmt.Sprintf("%s: %s becomes both %s and %s", how, columns.ColumnWords(s.Set.Columns[column].Ref(s.Set.Columns)),
		s.targetNames(known), s.targetNames(more)), Hint: "keep one of the two"}
}

func (s *Reader) targetNames(targets []Target) string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = s.Spec.Fields[t.Field].Name
	}
	return cmp.Or(strings.Join(names, ","), "nothing")
}

// findTarget finds a field that may be written, or the id.
func (s *Reader) findTarget(name, how string) (Target, *columns.Error) {
	i, err := Field(s.Spec, name, how)
	if err != nil {
		return Target{}, err
	}
	f := &s.Spec.Fields[i]
	switch {
	case f.Writable:
		return Target{i, f.Main, how}, nil
	case !f.ID:
		return Target{}, &columns.Error{Message: fmt.Sprintf("%s: %s cannot be written: %s", how, f.Name, f.Note),
			Hint: s.Words.Say(hint.Fields, s.Spec.ID())}
	case !s.ByID:
		return Target{}, &columns.Error{Message: fmt.Sprintf("%s: %s cannot be written", how, f.Name), Hint: s.Words.Say(hint.AddMatchID)}
	}
	return Target{i, headers.None, how}, nil
}
