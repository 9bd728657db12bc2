package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/help"
)

// help prints a command's help. order names the commands of the program in the order in which they are listed.
func (a *app) help(cmd *cobra.Command, order []string) {
	a.ui.Text(help.Text(cmd, helpOrder(order)))
}

func helpOrder(commands []string) help.Order {
	return help.Order{Commands: commands, Groups: flags.Order(), Key: flags.Key, Last: flags.Talk}
}

// newManCommand writes the man pages: for those who package the program, so help does not list it.
func newManCommand() *cobra.Command {
	return &cobra.Command{
		Use:                   "man FOLDER",
		DisableFlagsInUseLine: true,
		Short:                 "write the man pages into a folder",
		Example:               "  crmferry man /usr/local/share/man/man1",
		Hidden:                true,
		Args:                  func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 1, 1) },
		RunE: func(cmd *cobra.Command, args []string) error {
			return help.WriteMan(cmd.Root(), args[0], helpOrder(nil))
		},
	}
}

// newHelpCommand is "help [COMMAND]", with a topic of its own: "help exit-codes".
func newHelpCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "explain a command, or exit-codes",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "exit-codes" {
				a.ui.Text(help.ExitCodesText())
				return nil
			}
			root := cmd.Root()
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return help.UnknownCommand(root, strings.Join(args, " "))
			}
			return found.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return append(help.CommandNames(cmd.Root()), "exit-codes"), cobra.ShellCompDirectiveNoFileComp
		},
	}
}
