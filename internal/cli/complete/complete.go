// Package complete is what a shell proposes at the tab key: vendors and accounts, runs, fields, and the values of flags. What
// cannot be read is not proposed.
package complete

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"github.com/spf13/cobra"

	"crmferry/internal/account"
	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/crm"
	"crmferry/internal/history"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Source is where values come from.
type Source struct {
	Registry *account.Registry
	Lookup   account.Lookup
	Environ  func() []string // lists what Lookup looks up
}

// Flags registers completions of a command's flags. A flag that the command lacks is a programming error.
func Flags(cmd *cobra.Command, values map[string]cobra.CompletionFunc) {
	for flag, complete := range values {
		if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
			panic(err)
		}
	}
}

// Words completes one of some words.
func Words(words ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// List completes the last of some words that commas separate, as "tags,seg" to "tags,segments".
func List(words func(args []string) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		var list []string
		for _, word := range words(args) {
			if !slices.Contains(strings.Split(before, ","), word) {
				list = append(list, before+word)
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// Vendor completes VENDOR[@NAME][/RESOURCE] as the first argument; a second one is a file.
func (s *Source) Vendor(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	ids := s.Registry.IDs()
	for _, of := range s.named() {
		for _, id := range s.Registry.Of(of.Vendor) {
			ids = append(ids, of.Ref(id))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// Account completes VENDOR[@NAME] as the only argument.
func (s *Source) Account(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, v := range s.Registry.Vendors() {
		ids = append(ids, v.ID)
	}
	for _, of := range s.named() {
		ids = append(ids, of.ID())
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// named are the accounts with names that are known here.
func (s *Source) named() (list []account.Account) {
	known, _ := s.Registry.Known(s.Lookup, s.Environ())
	for _, k := range known {
		if k.Account().Name != "" {
			list = append(list, k.Account())
		}
	}
	return list
}

// Kept completes an account that is kept.
func (s *Source) Kept(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	kept, err := account.ReadKept(s.Lookup)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return slices.Sorted(maps.Keys(kept.Accounts)), cobra.ShellCompDirectiveNoFileComp
}

// Run completes a run as the only argument: the newest first.
func (s *Source) Run(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return s.runs(func(*history.Past) bool { return true }), cobra.ShellCompDirectiveNoFileComp
}

// Plan completes the run of a plan as the only argument, or a file.
func (s *Source) Plan(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return s.runs(func(p *history.Past) bool { return p.Kind == history.Plan }), cobra.ShellCompDirectiveDefault
}

// Unfinished completes the run of --resume=RUN.
func (s *Source) Unfinished(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return s.runs(func(p *history.Past) bool { return p.State == history.Resumable }), cobra.ShellCompDirectiveNoFileComp
}

func (s *Source) runs(which func(*history.Past) bool) (words []string) {
	root, err := state.RootIn(s.Lookup)
	if err != nil {
		return nil
	}
	list, err := history.Runs(root)
	if err != nil {
		return nil
	}
	for i, name := range runname.ShortNames(list) {
		if which(list[i]) {
			words = append(words, fmt.Sprintf("%s\t%s %s %s", name, list[i].State, pastruns.RunResource(list[i]), list[i].File))
		}
	}
	return words
}

// Assignment completes the field of field=value by those of the resource that the command names.
func (s *Source) Assignment(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var list []string
	for _, name := range s.Writable(args) {
		list = append(list, name+"=")
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// Writable are the fields of the resource that the command names which can be written.
func (s *Source) Writable(args []string) []string {
	return s.fields(args, func(f *mapping.Info) bool { return f.Writable })
}

// Fields are all fields of the resource that the command names.
func (s *Source) Fields(args []string) []string {
	return s.fields(args, func(*mapping.Info) bool { return true })
}

// Lists are its fields that hold several values.
func (s *Source) Lists(args []string) []string {
	return s.fields(args, func(f *mapping.Info) bool { return f.Writable && f.List })
}

func (s *Source) fields(args []string, which func(*mapping.Info) bool) (names []string) {
	r := s.resource(args)
	if r == nil {
		return nil
	}
	for _, f := range r.Fields() {
		if which(&f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// Creatable are the kinds of things that can be created by name.
func (s *Source) Creatable([]string) []string { return s.Registry.Creatable() }

// Filter completes name=value by what the vendor documents.
func (s *Source) Filter(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	r := s.resource(args)
	if r == nil {
		return nil, directive
	}
	var list []string
	name, _, chosen := strings.Cut(typed, "=")
	for _, f := range r.Capabilities(false).Filters {
		switch {
		case !chosen:
			list = append(list, f.Name+"=")
		case f.Name == name:
			list = append(list, values(f)...)
		}
	}
	return list, directive
}

func values(f crm.FilterSpec) (list []string) {
	for _, v := range f.Values {
		list = append(list, f.Name+"="+v)
	}
	return list
}

func (s *Source) resource(args []string) account.Resource {
	if len(args) == 0 {
		return nil
	}
	r, err := s.Registry.Find(args[0])
	if err != nil {
		return nil
	}
	return r
}

// Region completes the code of a country.
func Region(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())), cobra.ShellCompDirectiveNoFileComp
}
