package cli

import (
	"crmferry/internal/job"
)

// input is a file that an argument names; stdin counts where something is piped into it.
func (a *app) input(file string) job.Input {
	if a.ui.InTTY {
		return job.Input{File: file}
	}
	return job.Input{File: file, Stdin: a.ui.In}
}
