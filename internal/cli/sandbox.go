package cli

import (
	"github.com/spf13/cobra"

	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/serve"
)

func newSandboxCommand(a *app) *cobra.Command {
	var o serve.Options
	cmd := &cobra.Command{
		Use:   "sandbox [--addr HOST:PORT] [--contacts N] [--latency D] [--lag D] [--no-limits] [--churn N] [--list-order ORDER] [--fault FAULT] [--require-custom NAME] [--custom NAME] [--tls]",
		Short: "serve the four vendors' APIs, simulated by their documented rules",
		Example: `  # in one terminal
  crmferry sandbox
  # in another: paste the lines that it prints, then
  crmferry import growcrm leads.xlsx --yes
  # a rehearsal of a bad night: the answer to every third write is lost, and what was created is seen late
  crmferry sandbox --fault growcrm:drop-after:every=3:on=writes --lag 2s
  # too many requests at the 30th one, with a pause of 20 minutes
  crmferry sandbox --fault rogerroger:429:from=30:times=1:for=20m
  # contacts come and go between pages, and two pages after the fifth fail
  crmferry sandbox --contacts 10000 --churn 3 --fault 500-before@5x2`,
		Long: serve.Help(),
		Args: flags.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.Run(cmd.Context(), a.ui) },
	}
	flags.Add(cmd, flags.Action, o.AddTo)
	return cmd
}
