package settings

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/match/told"
	"crmferry/mapping/schema"
)

// Given are settings as the user gives them.
type Given struct {
	Set     []string // as typed: "field=value"
	Default []string // as typed: "field=value"
	Values  []ValueEntry
}

// Name is a name of a field that the user gives, and the setting that says so.
type Name struct {
	Setting hint.Code
	Name    string
}

// Names are the names of fields that the settings hold.
func (g Given) Names() (names []Name) {
	for _, arg := range g.Set {
		name, _, _ := strings.Cut(arg, "=")
		names = append(names, Name{hint.Set, name})
	}
	for _, arg := range g.Default {
		name, _, _ := strings.Cut(arg, "=")
		names = append(names, Name{hint.Default, name})
	}
	for _, e := range g.Values {
		names = append(names, Name{hint.Values, e.Field})
	}
	return names
}

// Settings are what was given, converted.
type Settings[C any] struct {
	Set      Constants[C]                 // what every row gets
	Defaults Constants[C]                 // what the rows get that have nothing else
	Values   map[string]map[string]string // other values for cells: by field, and by cell in lower case
	Replaced crm.Fields                   // the fields that Values are for
}

// Reader reads settings for the fields of a resource.
type Reader[C any] struct {
	Fields []schema.Field[C]
	Spec   *resource.Spec // of Fields
	Base   schema.Reader  // of which every reading of a value starts
}

// Read converts settings. It returns what is wrong with the first that cannot be used, and what those before it say.
func (s *Reader[C]) Read(g Given) (*Settings[C], *columns.Error) {
	said := &Settings[C]{}
	return said, cmp.Or(s.readConstants(g, said), s.readValues(g.Values, said))
}

// name is what the front end calls a setting.
func (s *Reader[C]) name(setting hint.Code) string { return s.Base.Options.Words.Name(setting) }

// say is what the front end says.
func (s *Reader[C]) say(code hint.Code, facts ...string) string {
	return s.Base.Options.Words.Say(code, facts...)
}

// of is a reading for a field.
func (s *Reader[C]) of(f *schema.Field[C]) *schema.Reader {
	r := s.Base
	r.Field, r.Rules = f.Name, &f.Rules
	return &r
}

// Accepts reports of the cells of a column, of which seen is known, whether a field takes each.
func (s *Reader[C]) Accepts(f *schema.Field[C], seen cells.Verdict) func(string) bool {
	r, from := s.of(f), []schema.Source{schema.NewSource(sources.Source{Part: f.Main, Seen: seen})}
	r.Cells = make([]string, 1)
	var c C
	return func(cell string) bool {
		r.Cells[0], r.Problems, r.Remarks = cell, r.Problems[:0], r.Remarks[:0]
		return f.Read(r, from, &c)
	}
}

// readConstants converts the values for rows, once for all of them.
func (s *Reader[C]) readConstants(g Given, said *Settings[C]) *columns.Error {
	for _, arg := range g.Set {
		if err := s.readConstant(hint.Set, arg, &said.Set); err != nil {
			return err
		}
	}
	for _, arg := range g.Default {
		if err := s.onlyDefault(arg, said); err != nil {
			return err
		}
		if err := s.readConstant(hint.Default, arg, &said.Defaults); err != nil {
			return err
		}
	}
	return nil
}

// onlyDefault refuses a default that would never be used. What is no field is refused where it is read.
func (s *Reader[C]) onlyDefault(arg string, said *Settings[C]) *columns.Error {
	name, _, _ := strings.Cut(arg, "=")
	i, err := told.Field(s.Spec, headers.Clean(name), "")
	if err != nil {
		return nil
	}
	switch f := &s.Fields[i]; {
	case said.Set.Fields.Has(f.Name):
		return &columns.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s %s: %s gives every row the same %s", s.name(hint.Default), f.Name, s.name(hint.Set), f.Name), Hint: "leave one of them out"}
	case !f.List && said.Defaults.Fields.Has(f.Name):
		return &columns.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s names %s twice", s.name(hint.Default), f.Name), Hint: "keep one of them"}
	}
	return nil
}

// readConstant converts one value of a setting.
func (s *Reader[C]) readConstant(setting hint.Code, arg string, into *Constants[C]) *columns.Error {
	flag := s.name(setting)
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		return &columns.Error{Message: fmt.Sprintf("%s %q has no =", flag, arg), Hint: s.say(hint.SetForm, string(setting))}
	}
	i, err := told.Field(s.Spec, headers.Clean(name), flag)
	if err != nil {
		return err
	}
	f := &s.Fields[i]
	switch value = headers.Clean(value); {
	case !f.Writable:
		return &columns.Error{Message: fmt.Sprintf("%s: %s cannot be written", flag, f.Name), Hint: s.say(hint.Fields, s.Spec.ID())}
	case value == "":
		return &columns.Error{Message: fmt.Sprintf("%s %s has no value", flag, f.Name), Hint: s.say(hint.NoValue)}
	}
	return s.convertConstant(flag, f, value, into)
}

func (s *Reader[C]) convertConstant(flag string, f *schema.Field[C], value string, into *Constants[C]) *columns.Error {
	r := s.of(f)
	var said C
	read := f.Read(r, []schema.Source{schema.NewConstant(flag, value, f.Main)}, &said)
	for _, k := range r.Remarks { // nobody is told of it row by row, and who writes a value can write what is meant
		if k.After != k.Before && read {
			return &columns.Error{Fields: []string{f.Name}, Message: k.Message, Hint: "write it as it is meant"}
		}
	}
	if read {
		into.add(f, &said, r)
		return nil
	}
	message := fmt.Sprintf("%s %s: %s cannot be used", flag, f.Name, cells.Quote(value))
	code := ""
	if len(r.Problems) > 0 {
		message, code = r.Problems[0].Message, r.Problems[0].Code
	}
	return &columns.Error{Fields: []string{f.Name}, Message: message, Hint: s.say(hint.CorrectSetting, code)}
}
