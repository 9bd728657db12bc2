package mapping

import (
	"fmt"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/schema"
)

// constants are values for all rows, converted.
type constants[C any] struct {
	contact C
	fields  crm.Fields
	links   []Link
	claims  []Claim // the ids among them
}

// settings are the values that the user gives beside the sheet.
type settings[C any] struct {
	table    *Table[C]
	spec     *resource.Spec
	base     schema.Reader                // of which every one starts
	set      constants[C]                 // what every row gets
	defaults constants[C]                 // what the rows get that have nothing else
	values   map[string]map[string]string // other values for cells: by field, and by cell in lower case
}

// name is what the front end calls a setting.
func (s *settings[C]) name(setting hint.Code) string { return s.base.Options.Words.Name(setting) }

// say is what the front end says.
func (s *settings[C]) say(code hint.Code, facts ...string) string {
	return s.base.Options.Words.Say(code, facts...)
}

// of is a reading for a field.
func (s *settings[C]) of(f *schema.Field[C]) *schema.Reader {
	r := s.base
	r.Field, r.Rules = f.Name, &f.Rules
	return &r
}

// readConstants converts the values for rows, once for all of them.
func (s *settings[C]) readConstants(o *MatchOptions) *match.Error {
	for _, arg := range o.Set {
		if err := s.readConstant(hint.Set, arg, &s.set); err != nil {
			return err
		}
	}
	for _, arg := range o.Default {
		if err := s.onlyDefault(arg); err != nil {
			return err
		}
		if err := s.readConstant(hint.Default, arg, &s.defaults); err != nil {
			return err
		}
	}
	return nil
}

// onlyDefault refuses a default that would never be used. What is no field is refused where it is read.
func (s *settings[C]) onlyDefault(arg string) *match.Error {
	name, _, _ := strings.Cut(arg, "=")
	i, err := match.Find(s.spec, headers.Clean(name), "")
	if err != nil {
		return nil
	}
	switch f := &s.table.Fields[i]; {
	case s.set.fields.Has(f.Name):
		return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s %s: %s gives every row the same %s", s.name(hint.Default), f.Name, s.name(hint.Set), f.Name), Hint: "leave one of them out"}
	case !f.List && s.defaults.fields.Has(f.Name):
		return &match.Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s names %s twice", s.name(hint.Default), f.Name), Hint: "keep one of them"}
	}
	return nil
}

// readConstant converts one value of a setting.
func (s *settings[C]) readConstant(setting hint.Code, arg string, into *constants[C]) *match.Error {
	flag := s.name(setting)
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		return &match.Error{Message: fmt.Sprintf("%s %q has no =", flag, arg), Hint: s.say(hint.SetForm, string(setting))}
	}
	i, err := match.Find(s.spec, headers.Clean(name), flag)
	if err != nil {
		return err
	}
	f := &s.table.Fields[i]
	switch value = headers.Clean(value); {
	case !f.Writable:
		return &match.Error{Message: fmt.Sprintf("%s: %s cannot be written", flag, f.Name), Hint: s.say(hint.Fields, s.spec.ID())}
	case value == "":
		return &match.Error{Message: fmt.Sprintf("%s %s has no value", flag, f.Name), Hint: s.say(hint.NoValue)}
	}
	return s.convertConstant(flag, f, value, into)
}

func (s *settings[C]) convertConstant(flag string, f *schema.Field[C], value string, into *constants[C]) *match.Error {
	r := s.of(f)
	var said C
	read := f.Read(r, []schema.Source{schema.NewConstant(flag, value, f.Main)}, &said)
	for _, k := range r.Remarks { // nobody is told of it row by row, and who writes a value can write what is meant
		if k.After != k.Before && read {
			return &match.Error{Fields: []string{f.Name}, Message: k.Message, Hint: "write it as it is meant"}
		}
	}
	if read {
		f.Merge(&into.contact, &said, false) // a list that is named again gets both
		if !into.fields.Has(f.Name) {
			into.fields = append(into.fields, f.Name)
		}
		links, claims := schema.Placeless(r.Links, r.Claims)
		into.links, into.claims = append(into.links, links...), append(into.claims, claims...)
		return nil
	}
	message := fmt.Sprintf("%s %s: %s cannot be used", flag, f.Name, cells.Quote(value))
	code := ""
	if len(r.Problems) > 0 {
		message, code = r.Problems[0].Message, r.Problems[0].Code
	}
	return &match.Error{Fields: []string{f.Name}, Message: message, Hint: s.say(hint.CorrectSetting, code)}
}

// accepts reports of the cells of a column, of which seen is known, whether a field takes each.
func (s *settings[C]) accepts(f *schema.Field[C], seen cells.Verdict) func(string) bool {
	r, from := s.of(f), []schema.Source{schema.NewSource(sources.Source{Part: f.Main, Seen: seen})}
	r.Cells = make([]string, 1)
	var c C
	return func(cell string) bool {
		r.Cells[0], r.Problems, r.Remarks = cell, r.Problems[:0], r.Remarks[:0]
		return f.Read(r, from, &c)
	}
}
