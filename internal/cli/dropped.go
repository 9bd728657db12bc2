package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"crmferry/internal/cli/help"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// isSpreadsheet reports whether an argument in the place of a command is the name of a spreadsheet: a file that was dropped on
// the program.
func isSpreadsheet(arg string) bool {
	ext := strings.ToLower(filepath.Ext(state.Unpacked(arg)))
	return slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"}, ext)
}

// dropped checks a file that was given without a command. What is dropped is never imported.
func (a *app) dropped(cmd *cobra.Command, file string) error {
	if err := files.CheckReadable(file); err != nil {
		return err
	}
	vendor, err := a.vendorFor(cmd.Context(), file)
	if err != nil {
		return err
	}
	check, _, err := cmd.Root().Find([]string{"check"})
	if err != nil {
		return err
	}
	check.SetContext(cmd.Context())
	return check.RunE(check, []string{vendor, file})
}

// vendorFor is the CRM that a file is for: the only one of which there is an account here, else the one that is answered.
func (a *app) vendorFor(ctx context.Context, file string) (string, error) {
	if known, err := a.registry.Known(a.env, a.environ()); err == nil && len(known) == 1 {
		return known[0].Resource.Ref(), nil
	}
	ids := a.registry.VendorIDs()
	if !a.ui.CanAsk() {
		return "", failure.Usage("say which CRM it is for, and it is checked, without network: "+text.CommandLine("check", ids[0], text.FileArg(file))+" (or "+strings.Join(ids[1:], ", ")+")",
			"%q is a file, and no command", file)
	}
	answer, err := a.ui.AskFor(ctx, "Which CRM is "+filepath.Base(file)+" for? It is only checked, nothing is sent. "+strings.Join(ids, ", ")+":")
	if err != nil {
		return "", err
	}
	if answer == "" {
		return "", failure.Usage("crmferry check VENDOR FILE checks a file", "no CRM was named, and nothing was checked")
	}
	return answer, nil
}

// notACommand is what a word gets that stands in the place of a command.
func (a *app) notACommand(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && isSpreadsheet(args[0]) {
		return a.dropped(cmd, args[0])
	}
	return help.UnknownCommand(cmd, args[0])
}

// keepWindow keeps the window open in which the program was begun by a double click, or by a file that was dropped on it, until
// somebody has read what it says.
func (a *app) keepWindow(ctx context.Context) {
	if a.ownWindow {
		_, _ = a.ui.AskFor(ctx, "\nPress Enter to close this window.") // closed it is either way
	}
}
