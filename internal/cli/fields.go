package cli

import (
	"github.com/spf13/cobra"

	"crmferry/internal/account"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/listing"
)

func newFieldsCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fields VENDOR[/RESOURCE] [--json]",
		Short: "list a vendor's fields, their limits and the headers that are recognised",
		Example: `  crmferry fields growcrm
  crmferry fields rogerroger --json`,
		Long: `A column of a sheet finds its field by the field's name, its label or one of the headers listed here, whatever
the case, spacing, punctuation and accents; --map "Header=field" of import and check says otherwise.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 1, 1) },
		ValidArgsFunction: a.complete().Vendor,
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := a.registry.Find(args[0])
			if err != nil {
				return err
			}
			return a.printFields(r)
		},
	}
	flags.AddJSON(cmd, a.ui)
	return cmd
}

func (a *app) printFields(r account.Resource) error {
	if a.ui.JSON {
		a.said = listing.NewFieldsJSON(r.Fields())
		return nil
	}
	a.ui.Table(listing.Fields(r.Fields()))
	a.ui.Printf("\n")
	a.ui.Table(listing.FieldHeaders(r.Fields()))
	return nil
}
