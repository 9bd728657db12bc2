package cli

import (
	"crmferry/internal/job/files"
)

// input is a file that an argument names; stdin counts where something is piped into it.
func (a *app) input(file string) files.Input {
	if a.ui.InTTY {
		return files.Input{File: file}
	}
	return files.Input{File: file, Stdin: a.ui.In}
}
