package cli

import (
	"github.com/spf13/cobra"

	"crmferry/importer/report"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/help"
)

// userAgent is how crmferry names itself to vendors.
func userAgent() string { return report.Creator + "/" + help.ReadBuild().Version }

func newVersionCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version [--json]",
		Short: "print the version of this binary",
		Args:  flags.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.ui.JSON {
				a.said = help.ReadBuild()
				return nil
			}
			a.ui.Printf("%s\n", help.ReadBuild())
			return nil
		},
	}
	flags.AddJSON(cmd, a.ui)
	return cmd
}
