package flags

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
)

// NoArgs refuses any argument.
func NoArgs(cmd *cobra.Command, args []string) error { return ArgCount(cmd, args, 0, 0) }

// ArgCount refuses too few or too many arguments.
func ArgCount(cmd *cobra.Command, args []string, least, most int) error {
	hint := fmt.Sprintf("usage: %s; see %s --help", cmd.UseLine(), cmd.CommandPath())
	switch {
	case len(args) < least && least == 1:
		return failure.Usage(hint, "%s needs an argument", cmd.CommandPath())
	case len(args) < least:
		return failure.Usage(hint, "%s needs %d arguments, not %d", cmd.CommandPath(), least, len(args))
	case len(args) > most && optional(cmd) != "":
		return failure.Usage(fmt.Sprintf("a value of %s stands behind a =: %s=%s", optional(cmd), optional(cmd), args[most]), "unexpected argument %q", args[most])
	case len(args) > most:
		return failure.Usage(hint, "unexpected argument %q", args[most])
	}
	return nil
}

// optional is the first flag given whose value may be left out, and was; "" for none.
func optional(cmd *cobra.Command) (name string) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if name == "" && f.Value.Type() == "string" && f.NoOptDefVal != "" && f.Value.String() == f.NoOptDefVal {
			name = "--" + f.Name
		}
	})
	return name
}

// NoneEmpty refuses flags that were given without a value, as by a variable of a script that is not set: --rows "" would
// mean all rows.
func NoneEmpty(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		empty := f.Value.String() == ""
		if list, ok := f.Value.(pflag.SliceValue); ok {
			empty = !slices.ContainsFunc(list.GetSlice(), func(v string) bool { return v != "" })
		}
		if empty && err == nil {
			err = failure.Usage("give it one, or leave --"+f.Name+" out", "--%s has no value", f.Name)
		}
	})
	return err
}
