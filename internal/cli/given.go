package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/job/files"
)

// givenCommand is a command about a file as it was given, for hints to repeat it.
func givenCommand(r account.Resource, file string, cmd *cobra.Command) text.Given {
	if (files.Input{File: file}).Nameless() {
		file = files.Stdin
	}
	return text.Given{Resource: r.Ref(), File: file, Flags: givenFlags(cmd.Flags()), NotCheck: notOfCheck(cmd)}
}

// notOfCheck are the flags that were given and that check does not have.
func notOfCheck(cmd *cobra.Command) (names []string) {
	for _, c := range cmd.Root().Commands() {
		if c.Name() == "check" {
			cmd.Flags().Visit(func(f *pflag.Flag) {
				if c.Flags().Lookup(f.Name) == nil {
					names = append(names, f.Name)
				}
			})
		}
	}
	return names
}

// givenFlags are the flags that were given, as words of a command line.
func givenFlags(flags *pflag.FlagSet) []text.Flag {
	var given []text.Flag
	flags.Visit(func(f *pflag.Flag) {
		word := "--" + f.Name
		var words []string
		if list, ok := f.Value.(pflag.SliceValue); ok {
			for _, v := range list.GetSlice() {
				words = append(words, word, v)
			}
		} else if v := f.Value.String(); f.NoOptDefVal == "" {
			words = []string{word, v}
		} else if words = []string{word}; v != f.NoOptDefVal { // it takes a value only behind a "="
			words[0] += "=" + v
		}
		given = append(given, text.Flag{Name: f.Name, Words: words})
	})
	return given
}
