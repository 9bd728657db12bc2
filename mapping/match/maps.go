package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
)

// readMaps reads what the user maps, and the map file; the user wins.
func (s *sheet) readMaps() *Error {
	s.explicit, s.ignoredBy = map[int][]target{}, map[int]string{}
	drift := &drift{whole: slices.ContainsFunc(s.request.MapFile, func(e columns.MapEntry) bool { return e.How != "" })}
	var first *Error
	for _, e := range s.request.MapFile {
		if drift.whole && !s.stillThere(e.Column) {
			drift.gone = append(drift.gone, e.Column)
		} else if err := s.addMap(e.Column, e.Field, mapFile); err != nil && first == nil {
			first = err
		}
	}
	fromFile := s.explicit
	s.explicit = map[int][]target{}
	for _, arg := range s.request.Map {
		if err := s.readMap(arg); err != nil && first == nil {
			first = err
		}
	}
	for column, targets := range fromFile {
		if _, ok := s.explicit[column]; !ok {
			s.explicit[column] = targets
		}
	}
	if first == nil && drift.whole {
		first = s.drifted(drift)
	}
	return first
}

// readMap reads one of Request.Map.
func (s *sheet) readMap(arg string) *Error {
	i := strings.LastIndexByte(arg, '=')
	if i < 0 {
		return &Error{Message: fmt.Sprintf("%s %q has no =", s.name(hint.Map), arg), Hint: s.say(hint.MapForm)}
	}
	return s.addMap(arg[:i], arg[i+1:], s.name(hint.Map))
}

// addMap gives the column named by header its fields, or none.
func (s *sheet) addMap(header, fields, how string) *Error {
	column, err := s.findColumn(header, how)
	if err != nil {
		return err
	}
	targets := []target{}
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
	if known, twice := s.explicit[column]; twice {
		if targets, err = s.joinTargets(column, known, targets, how); err != nil {
			return err
		}
	}
	if len(targets) > 1 { // both halves of a name from one column
		for i := range targets {
			if headers.IsNamePart(targets[i].part) {
				targets[i].part = headers.FullName
			}
		}
	}
	s.explicit[column] = targets
	if len(targets) == 0 {
		s.ignoredBy[column] = how
	}
	return nil
}

// joinTargets puts together what two lines say of one column: the same, or both halves of a name. It refuses others.
func (s *sheet) joinTargets(column int, known, more []target, how string) ([]target, *Error) {
	both, same := slices.Clone(known), len(known) == len(more)
	for _, t := range more {
		if !slices.ContainsFunc(known, func(k target) bool { return k.field == t.field }) {
			both, same = append(both, t), false
		}
	}
	isName := func(t target) bool { return headers.IsNamePart(t.part) || t.part == headers.FullName }
	names := len(known) > 0 && len(more) > 0 && !slices.ContainsFunc(both, func(t target) bool { return !isName(t) })
	if same || names {
		return both, nil
	}
	return nil, &Error{Message: fmt.Sprintf("%s: %s becomes both %s and %s", how, columns.ColumnWords(s.columns[column].Ref(s.columns)),
		s.targetNames(known), s.targetNames(more)), Hint: "keep one of the two"}
}

func (s *sheet) targetNames(targets []target) string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = s.spec.Fields[t.field].Name
	}
	return cmp.Or(strings.Join(names, ","), "nothing")
}

// findTarget finds a field that may be written, or the id.
func (s *sheet) findTarget(name, how string) (target, *Error) {
	i, err := Find(s.spec, name, how)
	if err != nil {
		return target{}, err
	}
	f := &s.spec.Fields[i]
	switch {
	case f.Writable:
		return target{i, f.Main, how}, nil
	case !f.ID:
		return target{}, &Error{Message: fmt.Sprintf("%s: %s cannot be written: %s", how, f.Name, f.Note),
			Hint: s.say(hint.Fields, s.spec.ID())}
	case !s.request.MatchID && (!s.own || s.request.MatchEmail):
		return target{}, &Error{Message: fmt.Sprintf("%s: %s cannot be written", how, f.Name), Hint: s.say(hint.AddMatchID)}
	}
	return target{i, headers.None, how}, nil
}

// mapped reports whether the user maps a column to the field.
func (s *sheet) mapped(field int) bool {
	for _, targets := range s.explicit {
		if slices.ContainsFunc(targets, func(t target) bool { return t.field == field }) {
			return true
		}
	}
	return false
}
